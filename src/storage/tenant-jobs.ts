// Jobs in a tenant's Durable Object: what requests and the queue's consumer may do to them, each one transaction, and what the alarm
// does about them. A job that ends leaves its result, drops its document and what it had read, all at once, and only once.
import { type Failure, fail, ok, type Result } from '../failure'
import { OPERATOR_TENANT } from '../http/auth'
import { randomBase58 } from '../http/key-format'
import { type Problem, problemOf } from '../http/problem'
import { grown } from '../jobs/pace'
import { JOB_DAYS, MAX_OPEN_JOBS } from '../limits'
import { eventOf, messageBody } from '../webhooks/events'
import type { Actor } from './audit-trail'
import type { EndState, JobInfo } from './job-states'
import { type Ending, infoOf, type NewJob, type Row } from './job-table'
import { TenantBase } from './tenant-base'

const DAY_MS = 86_400_000
const HOUR_MS = 3_600_000
const SECOND_MS = 1_000
const MESSAGE_CHARS = 22
/** Jobs that one alarm puts into the queue; a batch of a queue takes as many. */
const BATCH = 100

/** What the consumer of a message gets to work on. */
export interface Lease {
  /** Its number: whoever reports must say it. */
  readonly attempt: number
  readonly schema: string
  readonly document: { readonly key: string; readonly form: 'words' | 'file' }
  /** Whether its pages were taken off the quota. */
  readonly charged: boolean
  /** What the first windows said, as JSON, from attempts before. */
  readonly windows: readonly string[]
}

export interface JobProgress {
  readonly pages: number
  readonly pagesDone: number
  /** What the window of this number said, as JSON. */
  readonly window?: { readonly number: number; readonly text: string }
  /** Where the pages' words stand in R2 from now on, so that the file is read once. */
  readonly wordsKey?: string
}

export interface JobResult {
  readonly pages: number
  /** The extraction as JSON text. */
  readonly result: string
}

export abstract class TenantJobs extends TenantBase {
  /** A place for a job whose document is about to be stored. Fails as `rate-limited` where too many have not ended. */
  openJob(job: NewJob, actor: Actor): Promise<Result<undefined>> {
    return this.change((now) => {
      if (this.isFull()) return tooMany()
      this.jobs.add(now, actor.keyId, job, 'receiving', now + this.pace.receiveMs)
      return ok(undefined)
    })
  }

  /** The document is stored: into the queue with it. Fails as `not-found` where that took too long. */
  receiveJob(id: string): Promise<Result<JobInfo>> {
    return this.change((now) => {
      this.jobs.receive(now, id)
      return this.infoOf(id)
    })
  }

  /** The document could not be stored. */
  dropJob(id: string): Promise<Result<undefined>> {
    return this.change((now) => {
      const row = this.jobs.row(id)
      if (row?.state === 'receiving') this.drop(now, row)
      return ok(undefined)
    })
  }

  getJob(id: string): Result<JobInfo & { readonly result: string | undefined }> {
    this.expireResults(Date.now())
    const info = this.infoOf(id)
    return info.ok ? ok({ ...info.value, result: this.texts.result(id) }) : info
  }

  /** Newest first; `next` is for the page after. */
  listJobs(before: number, limit: number): Result<{ jobs: JobInfo[]; next: number | null }> {
    this.expireResults(Date.now())
    const rows = this.jobs.list(before, limit)
    const next = rows.length === limit ? (rows.at(-1)?.seq ?? null) : null
    return ok({ jobs: rows.map(infoOf), next })
  }

  /** Cancels a job that has not ended; of one that has, the result goes. */
  cancelJob(id: string, actor: Actor): Promise<Result<JobInfo>> {
    return this.change((now) => {
      if (!this.infoOf(id).ok) return fail({ kind: 'not-found' })
      const cancelled = this.end(now, id, 'cancelled', {})
      if (!cancelled) this.forgetResult(id)
      this.audit.record(now, actor, cancelled ? 'job.cancel' : 'job.forget', id)
      return this.infoOf(id)
    })
  }

  /** undefined: there is nothing to do, or somebody does it. */
  leaseJob(id: string): Promise<Result<Lease | undefined>> {
    return this.change((now) => {
      const row = this.jobs.lease(now + this.pace.leaseMs, id)
      if (row === undefined) return ok(undefined)
      const { attempt, schema, document: key, form } = row
      const charged = row.pages !== null
      const windows = this.texts.windows(id)
      return ok({ attempt, schema, document: { key, form }, charged, windows })
    })
  }

