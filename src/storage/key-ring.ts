// A tenant's keys, by hash. Here is the truth about them; KV has a copy to find the tenant by (directory.ts).
// Keys never change but by being revoked, and a revoked one stays listed until it is swept.
import type { Scope } from '../http/scopes'

export interface KeyInfo {
  readonly id: string
  readonly label: string
  readonly scopes: readonly Scope[]
  /** ISO 8601 */
  readonly created_at: string
  readonly revoked_at: string | null
}

export interface KeySpec {
  readonly id: string
  readonly hash: string
  readonly label: string
  readonly scopes: readonly Scope[]
}

type Row = {
  id: string
  hash: string
  label: string
  scopes: string
  created_at: number
  revoked_at: number | null
}

export class KeyRing {
  private readonly sql: SqlStorage

  constructor(sql: SqlStorage) {
    this.sql = sql
  }

  add(now: number, { id, hash, label, scopes }: KeySpec): KeyInfo {
    this.sql.exec(
      'INSERT INTO keys (id, hash, label, scopes, created_at) VALUES (?, ?, ?, ?, ?)',
      ...[id, hash, label, scopes.join(' '), now],
    )
    return { id, label, scopes, created_at: new Date(now).toISOString(), revoked_at: null }
  }

  /** Those that are not revoked. */
  standing(): number {
    const query = 'SELECT count(*) AS standing FROM keys WHERE revoked_at IS NULL'
    return this.sql.exec<{ standing: number }>(query).one().standing
  }

  stands(id: string): boolean {
    return this.row(id)?.revoked_at === null
  }

  /** Oldest first. */
  list(): KeyInfo[] {
    return this.sql.exec<Row>('SELECT * FROM keys ORDER BY created_at, id').toArray().map(infoOf)
  }

  /** The key's hash, also where it was revoked before; undefined where there is no such key. */
  revoke(now: number, id: string): { hash: string; already: boolean } | undefined {
    const row = this.row(id)
    if (row === undefined) return undefined
    this.sql.exec('UPDATE keys SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL', now, id)
    return { hash: row.hash, already: row.revoked_at !== null }
  }

  sweep(before: number): void {
    this.sql.exec('DELETE FROM keys WHERE revoked_at < ?', before)
  }

  private row(id: string): Row | undefined {
    return this.sql.exec<Row>('SELECT * FROM keys WHERE id = ?', id).toArray()[0]
  }
}

function infoOf({ id, label, scopes, created_at, revoked_at }: Row): KeyInfo {
  return {
    id,
    label,
    // Written by `add` and by nothing else.
    scopes: scopes.split(' ') as Scope[],
    created_at: new Date(created_at).toISOString(),
    revoked_at: revoked_at === null ? null : new Date(revoked_at).toISOString(),
  }
}
