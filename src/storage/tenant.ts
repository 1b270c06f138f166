// The Durable Object of one tenant: everything that must be true at once stands in its SQLite. Methods are called over RPC by
// tenants.ts; each is one synchronous transaction, so that no two requests ever see half of a change. The tables have a file
// each; this one puts them together and sweeps what has expired.
import { fail, ok, type Result } from '../failure'
import type { Preconditions } from '../http/preconditions'
import { AUDIT_DAYS, MAX_KEYS, REVOKED_KEY_DAYS, SWEEP_MS, USAGE_DAYS } from '../limits'
import type { Actor, AuditEntry } from './audit-trail'
import { FormTable } from './form-table'
import { type Begun, IdempotencyTable, type Ticket } from './idempotency-table'
import { type KeyInfo, KeyRing, type KeySpec } from './key-ring'
import type { QuotaLimits, Taken, Usage } from './quota-book'
import { windowAt } from './quota-windows'
import { type SchemaEntry, type SchemaPut, SchemaTable, type SchemaVersion } from './schema-table'
import { TenantWebhooks } from './tenant-webhooks'

const DAY_MS = 86_400_000

export type Admission =
  | { readonly stands: false }
  | {
      readonly stands: true
      readonly taken: Taken
      /** Where there was a ticket and the quota let it through. */
      readonly begun: Begun | undefined
    }

export interface QuotaReading {
  readonly limits: QuotaLimits
  readonly usage: Readonly<Record<'minute' | 'month', Usage & { readonly since: string }>>
}

