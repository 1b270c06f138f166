// The Durable Object of one tenant: everything that must be true at once stands in its SQLite. Methods are called over RPC by
// tenants.ts; each is one synchronous transaction, so that no two requests ever see half of a change. The tables have a file
// each; this one puts them together and sweeps what has expired.
import { DurableObject } from 'cloudflare:workers'
import { fail, ok, type Result } from '../failure'
import type { Preconditions } from '../http/preconditions'
import { AUDIT_DAYS, MAX_KEYS, REVOKED_KEY_DAYS, SWEEP_MS } from '../limits'
import { type Actor, type AuditEntry, AuditTrail } from './audit-trail'
import { type KeyInfo, KeyRing, type KeySpec } from './key-ring'
import { type SchemaEntry, type SchemaPut, SchemaTable, type SchemaVersion } from './schema-table'
import { migrate } from './tables'

const DAY_MS = 86_400_000

export class Tenant extends DurableObject<Env> {
  private readonly audit: AuditTrail
  private readonly keys: KeyRing
  private readonly schemas: SchemaTable

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env)
    migrate(ctx.storage)
    const { sql } = ctx.storage
    this.audit = new AuditTrail(sql, ctx.id.name ?? ctx.id.toString())
    this.keys = new KeyRing(sql)
    this.schemas = new SchemaTable(sql)
  }

  /** When it was created, ISO 8601. Fails as `conflict` where it is already. */
  async create(name: string, actor: Actor): Promise<Result<string>> {
    if (this.createdAt() !== undefined) {
      return fail({ kind: 'conflict', detail: 'There is a tenant by this name.' })
    }
    const now = Date.now()
    this.ctx.storage.transactionSync(() => {
      this.ctx.storage.sql.exec('INSERT INTO tenant (name, created_at) VALUES (?, ?)', name, now)
      this.audit.record(now, actor, 'tenant.create', name)
    })
    await this.scheduleSweep(now)
    return ok(new Date(now).toISOString())
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

  keyStands(id: string): Result<boolean> {
    return ok(this.keys.stands(id))
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

  async putSchema(put: SchemaPut, actor: Actor): Promise<Result<SchemaEntry & { isNew: boolean }>> {
    const now = Date.now()
    await this.scheduleSweep(now)
    return this.ctx.storage.transactionSync(() => {
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

  auditPage(before: number, limit: number): Result<AuditEntry[]> {
    if (this.createdAt() === undefined) return fail({ kind: 'not-found' })
    return ok(this.audit.page(before, limit))
  }

  /** Removes what has expired. The platform runs it again if it fails. */
  override async alarm(): Promise<void> {
    this.sweep(Date.now())
    await this.scheduleSweep(Date.now())
  }

  private sweep(now: number): void {
    this.audit.sweep(now - AUDIT_DAYS * DAY_MS)
    this.keys.sweep(now - REVOKED_KEY_DAYS * DAY_MS)
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
