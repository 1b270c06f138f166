// Uploads: POST announces one and is answered with an address, PUT to that address brings the file. The address needs no key: it is
// signed, for one file, and does not last. With a schema the file starts a job when it lands; without, POST /v1/jobs names it.
import { type Context, Hono } from 'hono'
import type * as v from 'valibot'
import { fail, ok, type Result } from '../failure'
import { askedFields } from '../http/asked-fields'
import { readBytes } from '../http/body'
import { actorOf, bodyAs, reply } from '../http/exchange'
import { requireKey } from '../http/require-key'
import { FILE_TYPES } from '../http/upload'
import { NewUploadSchema } from '../http/upload-wire'
import { newJobId, schemaText } from '../jobs/new-job'
import { signedPath, uploadKey, verifiedAddress } from '../jobs/upload-address'
import { MAX_UPLOAD_BYTES } from '../limits'
import type { AppEnv } from '../services'
import { attempt } from '../storage/attempt'
import { createSchemaReader, type SchemaReader } from '../storage/schema-store'
import { askTenant } from '../storage/tenants'
import type { NewUpload } from '../storage/upload-table'

type C = Context<AppEnv>
type Asked = v.InferOutput<typeof NewUploadSchema>

const WORDS_TYPE = 'application/json'

export function uploadRoutes(): Hono<AppEnv> {
  const routes = new Hono<AppEnv>()
  const schemas = createSchemaReader()

  routes.post('/v1/uploads', requireKey('jobs'), async (c) => {
    const secret = secretOf(c)
    if (!secret.ok) return reply(c, secret)
    const body = await bodyAs(c, NewUploadSchema)
    const upload = body.ok ? await newUpload(c, body.value, schemas) : body
    if (!upload.ok) return reply(c, upload)
    const { tenant } = c.get('caller')
    const until = await askTenant(c.env, tenant, (s) => s.openUpload(upload.value, actorOf(c)))
    if (!until.ok) return reply(c, until)
    const { id, start } = upload.value
    const path = await signedPath(secret.value, { tenant, id, until: until.value })
    c.header('cache-control', 'no-store')
    const opened = {
      id,
      url: new URL(path, c.req.url).href,
      method: 'PUT',
      max_bytes: MAX_UPLOAD_BYTES,
      until: new Date(until.value).toISOString(),
      job: start?.job ?? null,
    }
    return reply(c, ok(opened), 201)
  })

  routes.put('/v1/uploads/:id', async (c) => {
    const secret = secretOf(c)
    if (!secret.ok) return reply(c, secret)
    const query = new URL(c.req.url).searchParams
    const address = await verifiedAddress(secret.value, c.req.param('id'), query, Date.now())
    if (address === undefined) return reply(c, refused())
    const { tenant, id } = address
    const awaited = await askTenant(c.env, tenant, (stub) => stub.awaitsUpload(id))
    if (!awaited.ok) return reply(c, awaited)
    const stored = await store(c, uploadKey(tenant, id))
    if (!stored.ok) return reply(c, stored)
    const job = await askTenant(c.env, tenant, (stub) => stub.landUpload(id))
    return reply(c, job.ok ? ok({ id, job: job.value }) : job)
  })

  return routes
}

function secretOf(c: C): Result<string> {
  if (c.env.UPLOAD_SECRET !== '') return ok(c.env.UPLOAD_SECRET)
  const detail = 'Uploads are not set up here: send the document with POST /v1/jobs.'
  return fail({ kind: 'unavailable', detail, retryAfterSeconds: 3_600 })
}

const refused = () =>
  fail({ kind: 'forbidden', detail: 'This address is no longer good, or was altered.' })

async function newUpload(
  c: C,
  { type, schema }: Asked,
  schemas: SchemaReader,
): Promise<Result<NewUpload>> {
  const accepted = [...FILE_TYPES, WORDS_TYPE]
  if (type !== undefined && !accepted.includes(type)) {
    return fail({ kind: 'unsupported-type', accepted })
  }
  const id = `upl_${crypto.randomUUID().replaceAll('-', '')}`
  const form = type === WORDS_TYPE ? 'words' : 'file'
  if (schema === undefined) return ok({ id, form, start: undefined })
  const asked = await askedFields(c, schema, schemas)
  const text = asked.ok ? schemaText(schema, asked.value) : asked
  return text.ok ? ok({ id, form, start: { schema: text.value, job: newJobId() } }) : text
}

/** Streamed where the length is announced, so that no more than a piece of it stands in memory. */
async function store(c: C, key: string): Promise<Result<undefined>> {
  const { body, headers } = c.req.raw
  const length = Number(headers.get('content-length') ?? Number.NaN)
  if (length > MAX_UPLOAD_BYTES) return tooLarge()
  const bytes = Number.isNaN(length) || body === null ? await readBytes(c.req.raw) : ok(body)
  if (!bytes.ok) return bytes
  return attempt(async () => {
    await c.env.DOCUMENTS.put(key, bytes.value)
    return ok(undefined)
  })
}

const tooLarge = () =>
  fail({ kind: 'too-large', limit: 'an upload', max: MAX_UPLOAD_BYTES, unit: 'bytes' })