  /**
   * Takes the pages of its document off the quota, once a job, and says whether the job may go on now. Where the quota is used up it
   * waits for the window to end; where the quota will never be enough it fails. The operator's jobs are not counted.
   */
  chargeJob(id: string, attempt: number, pages: number): Promise<Result<boolean>> {
    return this.change((now) => {
      const row = this.jobs.row(id)
      if (row?.state !== 'running' || row.attempt !== attempt) return ok(false)
      const cost = { requests: 0, pages: this.tenant === OPERATOR_TENANT ? 0 : pages }
      const { refusedBy } = this.quota.take(now, cost)
      const never = refusedBy.find(({ limit }) => limit < pages)
      if (never !== undefined) {
        const problem = problemFor(id, beyondQuota(never.limit))
        this.end(now, id, 'failed', { attempt, problem })
        return ok(false)
      }
      const seconds = Math.max(0, ...refusedBy.map(({ resetSeconds }) => resetSeconds))
      if (refusedBy.length > 0) {
        this.jobs.wait(now + seconds * SECOND_MS, id, attempt)
        return ok(false)
      }
      return ok(this.jobs.progress(now + this.pace.leaseMs, id, attempt, pages, 0))
    })
  }

  /** Whether the job is still the caller's; if not, it must let go of it. */
  saveJob(id: string, attempt: number, progress: JobProgress): Promise<Result<boolean>> {
    return this.change((now) => {
      const { pages, pagesDone, window, wordsKey } = progress
      const until = now + this.pace.leaseMs
      if (!this.jobs.progress(until, id, attempt, pages, pagesDone)) return ok(false)
      if (window !== undefined) this.texts.putWindow(id, window.number, window.text)
      if (wordsKey !== undefined) this.useWords(now, id, attempt, wordsKey)
      return ok(true)
    })
  }

  pauseJob(id: string, attempt: number): Promise<Result<boolean>> {
    return this.change((now) => ok(this.jobs.wait(now, id, attempt)))
  }

  /** An attempt came to nothing for a reason that may pass. */
  releaseJob(id: string, attempt: number, failure: Failure): Promise<Result<boolean>> {
    return this.change((now) => {
      if (this.jobs.retry(now, id, attempt, this.pace)) return ok(true)
      return ok(this.end(now, id, 'failed', { attempt, problem: problemFor(id, failure) }))
    })
  }

  /** Ends the job, where it is still the caller's; `result` is JSON text. */
  finishJob(id: string, attempt: number, done: JobResult): Promise<Result<boolean>> {
    return this.change((now) => {
      const resultUntil = now + resultHours(this.env) * HOUR_MS
      const { pages, result } = done
      const ended = this.end(now, id, 'succeeded', { attempt, resultUntil, pages })
      if (ended) this.texts.putResult(id, result)
      return ok(ended)
    })
  }

  /** Ends the job, where it is still the caller's. */
  failJob(id: string, attempt: number, failure: Failure): Promise<Result<boolean>> {
    return this.change((now) =>
      ok(this.end(now, id, 'failed', { attempt, problem: problemFor(id, failure) })),
    )
  }

  /** A message about it went to the dead-letter queue: that counts as a failed attempt, and the job is tried again or fails. */
  buryMessage(id: string): Promise<Result<undefined>> {
    return this.change((now) => {
      const row = this.jobs.row(id)
      if (row?.state !== 'queued') return ok(undefined)
      const waits = this.jobs.bury(now + grown(this.pace.retryMs, row.failures), id)
      if (!waits) this.end(now, id, 'failed', { problem: problemFor(id, LOST) })
      return ok(undefined)
    })
  }

  protected isFull(): boolean {
    return this.jobs.open() >= MAX_OPEN_JOBS
  }

  /** All the ways to end come here. */
  private end(now: number, id: string, state: EndState, ending: Ending): boolean {
    const row = this.jobs.row(id)
    if (row === undefined || !this.jobs.end(now, id, state, ending)) return false
    this.texts.remove(id, 'window')
    this.dispose(now, row.document)
    this.announce(now, id, state)
    console.log(JSON.stringify({ event: 'job', tenant: this.tenant, job: id, state }))
    return true
  }

