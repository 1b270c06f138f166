// One step of a job: as much of its document as one invocation may read, from where the last one stopped. Every window that was read
// is kept, with the pages done; when the last is, the answer is made of all of them. A job that was cancelled or taken over is let
// go of at the next window.
import type { Document } from '../document/words'
import { answer, begin, readOne, type Work } from '../extraction/extract'
import type { WindowReading } from '../extraction/gather'
import { Passes } from '../extraction/passes'
import { type Survey, survey } from '../extraction/survey'
import { fail, ok, type Result } from '../failure'
import { JOB_SLICE_PASSES, MAX_JOB_PASSES, MAX_PASSES, MAX_RESULT_CHARS } from '../limits'
import { fairFiller } from '../model/fair-filler'
import type { Field } from '../schema/field'
import { parseSchema } from '../schema/parse'
import { parseReference } from '../schema/reference'
import type { Services } from '../services'
import type { SchemaReader } from '../storage/schema-store'
import type { JobProgress, Lease } from '../storage/tenant-jobs'
import { askTenant } from '../storage/tenants'
import { keepWords, readDocument } from './documents'
import type { JobMessage } from './message'

/** A job in the hands of its consumer. */
export interface HeldJob extends JobMessage {
  readonly lease: Lease
}

export type Step =
  /** `result`: the extraction as JSON text. */
  | { readonly kind: 'answered'; readonly result: string; readonly pages: number }
  | { readonly kind: 'paused' }
  /** The job is no longer ours, or must wait. */
  | { readonly kind: 'lost' }

/** Fails as `unavailable` where another attempt may do better, otherwise as the document is at fault. */
export async function takeStep(
  held: HeldJob,
  env: Env,
  services: Services,
  schemas: SchemaReader,
): Promise<Result<Step>> {
  const fields = await fieldsOf(held, env, schemas)
  if (!fields.ok) return fields
  const document = await readDocument(env, held.lease.document, services.ocr)
  if (!document.ok) return document
  const surveyed = survey(document.value, fields.value, services.wordpiece, MAX_JOB_PASSES)
  if (!surveyed.ok) return surveyed
  const charged = await charge(held, env, surveyed.value.pages)
  if (!charged.ok) return charged
  if (!charged.value) return ok({ kind: 'lost' })
  const kept = await keep(held, env, surveyed.value, document.value)
  if (!kept.ok) return kept
  if (!kept.value) return ok({ kind: 'lost' })
  return readOn(held, env, services, surveyed.value)
}

async function fieldsOf(
  { tenant, lease: { schema } }: HeldJob,
  env: Env,
  schemas: SchemaReader,
): Promise<Result<readonly Field[]>> {
  const reference = parseReference(schema)
  if (reference === undefined) return parseSchema(JSON.parse(schema))
  const stored = await schemas.read(env, tenant, reference)
  return stored.ok ? ok(stored.value.fields) : stored
}

/** Whether the job may go on: its pages are within the quota, and it is still ours. */
function charge(
  { tenant, job, lease: { attempt, charged } }: HeldJob,
  env: Env,
  pages: number,
): Promise<Result<boolean>> {
  if (charged) return Promise.resolve(ok(true))
  return askTenant(env, tenant, (stub) => stub.chargeJob(job, attempt, pages))
}

/** The words of a file that takes several steps are kept, so that it is read once. Whether the job is still ours. */
async function keep(
  held: HeldJob,
  env: Env,
  surveyed: Survey,
  document: Document,
): Promise<Result<boolean>> {
  const isLong = surveyed.windows.length * surveyed.templates.length > JOB_SLICE_PASSES
  if (!isLong || held.lease.document.form === 'words') return ok(true)
  const key = await keepWords(env, held, document)
  if (!key.ok) return key
  return save(held, env, { pages: surveyed.pages, pagesDone: 0, wordsKey: key.value })
}

async function readOn(
  held: HeldJob,
  env: Env,
  services: Services,
  surveyed: Survey,
): Promise<Result<Step>> {
  const { wordpiece } = services
  // Its passes take turns with those of the requests.
  const filler = fairFiller(services.filler, held.tenant)
  const readings = held.lease.windows.map((text): WindowReading => JSON.parse(text))
  const most = surveyed.windows.length * surveyed.templates.length + MAX_PASSES
  const before = readings.length * surveyed.templates.length
  const passes = new Passes(filler, surveyed.tokens, most, before)
  const work = await begin(surveyed, passes, filler, wordpiece)
  if (!work.ok) return work
  for (const [number, window] of surveyed.windows.entries()) {
    if (number < before / surveyed.templates.length) continue
    if (passes.count - before >= JOB_SLICE_PASSES) return ok({ kind: 'paused' })
    const reading = await readOne(work.value, window)
    if (!reading.ok) return reading
    readings.push(reading.value)
    if (readings.length === surveyed.windows.length) break
    const text = JSON.stringify(reading.value)
    const progress = { ...pagesRead(surveyed, window.high), window: { number, text } }
    const still = await save(held, env, progress)
    if (!still.ok) return still
    if (!still.value) return ok({ kind: 'lost' })
  }
  return conclude(held, work.value, readings)
}

/** A page is done when the window that holds its last token is. */
function pagesRead({ tokens, pages }: Survey, high: number): { pages: number; pagesDone: number } {
  const next = tokens.page[high]
  return { pages, pagesDone: next ?? pages }
}

async function conclude(
  { lease: { schema } }: HeldJob,
  work: Work,
  readings: readonly WindowReading[],
): Promise<Result<Step>> {
  const answered = await answer(work, readings)
  if (!answered.ok) return answered
  const { model, passes, fields, usage } = answered.value
  const id = `ext_${crypto.randomUUID().replaceAll('-', '')}`
  const named = parseReference(schema) === undefined ? {} : { schema }
  const result = JSON.stringify({ id, model, ...named, passes, fields, usage })
  if (result.length <= MAX_RESULT_CHARS) return ok({ kind: 'answered', result, pages: usage.pages })
  const limit = { limit: 'the result of a job', max: MAX_RESULT_CHARS, unit: 'characters' }
  return fail({ kind: 'too-large', ...limit })
}

const save = (
  { tenant, job, lease: { attempt } }: HeldJob,
  env: Env,
  progress: JobProgress,
): Promise<Result<boolean>> =>
  askTenant(env, tenant, (stub) => stub.saveJob(job, attempt, progress))
