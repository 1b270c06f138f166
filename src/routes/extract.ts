// POST /v1/extract: a document and a field schema in, the answer of api.md out. Validates, calls the core, replies.
// The schema is parsed before a file is opened, as it is cheaper to refuse; findings about it are under /schema.
import { Hono } from 'hono'
import { readPdf } from '../document/pdf'
import type { Document } from '../document/words'
import { extract } from '../extraction/extract'
import { fail, ok, type Result } from '../failure'
import { problemResponse } from '../http/problem'
import { requireKey } from '../http/require-key'
import { readUpload, type Upload } from '../http/upload'
import { under } from '../issues'
import type { Field } from '../schema/field'
import { parseSchema } from '../schema/parse'
import type { AppEnv, Services } from '../services'

export function extractRoutes(services: Services): Hono<AppEnv> {
  const routes = new Hono<AppEnv>()

  routes.post('/v1/extract', requireKey('extract'), async (c) => {
    const refuse = (failed: { failure: Parameters<typeof problemResponse>[0] }) =>
      problemResponse(failed.failure, c.get('requestId'))

    const upload = await readUpload(c.req.raw)
    if (!upload.ok) return refuse(upload)
    const fields = fieldsOf(upload.value.schema)
    if (!fields.ok) return refuse(fields)
    const document = await documentOf(upload.value)
    if (!document.ok) return refuse(document)

    const { filler, wordpiece } = services
    const answer = await extract(document.value, fields.value, filler, wordpiece)
    if (!answer.ok) return refuse(answer)
    const { model, passes, fields: found, usage } = answer.value
    c.set('logged', {
      bytes: upload.value.bodyBytes,
      fields: fields.value.length,
      passes,
      ...usage,
    })
    return c.json({ id: extractionId(), model, passes, fields: found, usage })
  })

  return routes
}

const extractionId = () => `ext_${crypto.randomUUID().replaceAll('-', '')}`

function fieldsOf(schema: unknown): Result<readonly Field[]> {
  if (typeof schema === 'string') {
    const detail = 'Stored schemas are not available yet; send the JSON Schema itself'
    return fail({ kind: 'invalid', issues: [{ pointer: '/schema', detail }] })
  }
  const fields = parseSchema(schema)
  return fields.ok ? fields : fail(under('/schema', fields.failure))
}

async function documentOf({ document: given }: Upload): Promise<Result<Document>> {
  if (given.kind === 'words') return ok(given.document)
  const read = await readPdf(given.bytes)
  return read.ok ? read : fail(under(given.pointer, read.failure))
}
