// POST /v1/extract: a document and a field schema in, the answer of api.md out. Validates, calls the core, replies.
// The schema is parsed before a file is opened, as it is cheaper to refuse.
import { Hono } from 'hono'
import { readFile } from '../document/file'
import type { Ocr } from '../document/ocr'
import type { Document } from '../document/words'
import { extract } from '../extraction/extract'
import { fail, ok, type Result } from '../failure'
import { askedFields } from '../http/asked-fields'
import { bodyRoom } from '../http/body-room'
import type { Crowd } from '../http/crowd'
import { fairShare } from '../http/fair-share'
import { problemResponse } from '../http/problem'
import { withPages } from '../http/rate-limit'
import { requireKey } from '../http/require-key'
import { readUpload, type Upload } from '../http/upload'
import { under } from '../issues'
import { fairFiller } from '../model/fair-filler'
import type { AppEnv, Services } from '../services'
import { createSchemaReader } from '../storage/schema-store'

export function extractRoutes(services: Services, crowd: Crowd): Hono<AppEnv> {
  const routes = new Hono<AppEnv>()
  const schemas = createSchemaReader()

  routes.post('/v1/extract', requireKey('extract'), fairShare(crowd), bodyRoom(), async (c) => {
    const refuse = (failed: { failure: Parameters<typeof problemResponse>[0] }) =>
      problemResponse(failed.failure, c.get('requestId'))

    const upload = await readUpload(c.req.raw)
    if (!upload.ok) return refuse(upload)
    const asked = await askedFields(c, upload.value.schema, schemas)
    if (!asked.ok) return refuse(asked)
    const { fields, reference } = asked.value
    const document = await documentOf(upload.value, services.ocr)
    if (!document.ok) return refuse(document)

    const filler = fairFiller(services.filler, c.get('caller').tenant)
    const answer = await withPages(c, document.value.pages.length, () =>
      extract(document.value, fields, filler, services.wordpiece),
    )
    if (!answer.ok) return refuse(answer)
    const { model, passes, fields: found, usage } = answer.value
    c.set('logged', {
      bytes: upload.value.bodyBytes,
      fields: fields.length,
      passes,
      ...usage,
    })
    const named = reference === undefined ? {} : { schema: reference }
    return c.json({ id: extractionId(), model, ...named, passes, fields: found, usage })
  })

  return routes
}

export const extractionId = () => `ext_${crypto.randomUUID().replaceAll('-', '')}`

/** The pages of words of what was sent; findings are at its place in the request. */
export async function documentOf(
  { document: given }: Pick<Upload, 'document'>,
  ocr: Ocr,
): Promise<Result<Document>> {
  if (given.kind === 'words') return ok(given.document)
  const read = await readFile(given, ocr)
  return read.ok ? read : fail(under(given.pointer, read.failure))
}
