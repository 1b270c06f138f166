// POST /v1/schemas/{name}/evaluate: documents with their true values in, scores by field out, of a stored schema and, beside it, of a
// candidate that nobody uses yet: so a tenant sees what a change of names or aliases does before it makes it. Nothing is kept.
import { Hono } from 'hono'
import type { Ocr } from '../document/ocr'
import type { Document } from '../document/words'
import { type SchemaScores, Scorer } from '../evaluation/score'
import { parseTruth, type Truth } from '../evaluation/truth'
import { extract } from '../extraction/extract'
import { fail, ok, type Result } from '../failure'
import { type Asked, askedFields } from '../http/asked-fields'
import type { Crowd } from '../http/crowd'
import { EvaluationRequestSchema } from '../http/evaluation-wire'
import { bodyAs, reply } from '../http/exchange'
import { fairShare } from '../http/fair-share'
import { withPages } from '../http/rate-limit'
import { requireKey } from '../http/require-key'
import { uploadOf } from '../http/upload'
import { under } from '../issues'
import { MAX_PAGES, MAX_PASSES } from '../limits'
import { fairFiller } from '../model/fair-filler'
import type { MaskFiller } from '../model/mask-filler'
import type { AppEnv, Services } from '../services'
import { createSchemaReader } from '../storage/schema-store'
import { documentOf } from './extract'

interface Evaluated {
  readonly document: Document
  readonly truth: Truth
}

export function evaluateRoutes(services: Services, crowd: Crowd): Hono<AppEnv> {
  const routes = new Hono<AppEnv>()
  const schemas = createSchemaReader()

  routes.post('/v1/schemas/:name/evaluate', requireKey('schemas'), fairShare(crowd), async (c) => {
    const body = await bodyAs(c, EvaluationRequestSchema)
    if (!body.ok) return reply(c, body)
    const stored = await askedFields(c, c.req.param('name'), schemas)
    if (!stored.ok) return reply(c, fail({ kind: 'not-found' }))
    const asked = [stored.value]
    if (body.value.candidate !== undefined) {
      const candidate = await askedFields(c, body.value.candidate, schemas)
      if (!candidate.ok) return reply(c, fail(atCandidate(candidate.failure)))
      asked.push(candidate.value)
    }
    const documents = await readAll(body.value.documents, asked, services.ocr)
    if (!documents.ok) return reply(c, documents)
    const pages = documents.value.reduce((sum, { document }) => sum + document.pages.length, 0)
    if (pages > MAX_PAGES) return reply(c, tooMany('pages of all documents', MAX_PAGES, 'pages'))
    const filler = fairFiller(services.filler, c.get('caller').tenant)
    const scores = await withPages(c, pages * asked.length, () =>
      scoreAll(asked, documents.value, filler, services),
    )
    if (!scores.ok) return reply(c, scores)
    const [named, candidate] = scores.value
    const beside = candidate === undefined ? {} : { candidate }
    return reply(c, ok({ documents: documents.value.length, scores: named, ...beside }))
  })

  return routes
}

const tooMany = (limit: string, max: number, unit: string) =>
  fail({ kind: 'too-large', limit, max, unit })

/** askedFields speaks of /schema. */
function atCandidate(failure: Parameters<typeof under>[1]) {
  if (failure.kind !== 'invalid') return failure
  const issues = failure.issues.map((issue) => ({
    ...issue,
    pointer: issue.pointer.replace(/^\/schema/, '/candidate'),
  }))
  return { kind: 'invalid', issues } as const
}

async function readAll(
  given: readonly { document: unknown; fields: unknown }[],
  asked: readonly Asked[],
  ocr: Ocr,
): Promise<Result<Evaluated[]>> {
  const read: Evaluated[] = []
  for (const [i, { document, fields }] of given.entries()) {
    const truth = parseTruth(
      fields,
      asked.map((one) => one.fields),
    )
    if (!truth.ok) return fail(under(`/documents/${i}/fields`, truth.failure))
    const upload = uploadOf({ json: { document, schema: {} }, bytes: 0 })
    const words = upload.ok ? await documentOf(upload.value, ocr) : upload
    if (!words.ok) return fail(under(`/documents/${i}`, words.failure))
    read.push({ document: words.value, truth: truth.value })
  }
  return ok(read)
}

/** All schemas over all documents, within the passes that one request may take. */
async function scoreAll(
  asked: readonly Asked[],
  documents: readonly Evaluated[],
  filler: MaskFiller,
  { wordpiece }: Services,
): Promise<Result<(SchemaScores & { schema: string | null; passes: number })[]>> {
  const scored = []
  let all = 0
  for (const { fields, reference } of asked) {
    const scorer = new Scorer(fields)
    let passes = 0
    for (const [i, { document, truth }] of documents.entries()) {
      const answer = await extract(document, fields, filler, wordpiece)
      if (!answer.ok) return fail(under(`/documents/${i}`, answer.failure))
      passes += answer.value.passes
      all += answer.value.passes
      if (all > MAX_PASSES) return tooMany('passes of all documents', MAX_PASSES, 'forward passes')
      scorer.count(i, truth, answer.value.fields)
    }
    scored.push({ schema: reference ?? null, passes, ...scorer.scores() })
  }
  return ok(scored)
}
