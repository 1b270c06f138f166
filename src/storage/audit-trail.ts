// Who did what to a tenant's keys, schemas and settings, and when: one row and one log line an action. Names and ids alone; no
// document, schema or key is ever written here.
import type { AuditAction } from './audit-actions'

/** Who acts: the id of the key, and the request that it acts by. */
export interface Actor {
  readonly keyId: string
  readonly request: string
}

export interface AuditEntry {
  readonly id: number
  /** ISO 8601 */
  readonly at: string
  /** Id of the key that acted. */
  readonly actor: string
  readonly action: AuditAction
  /** Name or id of what it was done to. */
  readonly subject: string
  readonly request: string
}

type Row = {
  id: number
  at: number
  actor: string
  action: AuditAction
  subject: string
  request: string
}

export class AuditTrail {
  private readonly sql: SqlStorage
  private readonly tenant: string

  constructor(sql: SqlStorage, tenant: string) {
    this.sql = sql
    this.tenant = tenant
  }

  record(now: number, { keyId, request }: Actor, action: AuditAction, subject: string): void {
    this.sql.exec(
      'INSERT INTO audit (at, actor, action, subject, request) VALUES (?, ?, ?, ?, ?)',
      ...[now, keyId, action, subject, request],
    )
    const line = { event: 'audit', tenant: this.tenant, actor: keyId, action, subject, request }
    console.log(JSON.stringify(line))
  }

  /** Newest first, those before the entry `before`, at most `limit`. */
  page(before: number, limit: number): AuditEntry[] {
    const rows = this.sql.exec<Row>(
      'SELECT * FROM audit WHERE id < ? ORDER BY id DESC LIMIT ?',
      ...[before, limit],
    )
    return rows.toArray().map((row) => ({ ...row, at: new Date(row.at).toISOString() }))
  }

  sweep(before: number): void {
    this.sql.exec('DELETE FROM audit WHERE at < ?', before)
  }
}
