// POST /v1/extract: a document and a field schema in, the answer of api.md out. Validates, calls the core, replies.
// The schema is parsed before a file is opened, as it is cheaper to refuse; findings about it are under /schema.
import { type Context, Hono } from 'hono'
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
import { parseReference, REFERENCE_DETAIL } from '../schema/reference'
import type { AppEnv, Services } from '../services'
import { createSchemaReader, type SchemaReader } from '../storage/schema-store'

export function extractRoutes(services: Services): Hono<AppEnv> {
  const routes = new Hono<AppEnv>()
  const schemas = createSchemaReader()

  routes.post('/v1/extract', requireKey('extract'), async (c) => {
    const refuse = (failed: { failure: Parameters<typeof problemResponse>[0] }) =>
      problemResponse(failed.failure, c.get('requestId'))

    const upload = await readUpload(c.req.raw)
    if (!upload.ok) return refuse(upload)
    const stored = await fieldsOf(upload.value.schema, c, schemas)
    if (!stored.ok) return refuse(stored)
    const { fields, reference } = stored.value
    const document = await documentOf(upload.value)
    if (!document.ok) return refuse(document)

    const { filler, wordpiece } = services
    const answer = await extract(document.value, fields, filler, wordpiece)
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

const extractionId = () => `ext_${crypto.randomUUID().replaceAll('-', '')}`

/** `reference` is that of a stored schema: the caller learns which version was used. */
interface Asked {
  readonly fields: readonly Field[]
  readonly reference: string | undefined
}

async function fieldsOf(
  schema: unknown,
  c: Context<AppEnv>,
  schemas: SchemaReader,
): Promise<Result<Asked>> {
  if (typeof schema === 'string') {
    const named = parseReference(schema)
    if (named === undefined) return refuseSchema(REFERENCE_DETAIL)
    const stored = await schemas.read(c.env, c.get('caller').tenant, named)
    if (stored.ok) return stored
    return stored.failure.kind === 'not-found' ? refuseSchema('There is no such schema') : stored
  }
  const fields = parseSchema(schema)
  if (!fields.ok) return fail(under('/schema', fields.failure))
  return ok({ fields: fields.value, reference: undefined })
}

const refuseSchema = (detail: string) =>
  fail({ kind: 'invalid', issues: [{ pointer: '/schema', detail }] })

async function documentOf({ document: given }: Upload): Promise<Result<Document>> {
  if (given.kind === 'words') return ok(given.document)
  const read = await readPdf(given.bytes)
  return read.ok ? read : fail(under(given.pointer, read.failure))
}
