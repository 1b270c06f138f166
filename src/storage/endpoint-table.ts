// Where a tenant's webhooks go, and the secrets that they are signed with. A secret must be known to be signed with, so it stands here
// as it is; it is shown once. After a rotation the one before stays valid for a while.
import type { WebhookEvent } from '../webhooks/events'

export interface EndpointInfo {
  readonly id: string
  readonly url: string
  readonly events: readonly WebhookEvent[]
  readonly label: string
  /** ISO 8601 */
  readonly created_at: string
  /** Id of the key that made it. */
  readonly created_by: string
  /** Oldest first; `until` is null while a secret was not rotated. */
  readonly secrets: readonly { readonly created_at: string; readonly until: string | null }[]
}

export interface EndpointSpec {
  readonly url: string
  readonly events: readonly WebhookEvent[]
  readonly label: string
}

type Row = {
  id: string
  url: string
  events: string
  label: string
  created_at: number
  created_by: string
}
type SecretRow = { secret: string; created_at: number; until: number | null }

export class EndpointTable {
  private readonly sql: SqlStorage

  constructor(sql: SqlStorage) {
    this.sql = sql
  }

  add(now: number, by: string, id: string, { url, events, label }: EndpointSpec): void {
    this.sql.exec(
      `INSERT INTO webhook_endpoints (id, url, events, label, created_at, created_by)
       VALUES (?, ?, ?, ?, ?, ?)`,
      ...[id, url, events.join(' '), label, now, by],
    )
  }

  addSecret(now: number, id: string, secret: string): void {
    this.sql.exec(
      'INSERT INTO webhook_secrets (endpoint, secret, created_at) VALUES (?, ?, ?)',
      ...[id, secret, now],
    )
  }

  /** The secrets that stand until now are valid until then. */
  retireSecrets(id: string, until: number): void {
    const query = 'UPDATE webhook_secrets SET until = ? WHERE endpoint = ? AND until IS NULL'
    this.sql.exec(query, until, id)
  }

  /** Those that are valid, the newest first. */
  secrets(now: number, id: string): string[] {
    return this.secretRows(now, id)
      .map(({ secret }) => secret)
      .reverse()
  }

  change(id: string, { url, events, label }: EndpointSpec): void {
    this.sql.exec(
      'UPDATE webhook_endpoints SET url = ?, events = ?, label = ? WHERE id = ?',
      ...[url, events.join(' '), label, id],
    )
  }

  remove(id: string): void {
    this.sql.exec('DELETE FROM webhook_endpoints WHERE id = ?', id)
    this.sql.exec('DELETE FROM webhook_secrets WHERE endpoint = ?', id)
  }

  get(now: number, id: string): EndpointInfo | undefined {
    return this.list(now).find((endpoint) => endpoint.id === id)
  }

  /** Oldest first; there are few. */
  list(now: number): EndpointInfo[] {
    const rows = this.sql.exec<Row>('SELECT * FROM webhook_endpoints ORDER BY created_at, id')
    return rows.toArray().map((row) => ({
      ...row,
      // Written by `add` and `change` and by nothing else.
      events: row.events.split(' ') as WebhookEvent[],
      created_at: new Date(row.created_at).toISOString(),
      secrets: this.secretRows(now, row.id).map(({ created_at, until }) => ({
        created_at: new Date(created_at).toISOString(),
        until: until === null ? null : new Date(until).toISOString(),
      })),
    }))
  }

  sweep(now: number): void {
    this.sql.exec('DELETE FROM webhook_secrets WHERE until <= ?', now)
  }

  private secretRows(now: number, id: string): SecretRow[] {
    const query = `SELECT secret, created_at, until FROM webhook_secrets
      WHERE endpoint = ? AND (until IS NULL OR until > ?) ORDER BY rowid`
    return this.sql.exec<SecretRow>(query, id, now).toArray()
  }
}
