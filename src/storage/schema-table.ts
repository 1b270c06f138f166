// A tenant's field schemas. A version, once written, never changes and never goes: whoever names `receipt@3` gets the same for
// ever. A new one is added to its name; hiding a name takes it out of the list and out of `receipt`, not out of `receipt@3`.
import { fail, ok, type Result } from '../failure'
import { mayChange, type Preconditions } from '../http/preconditions'
import { MAX_SCHEMA_VERSIONS, MAX_SCHEMAS } from '../limits'

/** One version, without what it says. */
export interface SchemaEntry {
  readonly name: string
  readonly version: number
  /** ISO 8601 */
  readonly created_at: string
  /** Id of the key that put it. */
  readonly created_by: string
  /** Entity tag, quoted. */
  readonly etag: string
}

export interface SchemaVersion extends SchemaEntry {
  /** The JSON Schema, as JSON text. */
  readonly body: string
}

export interface SchemaPut {
  readonly name: string
  readonly body: string
  /** SHA-256 of `body`, hexadecimal. */
  readonly sha256: string
  readonly preconditions: Preconditions
}

type Row = {
  name: string
  version: number
  body: string
  sha256: string
  created_at: number
  created_by: string
}

/** Columns of an entry; `body` may be large. */
const ENTRY = 'v.name, v.version, v.sha256, v.created_at, v.created_by'
const NEWEST = 'schemas s JOIN schema_versions v ON v.name = s.name AND v.version = s.latest'

export class SchemaTable {
  private readonly sql: SqlStorage

  constructor(sql: SqlStorage) {
    this.sql = sql
  }

  /** `isNew` is false where the newest version is the same already: putting it twice makes one version. */
  put(now: number, by: string, put: SchemaPut): Result<SchemaEntry & { isNew: boolean }> {
    const { name, body, sha256, preconditions } = put
    const newest = this.newest(name)
    if (!mayChange(preconditions, newest && etagOf(newest))) return preconditionFailed()
    if (newest?.sha256 === sha256) return ok({ ...entryOf(newest), isNew: false })
    const version = this.latest(name) + 1
    if (version === 1 && this.names() >= MAX_SCHEMAS) return tooMany('schemas', MAX_SCHEMAS)
    if (version > MAX_SCHEMA_VERSIONS) return tooMany('versions of a schema', MAX_SCHEMA_VERSIONS)
    const row = { name, version, body, sha256, created_at: now, created_by: by }
    this.sql.exec(
      `INSERT INTO schema_versions (name, version, body, sha256, created_at, created_by)
       VALUES (?, ?, ?, ?, ?, ?)`,
      ...[name, version, body, sha256, now, by],
    )
    this.sql.exec(
      `INSERT INTO schemas (name, latest) VALUES (?, ?)
       ON CONFLICT (name) DO UPDATE SET latest = excluded.latest, hidden_at = NULL`,
      ...[name, version],
    )
    return ok({ ...entryOf(row), isNew: true })
  }

  /** That version, hidden or not; without one the newest, unless it is hidden. */
  get(name: string, version: number | undefined): SchemaVersion | undefined {
    const row = version === undefined ? this.newest(name) : this.version(name, version)
    return row === undefined ? undefined : { ...entryOf(row), body: row.body }
  }

  /** The newest version of every name that is not hidden, by name. */
  list(after: string, limit: number): SchemaEntry[] {
    const rows = this.sql.exec<Row>(
      `SELECT ${ENTRY} FROM ${NEWEST} WHERE s.hidden_at IS NULL AND s.name > ? ORDER BY s.name LIMIT ?`,
      ...[after, limit],
    )
    return rows.toArray().map(entryOf)
  }

  /** Newest first, hidden or not. */
  history(name: string, before: number, limit: number): SchemaEntry[] {
    const rows = this.sql.exec<Row>(
      `SELECT ${ENTRY} FROM schema_versions v WHERE v.name = ? AND v.version < ?
       ORDER BY v.version DESC LIMIT ?`,
      ...[name, before, limit],
    )
    return rows.toArray().map(entryOf)
  }

  hide(now: number, name: string, preconditions: Preconditions): Result<undefined> {
    const newest = this.newest(name)
    if (newest === undefined) return fail({ kind: 'not-found' })
    if (!mayChange(preconditions, etagOf(newest))) return preconditionFailed()
    this.sql.exec('UPDATE schemas SET hidden_at = ? WHERE name = ?', now, name)
    return ok(undefined)
  }

  private newest(name: string): Row | undefined {
    const query = `SELECT ${ENTRY}, v.body FROM ${NEWEST} WHERE s.name = ? AND s.hidden_at IS NULL`
    return this.sql.exec<Row>(query, name).toArray()[0]
  }

  private version(name: string, version: number): Row | undefined {
    const query = 'SELECT * FROM schema_versions WHERE name = ? AND version = ?'
    return this.sql.exec<Row>(query, name, version).toArray()[0]
  }

  /** Also of a hidden name, so that no version is ever given twice; 0 where there is none. */
  private latest(name: string): number {
    const query = 'SELECT latest FROM schemas WHERE name = ?'
    return this.sql.exec<{ latest: number }>(query, name).toArray()[0]?.latest ?? 0
  }

  private names(): number {
    return this.sql.exec<{ n: number }>('SELECT count(*) AS n FROM schemas').one().n
  }
}

type EntryRow = Omit<Row, 'body'>

const etagOf = ({ version, sha256 }: EntryRow) => `"${version}-${sha256.slice(0, 16)}"`

function entryOf(row: EntryRow): SchemaEntry {
  const { name, version, created_at, created_by } = row
  const created = new Date(created_at).toISOString()
  return { name, version, created_at: created, created_by, etag: etagOf(row) }
}

const preconditionFailed = () => fail({ kind: 'precondition-failed' })
const tooMany = (what: string, max: number) =>
  fail({ kind: 'conflict', detail: `A tenant has at most ${max} ${what}.` })
