// What webhooks have to tell, and to whom it was told. One message a job, written when it ends; one delivery of it an endpoint, which
// is tried until it is answered well or a day is over, and may be replayed as long as it is listed. Every attempt has the message's id.

import type { Attempt } from '../webhooks/deliver'
import type { WebhookEvent } from '../webhooks/events'
import { DELIVERY_STATES, type DeliveryState } from './delivery-states'

export interface DeliveryInfo {
  /** Of the message: the same for every endpoint, in the header `webhook-id`. */
  readonly id: string
  readonly type: WebhookEvent
  readonly job: string
  readonly state: DeliveryState
  readonly attempts: number
  /** ISO 8601 */
  readonly created_at: string
  readonly last_at: string | null
  readonly last_status: number | null
  readonly last_error: string | null
  /** When it is tried again. */
  readonly next_at: string | null
}

/** One that is to be sent now. */
export interface DueDelivery {
  readonly seq: number
  readonly message: string
  readonly endpoint: string
  readonly body: string
  /** Attempts before this one. */
  readonly attempts: number
}

type Row = {
  seq: number
  message: string
  type: WebhookEvent
  job: string
  state: DeliveryState
  attempts: number
  created_at: number
  due_at: number | null
  last_at: number | null
  last_status: number | null
  last_error: string | null
}

const [PENDING, DELIVERED, FAILED] = DELIVERY_STATES
const LISTED = 'webhook_deliveries d JOIN webhook_messages m ON m.id = d.message'

export class DeliveryTable {
  private readonly sql: SqlStorage

  constructor(sql: SqlStorage) {
    this.sql = sql
  }

  /** The one message of a job. */
  addMessage(now: number, id: string, job: string, type: WebhookEvent, body: string): void {
    this.sql.exec(
      'INSERT INTO webhook_messages (id, job, type, body, created_at) VALUES (?, ?, ?, ?, ?)',
      ...[id, job, type, body, now],
    )
  }

  addDelivery(now: number, message: string, endpoint: string): void {
    this.sql.exec(
      `INSERT INTO webhook_deliveries (message, endpoint, state, due_at) VALUES (?, ?, '${PENDING}', ?)`,
      ...[message, endpoint, now],
    )
  }

  /** Takes those that are due, until `until`: who has not said by then how it went is taken to have failed. */
  take(now: number, limit: number, until: number): DueDelivery[] {
    const rows = this.sql
      .exec<DueDelivery & Record<string, string | number>>(
        `SELECT d.seq, d.message, d.endpoint, d.attempts, m.body FROM ${LISTED}
         WHERE d.due_at <= ? ORDER BY d.due_at LIMIT ?`,
        ...[now, limit],
      )
      .toArray()
    for (const { seq } of rows) {
      const query =
        'UPDATE webhook_deliveries SET due_at = ?, attempts = attempts + 1 WHERE seq = ?'
      this.sql.exec(query, until, seq)
    }
    return rows
  }

  /** @param next when to try again; undefined where it was the last time */
  record(now: number, seq: number, attempt: Attempt, next: number | undefined): void {
    const { delivered, status, error } = attempt
    const state = delivered ? DELIVERED : next === undefined ? FAILED : PENDING
    this.sql.exec(
      `UPDATE webhook_deliveries SET state = ?, due_at = ?, last_at = ?, last_status = ?, last_error = ?
       WHERE seq = ?`,
      ...[state, state === PENDING ? (next ?? null) : null, now, status, error, seq],
    )
  }

  /** Whether there is such a delivery; it is tried anew, as often as the first time. */
  replay(now: number, message: string, endpoint: string): boolean {
    return (
      this.sql.exec(
        `UPDATE webhook_deliveries SET state = '${PENDING}', due_at = ?, attempts = 0
         WHERE message = ? AND endpoint = ?`,
        ...[now, message, endpoint],
      ).rowsWritten > 0
    )
  }

  get(message: string, endpoint: string): DeliveryInfo | undefined {
    const query = `SELECT d.*, m.type, m.job, m.created_at FROM ${LISTED}
      WHERE d.message = ? AND d.endpoint = ?`
    return this.sql.exec<Row>(query, message, endpoint).toArray().map(infoOf)[0]
  }

  /** Newest first, those before `before`; `next` is for the page after. */
  list(endpoint: string, before: number, limit: number) {
    const query = `SELECT d.*, m.type, m.job, m.created_at FROM ${LISTED}
      WHERE d.endpoint = ? AND d.seq < ? ORDER BY d.seq DESC LIMIT ?`
    const rows = this.sql.exec<Row>(query, endpoint, before, limit).toArray()
    const next = rows.length === limit ? (rows.at(-1)?.seq ?? null) : null
    return { deliveries: rows.map(infoOf), next }
  }

  nextDue(): number | null {
    const query = 'SELECT min(due_at) AS at FROM webhook_deliveries WHERE due_at IS NOT NULL'
    return this.sql.exec<{ at: number | null }>(query).one().at
  }

  /** An endpoint is gone. */
  forget(endpoint: string): void {
    this.sql.exec('DELETE FROM webhook_deliveries WHERE endpoint = ?', endpoint)
  }

  sweep(before: number): void {
    const old = 'SELECT id FROM webhook_messages WHERE created_at < ?'
    this.sql.exec(`DELETE FROM webhook_deliveries WHERE message IN (${old})`, before)
    this.sql.exec('DELETE FROM webhook_messages WHERE created_at < ?', before)
  }
}

function infoOf(row: Row): DeliveryInfo {
  const { message: id, type, job, state, attempts, last_status, last_error } = row
  return {
    ...{ id, type, job, state, attempts, last_status, last_error },
    created_at: new Date(row.created_at).toISOString(),
    last_at: timeOf(row.last_at),
    next_at: timeOf(row.due_at),
  }
}

const timeOf = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString())