  /** The message of a job's end, and a delivery of it to every endpoint that wants to know. */
  private announce(now: number, id: string, state: EndState): void {
    const row = this.jobs.row(id)
    if (row === undefined) return
    const type = eventOf(state)
    const message = `msg_${randomBase58(MESSAGE_CHARS)}`
    this.deliveries.addMessage(now, message, id, type, messageBody(type, now, infoOf(row)))
    for (const endpoint of this.endpoints.list(now)) {
      if (endpoint.events.includes(type)) this.deliveries.addDelivery(now, message, endpoint.id)
    }
  }

  private useWords(now: number, id: string, attempt: number, key: string): void {
    const file = this.jobs.row(id)?.document
    this.jobs.setWords(id, attempt, key)
    if (file !== undefined && file !== key) this.dispose(now, file)
  }

  private drop(now: number, { id, document }: Row): void {
    this.jobs.drop(id)
    this.dispose(now, document)
  }

  protected dispose(now: number, key: string): void {
    this.disposals.add(key, now, now + this.pace.disposeAgainMs)
  }

  private forgetResult(id: string): void {
    this.texts.remove(id, 'result')
    this.jobs.forgetResult(id)
  }

  protected infoOf(id: string): Result<JobInfo> {
    const row = this.jobs.row(id)
    if (row === undefined || row.state === 'receiving') return fail({ kind: 'not-found' })
    return ok(infoOf(row))
  }

  /** What the alarm does about jobs. Never throws: an alarm that fails too often is given up. */
  protected async runJobs(): Promise<void> {
    const now = Date.now()
    const queued: Row[] = []
    for (const row of this.jobs.due(now, BATCH)) {
      if (row.state === 'receiving') this.ctx.storage.transactionSync(() => this.drop(now, row))
      else if (row.state === 'running') await this.releaseJob(row.id, row.attempt, LOST)
      else queued.push(row)
    }
    await this.enqueue(now, queued)
    await this.disposeDue(now)
  }

  /** Sent first and noted afterwards: what is sent twice is done once, what is not sent would be lost. */
  private async enqueue(now: number, rows: readonly Row[]): Promise<void> {
    if (rows.length === 0) return
    const { againMs, retryMs } = this.pace
    const note = (again: (row: Row) => number) =>
      this.ctx.storage.transactionSync(() => {
        for (const row of rows) this.jobs.sent(row, now + again(row), row.sends + 1)
      })
    try {
      await this.env.JOBS.sendBatch(
        rows.map(({ id }) => ({ body: { tenant: this.tenant, job: id } })),
      )
      note(({ sends }) => grown(againMs, sends))
    } catch (error) {
      console.error(JSON.stringify({ event: 'enqueue-failed', reason: String(error) }))
      note(({ sends }) => grown(retryMs, sends))
    }
  }

  private async disposeDue(now: number): Promise<void> {
    const keys = this.disposals.due(now)
    if (keys.length === 0) return
    try {
      await this.env.DOCUMENTS.delete(keys)
      this.disposals.done(now, keys)
    } catch (error) {
      console.error(JSON.stringify({ event: 'dispose-failed', reason: String(error) }))
      this.disposals.postpone(now, keys, now + this.pace.retryMs)
    }
  }

  /** To the second for those who ask; the alarm does it for the others. */
  private expireResults(now: number): void {
    this.ctx.storage.transactionSync(() => {
      for (const id of this.jobs.expired(now)) this.forgetResult(id)
    })
  }

  protected sweepJobs(now: number): void {
    this.expireResults(now)
    this.jobs.sweep(now - JOB_DAYS * DAY_MS)
  }
}

/** What a consumer that was never heard of again leaves. */
const LOST: Failure = {
  kind: 'unavailable',
  detail: 'The document could not be read within the memory and the time that a job has.',
  retryAfterSeconds: 60,
}

const beyondQuota = (max: number): Failure => ({
  kind: 'too-large',
  limit: "one job under the tenant's quota",
  max,
  unit: 'pages',
})

const problemFor = (job: string, failure: Failure): Problem =>
  problemOf(failure, `urn:pip-kie:job:${job}`)

/** For the caller to come back when some of what it has is done. */
export const tooMany = () =>
  fail({
    kind: 'rate-limited',
    detail: 'As many jobs and uploads of this tenant as there may be have not ended.',
    retryAfterSeconds: 60,
  })

const resultHours = (env: Env): number => Number(env.JOB_RESULT_HOURS) || 24