export class Tenant extends TenantWebhooks {
  private readonly idempotency: IdempotencyTable
  private readonly keys: KeyRing
  private readonly schemas: SchemaTable
  private readonly forms: FormTable

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env)
    const { sql } = ctx.storage
    this.idempotency = new IdempotencyTable(sql)
    this.keys = new KeyRing(sql)
    this.schemas = new SchemaTable(sql)
    this.forms = new FormTable(sql)
  }

  /** When it was created, ISO 8601. Fails as `conflict` where it is already. */
  async create(name: string, actor: Actor): Promise<Result<string>> {
    if (this.createdAt() !== undefined) {
      return fail({ kind: 'conflict', detail: 'There is a tenant by this name.' })
    }
    return this.change((now) => {
      this.ctx.storage.sql.exec('INSERT INTO tenant (name, created_at) VALUES (?, ?)', name, now)
      this.audit.record(now, actor, 'tenant.create', name)
      return ok(new Date(now).toISOString())
    })
  }

  /** Fails as `not-found` where the tenant was never created, as `conflict` where it has all the keys it may have. */
  addKey(spec: KeySpec, actor: Actor): Result<KeyInfo> {
    if (this.createdAt() === undefined) return fail({ kind: 'not-found' })
    if (this.keys.standing() >= MAX_KEYS) {
      return fail({ kind: 'conflict', detail: `A tenant has at most ${MAX_KEYS} keys.` })
    }
    const now = Date.now()
    return this.ctx.storage.transactionSync(() => {
      this.audit.record(now, actor, 'key.create', spec.id)
      return ok(this.keys.add(now, spec))
    })
  }

  listKeys(): Result<KeyInfo[]> {
    return this.createdAt() === undefined ? fail({ kind: 'not-found' }) : ok(this.keys.list())
  }

  /**
   * Whether a request by this key may go on, and what that leaves of the quota; `counted` takes one request of it. One that
   * brings a ticket and is let through has begun it.
   */
  async admit(keyId: string, counted: boolean, ticket?: Ticket): Promise<Result<Admission>> {
    if (!this.keys.stands(keyId)) return ok({ stands: false })
    const now = Date.now()
    await this.scheduleSweep(now)
    const cost = { requests: counted ? 1 : 0, pages: 0 }
    return this.ctx.storage.transactionSync(() => {
      const taken = this.quota.take(now, cost)
      const isLetThrough = ticket !== undefined && taken.refusedBy.length === 0
      const begun = isLetThrough ? this.idempotency.begin(now, ticket) : undefined
      return ok({ stands: true, taken, begun })
    })
  }

  /** For requests that are not admitted by a key of this tenant: the operator's. */
  async beginIdempotency(ticket: Ticket): Promise<Result<Begun>> {
    const now = Date.now()
    await this.scheduleSweep(now)
    return ok(this.ctx.storage.transactionSync(() => this.idempotency.begin(now, ticket)))
  }

  renewIdempotency(ticket: Ticket): Result<undefined> {
    this.idempotency.renew(Date.now(), ticket)
    return ok(undefined)
  }

  completeIdempotency(ticket: Ticket, fingerprint: string, answer: Uint8Array): Result<undefined> {
    this.idempotency.complete(Date.now(), ticket, fingerprint, answer)
    return ok(undefined)
  }

  releaseIdempotency(ticket: Ticket): Result<undefined> {
    this.idempotency.release(ticket)
    return ok(undefined)
  }

  takePages(pages: number): Result<Taken> {
    const now = Date.now()
    return ok(this.ctx.storage.transactionSync(() => this.quota.take(now, { requests: 0, pages })))
  }

  /** @param at when they were taken */
  returnPages(at: number, pages: number): Result<undefined> {
    this.ctx.storage.transactionSync(() => this.quota.giveBack(at, { requests: 0, pages }))
    return ok(undefined)
  }

  readQuota(): Result<QuotaReading> {
    if (this.createdAt() === undefined) return fail({ kind: 'not-found' })
    const now = Date.now()
    const usageOf = (span: 'minute' | 'month') => ({
      since: new Date(windowAt(span, now).start).toISOString(),
      ...this.quota.used(span, now),
    })
    return ok({
      limits: this.quota.limits(),
      usage: { minute: usageOf('minute'), month: usageOf('month') },
    })
  }

  /** What is not named is back at its default. */
  setQuota(limits: Partial<QuotaLimits>, actor: Actor): Result<QuotaReading> {
    if (this.createdAt() === undefined) return fail({ kind: 'not-found' })
    this.ctx.storage.transactionSync(() => {
      this.quota.set(limits)
      this.audit.record(Date.now(), actor, 'quota.set', this.tenant)
    })
    return this.readQuota()
  }

  /** The hash of the key, so that its copy can go too. From here on `keyStands` says no. */
  revokeKey(id: string, actor: Actor): Result<string> {
    const now = Date.now()
    return this.ctx.storage.transactionSync(() => {
      const revoked = this.keys.revoke(now, id)
      if (revoked === undefined) return fail({ kind: 'not-found' })
      if (!revoked.already) this.audit.record(now, actor, 'key.revoke', id)
      return ok(revoked.hash)
    })
  }

  putSchema(put: SchemaPut, actor: Actor): Promise<Result<SchemaEntry & { isNew: boolean }>> {
    return this.change((now) => {
      const stored = this.schemas.put(now, actor.keyId, put)
      if (stored.ok && stored.value.isNew) {
        this.audit.record(now, actor, 'schema.put', `${put.name}@${stored.value.version}`)
      }
      return stored
    })
  }

  getSchema(name: string, version: number | undefined): Result<SchemaVersion> {
    const schema = this.schemas.get(name, version)
    return schema === undefined ? fail({ kind: 'not-found' }) : ok(schema)
  }

  /** The number of its newest version. */
  newestSchema(name: string): Result<number> {
    const schema = this.schemas.get(name, undefined)
    return schema === undefined ? fail({ kind: 'not-found' }) : ok(schema.version)
  }

  listSchemas(after: string, limit: number): Result<SchemaEntry[]> {
    return ok(this.schemas.list(after, limit))
  }

  schemaHistory(name: string, before: number, limit: number): Result<SchemaEntry[]> {
    if (this.schemas.get(name, 1) === undefined) return fail({ kind: 'not-found' })
    return ok(this.schemas.history(name, before, limit))
  }

  hideSchema(name: string, preconditions: Preconditions, actor: Actor): Result<undefined> {
    const now = Date.now()
    return this.ctx.storage.transactionSync(() => {
      const hidden = this.schemas.hide(now, name, preconditions)
      if (hidden.ok) this.audit.record(now, actor, 'schema.hide', name)
      return hidden
    })
  }

  /** Counts a post with a form token; false where the token has been used up. `expires` is the token's, ms since 1970. */
  async countFormPost(token: string, expires: number): Promise<Result<boolean>> {
    await this.scheduleSweep(Date.now())
    return ok(this.forms.countPost(token, expires))
  }

  async keepExtraction(id: string, body: string, expires: number): Promise<Result<undefined>> {
    await this.scheduleSweep(Date.now())
    this.forms.keep(id, body, expires)
    return ok(undefined)
  }

  readExtraction(id: string): Result<string> {
    const body = this.forms.read(id, Date.now())
    return body === undefined ? fail({ kind: 'not-found' }) : ok(body)
  }

  dropExtraction(id: string): Result<undefined> {
    return this.forms.drop(id) ? ok(undefined) : fail({ kind: 'not-found' })
  }

  auditPage(before: number, limit: number): Result<AuditEntry[]> {
    if (this.createdAt() === undefined) return fail({ kind: 'not-found' })
    return ok(this.audit.page(before, limit))
  }

  /** Removes what has expired and does what is due. Never throws: the platform gives up an alarm that fails too often. */
  override async alarm(): Promise<void> {
    let rest = 0
    try {
      this.sweep(Date.now())
      this.swept(Date.now())
      this.runWebhooks()
      await this.runJobs()
    } catch (error) {
      console.error(JSON.stringify({ event: 'alarm-failed', reason: String(error) }))
      rest = this.pace.retryMs
    }
    await this.setAlarm(Date.now() + rest)
  }

  private sweep(now: number): void {
    this.audit.sweep(now - AUDIT_DAYS * DAY_MS)
    this.idempotency.sweep(now)
    this.keys.sweep(now - REVOKED_KEY_DAYS * DAY_MS)
    this.quota.sweep(now - SWEEP_MS, now - USAGE_DAYS * DAY_MS)
    this.forms.sweep(now)
    this.sweepJobs(now)
    this.sweepUploads(now)
    this.sweepWebhooks(now)
  }

  private async scheduleSweep(now: number): Promise<void> {
    const { storage } = this.ctx
    if ((await storage.getAlarm()) === null) await storage.setAlarm(now + SWEEP_MS)
  }

  private createdAt(): number | undefined {
    const rows = this.ctx.storage.sql.exec<{ created_at: number }>('SELECT created_at FROM tenant')
    return rows.toArray()[0]?.created_at
  }
}
