// Uploads in a tenant's Durable Object. That a file has landed may be heard twice, from the request that brought it and from R2's own
// notification, or only from one of them: it starts one job, whose id stood fixed before.
import { fail, ok, type Result } from '../failure'
import { uploadKey } from '../jobs/upload-address'
import { MAX_UPLOADS, UPLOAD_HOURS, UPLOAD_MINUTES } from '../limits'
import type { Actor } from './audit-trail'
import type { JobInfo } from './job-states'
import { TenantJobs, tooMany } from './tenant-jobs'
import type { NewUpload, UploadRow } from './upload-table'

const MINUTE_MS = 60_000
const HOUR_MS = 3_600_000
/** How long an upload that a job has is remembered, so that a late notification of it is not taken for a stranger's. */
const USED_MS = 7 * 24 * HOUR_MS

export abstract class TenantUploads extends TenantJobs {
  /** Until when the file may come. Fails as `rate-limited` where too many are open. */
  openUpload(upload: NewUpload, actor: Actor): Promise<Result<number>> {
    return this.change((now) => {
      if (this.uploads.open() >= MAX_UPLOADS) return tooMany()
      // A little longer than its address is good for, so that a file that comes late is not lost on the way.
      const until = now + UPLOAD_MINUTES * MINUTE_MS
      this.uploads.add(now, actor.keyId, upload, until + this.pace.receiveMs)
      return ok(until)
    })
  }

  /** Fails as `conflict` where the file is there already, as `not-found` where none is waited for. */
  awaitsUpload(id: string): Result<undefined> {
    const state = this.uploads.row(id)?.state
    if (state === undefined) return fail({ kind: 'not-found' })
    if (state === 'waiting') return ok(undefined)
    return fail({ kind: 'conflict', detail: 'The file was uploaded already.' })
  }

  /** The file is there. The id of the job that it starts, or started, if any. */
  landUpload(id: string): Promise<Result<string | null>> {
    return this.change((now) => {
      const row = this.uploads.row(id)
      if (row === undefined) return fail({ kind: 'not-found' })
      if (row.state === 'waiting') this.land(now, row)
      return ok(row.job)
    })
  }

  /** A job that reads the file. Fails as `conflict` where another one has it. */
  useUpload(
    id: string,
    job: { readonly id: string; readonly schema: string },
    actor: Actor,
  ): Promise<Result<JobInfo>> {
    return this.change((now) => {
      const row = this.uploads.row(id)
      if (row === undefined) return fail({ kind: 'not-found' })
      if (row.state === 'used') {
        return fail({ kind: 'conflict', detail: 'There is a job for this upload already.' })
      }
      if (this.isFull()) return tooMany()
      this.start(now, row, job, actor.keyId)
      return this.infoOf(job.id)
    })
  }

  private land(now: number, row: UploadRow): void {
    const { id, schema, job, created_by } = row
    if (schema === null || job === null) this.uploads.land(id, now + UPLOAD_HOURS * HOUR_MS)
    else this.start(now, row, { id: job, schema }, created_by)
  }

  private start(
    now: number,
    { id, form }: UploadRow,
    job: { readonly id: string; readonly schema: string },
    by: string,
  ): void {
    const document = { key: uploadKey(this.tenant, id), form }
    this.jobs.add(now, by, { ...job, document }, 'queued', now)
    this.uploads.use(id, job.id, now + USED_MS)
  }

  protected sweepUploads(now: number): void {
    this.ctx.storage.transactionSync(() => {
      for (const { id, state } of this.uploads.takeDue(now)) {
        if (state !== 'used') this.dispose(now, uploadKey(this.tenant, id))
      }
    })
  }
}
