// What every part of a tenant's Durable Object stands on: its tables, its name, its audit and its one alarm. Whatever has to happen
// later is a row with a time in the transaction that decides it, and the alarm is set to the earliest of them in the same breath, so
// that nothing is lost between a decision and what follows from it.
import { DurableObject } from 'cloudflare:workers'
import { PACE, type Pace } from '../jobs/pace'
import { SWEEP_MS } from '../limits'
import { AuditTrail } from './audit-trail'
import { DeliveryTable } from './delivery-table'
import { Disposals } from './disposals'
import { EndpointTable } from './endpoint-table'
import { JobTable } from './job-table'
import { JobTexts } from './job-texts'
import { QuotaBook } from './quota-book'
import { migrate } from './tables'
import { UploadTable } from './upload-table'

export abstract class TenantBase extends DurableObject<Env> {
  protected readonly tenant: string
  protected readonly pace: Pace = PACE
  protected readonly audit: AuditTrail
  protected readonly quota: QuotaBook
  protected readonly jobs: JobTable
  protected readonly texts: JobTexts
  protected readonly disposals: Disposals
  protected readonly uploads: UploadTable
  protected readonly endpoints: EndpointTable
  protected readonly deliveries: DeliveryTable

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env)
    migrate(ctx.storage)
    const { sql } = ctx.storage
    this.tenant = nameOf(ctx)
    this.audit = new AuditTrail(sql, this.tenant)
    this.quota = new QuotaBook(sql)
    this.jobs = new JobTable(sql)
    this.texts = new JobTexts(sql)
    this.disposals = new Disposals(sql)
    this.uploads = new UploadTable(sql)
    this.endpoints = new EndpointTable(sql)
    this.deliveries = new DeliveryTable(sql)
  }

  /** One transaction, and the alarm set for what it left to do. */
  protected async change<T>(decide: (now: number) => T): Promise<T> {
    const now = Date.now()
    const decided = this.ctx.storage.transactionSync(() => decide(now))
    await this.setAlarm(now)
    return decided
  }

  /** Nothing is awaited before it is set, so it is written together with what came before. */
  protected async setAlarm(now: number): Promise<void> {
    await this.ctx.storage.setAlarm(Math.max(now, Math.min(...this.dueTimes())))
  }

  /** Sweeps come at their own time, however much else there is to do meanwhile. */
  protected swept(now: number): void {
    this.ctx.storage.sql.exec('UPDATE identity SET sweep_at = ?', now + SWEEP_MS)
  }

  /** When something is to be done, of every kind of thing. */
  protected dueTimes(): number[] {
    const tables = [this.jobs, this.uploads, this.disposals]
    const { sweep_at } = this.ctx.storage.sql
      .exec<{ sweep_at: number }>('SELECT sweep_at FROM identity')
      .one()
    return [sweep_at, ...tables.map((table) => table.nextDue()).filter((at) => at !== null)]
  }
}

/** An alarm may not know the name that the object was found by, so it is kept. */
function nameOf(ctx: DurableObjectState): string {
  const { sql } = ctx.storage
  const [row] = sql.exec<{ name: string }>('SELECT name FROM identity')
  if (row !== undefined) return row.name
  const name = ctx.id.name ?? ctx.id.toString()
  sql.exec('INSERT INTO identity (name, sweep_at) VALUES (?, ?)', name, Date.now() + SWEEP_MS)
  return name
}
