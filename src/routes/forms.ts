// Forms that browsers post, with a token (routes/form-tokens.ts) and without a key. Answers JSON, or sends the visitor on (303) to an
// address that the schema allows; the answer then waits for the tenant's server: routes/extractions.ts.
import { type Context, Hono } from 'hono'
import { createMiddleware } from 'hono/factory'
import { extract } from '../extraction/extract'
import { fail, ok, type Result } from '../failure'
import type { Crowd } from '../http/crowd'
import { reply } from '../http/exchange'
import { fairShare } from '../http/fair-share'
import { admitForm } from '../http/form-admission'
import { readFormPost } from '../http/form-post'
import { redirectsOf, sendOn } from '../http/form-redirects'
import { withPages } from '../http/rate-limit'
import { checkFile } from '../http/upload'
import { KEPT_EXTRACTION_SECONDS, MAX_KEPT_EXTRACTION_BYTES } from '../limits'
import { fairFiller } from '../model/fair-filler'
import type { AppEnv, Services } from '../services'
import { createSchemaReader, readNamed, type StoredFields } from '../storage/schema-store'
import { askTenant } from '../storage/tenants'
import { documentOf, extractionId } from './extract'

type C = Context<AppEnv>
type Post = AppEnv['Variables']['formPost']

/** The answer to a form, before it is JSON. */
interface Extracted {
  readonly id: string
  readonly [key: string]: unknown
}

export function formRoutes(services: Services, crowd: Crowd): Hono<AppEnv> {
  const routes = new Hono<AppEnv>()
  const schemas = createSchemaReader()

  routes.post('/v1/forms/:schema', posted, fairShare(crowd), async (c) => {
    const post = c.get('formPost')
    const { caller, grant } = post.grant
    const stored = await readNamed(schemas, c.env, caller.tenant, grant.schema)
    if (!stored.ok) return reply(c, stored)
    const redirects = redirectsOf(post, stored.value.form)
    if (!redirects.ok) return reply(c, redirects)
    const { success, failure } = redirects.value
    const extracted = await read(c, post, stored.value, services)
    if (!extracted.ok) return sendOn(c, failure, extracted)
    if (success === undefined) return reply(c, extracted)
    const kept = await keep(c, extracted.value)
    return kept.ok ? sendOn(c, success, extracted) : sendOn(c, failure, kept)
  })

  return routes
}

/** Reads the form as far as its token lets it, and leaves it, and on whose behalf it is read. */
const posted = createMiddleware<AppEnv>(async (c, next) => {
  c.header('cache-control', 'no-store')
  const [origin, schema] = [c.req.header('origin'), c.req.param('schema') ?? '']
  const post = await readFormPost(c.req.raw, (token) =>
    admitForm(c, { token, origin, schema }, Date.now()),
  )
  if (!post.ok) return reply(c, post)
  c.set('formPost', post.value)
  c.set('caller', post.value.grant.caller)
  return next()
})

/** The file's type is by its first bytes alone: a browser guesses it from the name. */
async function read(
  c: C,
  { file, entries, bodyBytes }: Post,
  { fields, reference: schema }: StoredFields,
  { filler, wordpiece, ocr }: Services,
): Promise<Result<Extracted>> {
  if (file === undefined) return noFile()
  const checked = checkFile(file, '', '/file')
  if (!checked.ok) return checked
  const document = await documentOf({ document: checked.value }, ocr)
  if (!document.ok) return document
  const answer = await withPages(c, document.value.pages.length, () =>
    extract(document.value, fields, fairFiller(filler, c.get('caller').tenant), wordpiece),
  )
  if (!answer.ok) return answer
  const { model, passes, fields: found, usage } = answer.value
  c.set('logged', { bytes: bodyBytes, fields: fields.length, passes, ...usage })
  return ok({ id: extractionId(), model, schema, passes, fields: found, usage, form: entries })
}

const noFile = () =>
  fail({ kind: 'invalid', issues: [{ pointer: '/file', detail: 'Expected a file' }] })

/** Leaves the answer with the tenant, for a limited time. */
async function keep(c: C, extracted: Extracted): Promise<Result<undefined>> {
  const body = JSON.stringify(extracted)
  if (new TextEncoder().encode(body).length > MAX_KEPT_EXTRACTION_BYTES) return tooLarge()
  const expires = Date.now() + KEPT_EXTRACTION_SECONDS * 1000
  return askTenant(c.env, c.get('caller').tenant, (stub) =>
    stub.keepExtraction(extracted.id, body, expires),
  )
}

const tooLarge = () =>
  fail({
    kind: 'too-large',
    limit: 'an answer that is kept',
    max: MAX_KEPT_EXTRACTION_BYTES,
    unit: 'bytes',
  })
