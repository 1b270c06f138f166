// Jobs: POST a document and a schema as for /v1/extract and be answered at once, GET how far it is and what came out, DELETE to
// cancel. Always the caller's own tenant's; what another has is not there.
import { type Context, Hono } from 'hono'
import * as v from 'valibot'
import { JOB_CEILING } from '../document/ceiling'
import { fail, ok, type Result } from '../failure'
import { askedFields } from '../http/asked-fields'
import { type JsonBody, readJson } from '../http/body'
import { actorOf, placeBefore, reply } from '../http/exchange'
import { requireKey } from '../http/require-key'
import { readUpload, type Upload, uploadOf } from '../http/upload'
import { UploadJobSchema } from '../http/upload-wire'
import { toIssues } from '../issues'
import { hasDocument, placeOf, putDocument } from '../jobs/documents'
import { newJobId, schemaText } from '../jobs/new-job'
import { uploadKey } from '../jobs/upload-address'
import { MAX_PAGE_ENTRIES } from '../limits'
import type { AppEnv } from '../services'
import type { JobInfo } from '../storage/job-states'
import { createSchemaReader } from '../storage/schema-store'
import { askTenant } from '../storage/tenants'

type C = Context<AppEnv>

export function jobRoutes(): Hono<AppEnv> {
  const routes = new Hono<AppEnv>()
  const schemas = createSchemaReader()
  const mayUse = requireKey('jobs')

  routes.post('/v1/jobs', mayUse, async (c) => {
    const given = await readGiven(c)
    if (!given.ok) return reply(c, given)
    const { schema, source, bytes } = given.value
    const asked = await askedFields(c, schema, schemas)
    if (!asked.ok) return reply(c, asked)
    const text = schemaText(schema, asked.value)
    if (!text.ok) return reply(c, text)
    c.set('logged', { bytes, fields: asked.value.fields.length })
    const job = { id: newJobId(), schema: text.value }
    const started =
      typeof source === 'string'
        ? await startUploaded(c, job, source)
        : await startJob(c, job, source)
    return accepted(c, started)
  })

  routes.get('/v1/jobs', mayUse, async (c) => {
    const before = placeBefore(c)
    if (!before.ok) return reply(c, before)
    const page = await askTenant(c.env, tenantOf(c), (stub) =>
      stub.listJobs(before.value, MAX_PAGE_ENTRIES),
    )
    if (!page.ok) return reply(c, page)
    const { jobs, next } = page.value
    return reply(c, ok({ jobs, next: next === null ? null : String(next) }))
  })

  routes.get('/v1/jobs/:id', mayUse, async (c) => {
    const job = await askTenant(c.env, tenantOf(c), (stub) => stub.getJob(c.req.param('id')))
    if (!job.ok) return reply(c, job)
    const { result, ...info } = job.value
    return reply(c, ok({ ...info, result: result === undefined ? null : JSON.parse(result) }))
  })

  routes.delete('/v1/jobs/:id', mayUse, async (c) => {
    const id = c.req.param('id')
    return reply(c, await askTenant(c.env, tenantOf(c), (s) => s.cancelJob(id, actorOf(c))))
  })

  return routes
}

const tenantOf = (c: C) => c.get('caller').tenant

interface Given {
  /** JSON, not yet parsed as fields. */
  readonly schema: unknown
  /** A document, or the id of an upload. */
  readonly source: Upload['document'] | string
  readonly bytes: number
}

async function readGiven(c: C): Promise<Result<Given>> {
  const type = c.req.header('content-type')?.split(';')[0]?.trim().toLowerCase()
  const isJson = type === 'application/json' && c.req.header('content-encoding') === undefined
  const body = isJson ? await readJson(c.req.raw) : undefined
  if (body !== undefined && !body.ok) return body
  if (body !== undefined && namesUpload(body.value.json)) return uploadNamed(body.value)
  const upload =
    body === undefined
      ? await readUpload(c.req.raw, JOB_CEILING)
      : uploadOf(body.value, JOB_CEILING)
  if (!upload.ok) return upload
  const { schema, document, bodyBytes } = upload.value
  return ok({ schema, source: document, bytes: bodyBytes })
}

const namesUpload = (json: unknown) => typeof json === 'object' && json !== null && 'upload' in json

function uploadNamed({ json, bytes }: JsonBody): Result<Given> {
  const named = v.safeParse(UploadJobSchema, json)
  if (!named.success) return fail({ kind: 'invalid', issues: toIssues(named.issues) })
  const { upload, schema } = named.output
  return ok({ schema, source: upload, bytes })
}

interface JobStart {
  readonly id: string
  readonly schema: string
}

/** A place first, then the document, then the job: what is cut off between them is swept by the tenant's alarm. */
async function startJob(
  c: C,
  job: JobStart,
  document: Upload['document'],
): Promise<Result<JobInfo>> {
  const tenant = tenantOf(c)
  const place = placeOf({ tenant, job: job.id }, document)
  const opened = await askTenant(c.env, tenant, (stub) =>
    stub.openJob({ ...job, document: place }, actorOf(c)),
  )
  if (!opened.ok) return opened
  const stored = await putDocument(c.env, place.key, document)
  if (stored.ok) return received(c, job.id)
  await askTenant(c.env, tenant, (stub) => stub.dropJob(job.id))
  return stored
}

/** Asked twice where nothing was heard: it is the same to the job, and whoever gets a 503 will post it again. */
async function received(c: C, id: string): Promise<Result<JobInfo>> {
  const ask = () => askTenant(c.env, tenantOf(c), (stub) => stub.receiveJob(id))
  const first = await ask()
  return first.ok || first.failure.kind !== 'unavailable' ? first : ask()
}

/** Findings about the upload are at /upload. */
async function startUploaded(c: C, job: JobStart, upload: string): Promise<Result<JobInfo>> {
  const isThere = await hasDocument(c.env, uploadKey(tenantOf(c), upload))
  if (!isThere.ok) return isThere
  const missing = {
    pointer: '/upload',
    detail: 'There is no such upload, or its file is not there',
  }
  if (!isThere.value) return fail({ kind: 'invalid', issues: [missing] })
  const started = await askTenant(c.env, tenantOf(c), (s) => s.useUpload(upload, job, actorOf(c)))
  if (started.ok || started.failure.kind !== 'not-found') return started
  return fail({ kind: 'invalid', issues: [missing] })
}

function accepted(c: C, job: Result<JobInfo>): Response {
  if (job.ok) c.header('location', `/v1/jobs/${job.value.id}`)
  return reply(c, job, 202)
}
