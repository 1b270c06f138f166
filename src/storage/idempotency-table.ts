// What became of the requests that brought an Idempotency-Key: in flight, or done with their answer. A request holds its key by a
// lease, which it renews while it works; where its isolate dies the lease runs out and the next try takes over, by a token of
// its own, so that one which comes back from the dead changes nothing. Answers are sealed by their caller (http/sealed-answer.ts).
import {
  IDEMPOTENCY_HOURS,
  IDEMPOTENCY_LEASE_MS,
  MAX_KEPT_ANSWER_BYTES,
  MAX_TENANT_BYTES,
} from '../limits'

/** One try of one request. */
export interface Ticket {
  /** Id of the API key: every key has its own idempotency keys. */
  readonly caller: string
  /** SHA-256 of the Idempotency-Key. */
  readonly key: string
  /** Random; tells this try from the others. */
  readonly token: string
}

export type Begun =
  /** This try is the one that works. */
  | { readonly state: 'new' }
  /** Another try holds the key. */
  | { readonly state: 'in-flight' }
  | { readonly state: 'done'; readonly fingerprint: string; readonly answer: Uint8Array }
  /** No more answers can be kept. */
  | { readonly state: 'full' }

type Row = {
  lease_until: number
  fingerprint: string | null
  answer: ArrayBuffer | null
}

const KEPT_MS = IDEMPOTENCY_HOURS * 3_600_000

export class IdempotencyTable {
  private readonly sql: SqlStorage
  private readonly maxBytes: number

  constructor(sql: SqlStorage, maxBytes = MAX_TENANT_BYTES) {
    this.sql = sql
    this.maxBytes = maxBytes
  }

  begin(now: number, { caller, key, token }: Ticket): Begun {
    const row = this.row(now, caller, key)
    if (row !== undefined && row.fingerprint !== null && row.answer !== null) {
      const { fingerprint, answer } = row
      return { state: 'done', fingerprint, answer: new Uint8Array(answer) }
    }
    if (row !== undefined && row.lease_until > now) return { state: 'in-flight' }
    if (this.sql.databaseSize > this.maxBytes) return { state: 'full' }
    const until = now + IDEMPOTENCY_LEASE_MS
    this.sql.exec(
      `INSERT OR REPLACE INTO idempotency (caller, key, token, lease_until, expires_at)
       VALUES (?, ?, ?, ?, ?)`,
      ...[caller, key, token, until, until],
    )
    return { state: 'new' }
  }

  renew(now: number, { caller, key, token }: Ticket): void {
    const until = now + IDEMPOTENCY_LEASE_MS
    this.sql.exec(
      `UPDATE idempotency SET lease_until = ?, expires_at = ?
       WHERE caller = ? AND key = ? AND token = ? AND answer IS NULL`,
      ...[until, until, caller, key, token],
    )
  }

  /** Keeps the answer, unless another try has taken over; one that is too large to keep lets the next try work. */
  complete(now: number, ticket: Ticket, fingerprint: string, answer: Uint8Array): void {
    if (answer.byteLength > MAX_KEPT_ANSWER_BYTES) {
      this.release(ticket)
      return
    }
    const { caller, key, token } = ticket
    this.sql.exec(
      `UPDATE idempotency SET fingerprint = ?, answer = ?, expires_at = ?
       WHERE caller = ? AND key = ? AND token = ?`,
      ...[fingerprint, answer, now + KEPT_MS, caller, key, token],
    )
  }

  /** Nothing was done: the next try may work. */
  release({ caller, key, token }: Ticket): void {
    this.sql.exec(
      'DELETE FROM idempotency WHERE caller = ? AND key = ? AND token = ?',
      ...[caller, key, token],
    )
  }

  sweep(now: number): void {
    this.sql.exec('DELETE FROM idempotency WHERE expires_at <= ?', now)
  }

  private row(now: number, caller: string, key: string): Row | undefined {
    const query = `SELECT lease_until, fingerprint, answer FROM idempotency
                   WHERE caller = ? AND key = ? AND expires_at > ?`
    return this.sql.exec<Row>(query, caller, key, now).toArray()[0]
  }
}
