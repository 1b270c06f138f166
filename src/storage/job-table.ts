// A tenant's jobs: the state machine. Every change is a compare and set on state and attempt, so whoever comes late, twice or from
// the dead changes nothing. `due_at` is when the alarm has something to do about a job: drop one that was never received, put a
// queued one into the queue (again), take a running one from a consumer that was not heard of.
import type { Problem } from '../http/problem'
import { grown, type Pace } from '../jobs/pace'
import { MAX_JOB_FAILURES } from '../limits'
import { ENDED, type EndState, type JobInfo, type JobState } from './job-states'

/** Where a job's document stands in R2, and what it is: pages of words as JSON, or a file. */
export interface StoredDocument {
  readonly key: string
  readonly form: 'words' | 'file'
}

export interface NewJob {
  readonly id: string
  /** A stored schema's reference, or a JSON Schema as JSON text. */
  readonly schema: string
  readonly document: StoredDocument
}

export type Row = {
  seq: number
  id: string
  state: 'receiving' | JobState
  created_at: number
  created_by: string
  schema: string
  document: string
  form: StoredDocument['form']
  pages: number | null
  pages_done: number
  attempt: number
  failures: number
  sends: number
  due_at: number | null
  finished_at: number | null
  result_until: number | null
  problem: string | null
}

const HAS_ENDED = `state IN (${ENDED.map((state) => `'${state}'`).join(', ')})`

export class JobTable {
  private readonly sql: SqlStorage

  constructor(sql: SqlStorage) {
    this.sql = sql
  }

  add(now: number, by: string, job: NewJob, state: 'receiving' | 'queued', dueAt: number): void {
    const { id, schema, document } = job
    this.sql.exec(
      `INSERT INTO jobs (id, state, created_at, created_by, schema, document, form, due_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
      ...[id, state, now, by, schema, document.key, document.form, dueAt],
    )
  }

  /** The document is stored. */
  receive(now: number, id: string): boolean {
    return this.change("state = 'queued', due_at = ?", "id = ? AND state = 'receiving'", now, id)
  }

  /** Forgets a job that was never received. */
  drop(id: string): void {
    this.sql.exec("DELETE FROM jobs WHERE id = ? AND state = 'receiving'", id)
  }

  /** Those that have not ended. */
  open(): number {
    const query = `SELECT count(*) AS n FROM jobs WHERE NOT ${HAS_ENDED}`
    return this.sql.exec<{ n: number }>(query).one().n
  }

  row(id: string): Row | undefined {
    return this.sql.exec<Row>('SELECT * FROM jobs WHERE id = ?', id).toArray()[0]
  }

  /** Newest first, those before `before`. */
  list(before: number, limit: number): Row[] {
    return this.sql
      .exec<Row>(
        "SELECT * FROM jobs WHERE seq < ? AND state <> 'receiving' ORDER BY seq DESC LIMIT ?",
        ...[before, limit],
      )
      .toArray()
  }

  /** A queued job becomes the caller's; the row as it is then. */
  lease(until: number, id: string): Row | undefined {
    const taken = this.change(
      "state = 'running', attempt = attempt + 1, due_at = ?",
      "id = ? AND state = 'queued'",
      ...[until, id],
    )
    return taken ? this.row(id) : undefined
  }

  /** Whether the attempt still holds the job; if so it holds it until `until`, and its failures are forgotten. */
  progress(until: number, id: string, attempt: number, pages: number, done: number): boolean {
    return this.change(
      'due_at = ?, pages = ?, pages_done = ?, failures = 0',
      "id = ? AND state = 'running' AND attempt = ?",
      ...[until, pages, done, id, attempt],
    )
  }

  /** From now on the document is these words. */
  setWords(id: string, attempt: number, key: string): void {
    this.change(
      "document = ?, form = 'words'",
      "id = ? AND state = 'running' AND attempt = ?",
      ...[key, id, attempt],
    )
  }

  /** Back into the queue at `dueAt`, for what is nobody's failure. */
  wait(dueAt: number, id: string, attempt: number): boolean {
    return this.requeue(dueAt, id, attempt, 0)
  }

  /** Back into the queue after an attempt that came to nothing; false where it was the last that may, or not the caller's. */
  retry(now: number, id: string, attempt: number, { retryMs }: Pace): boolean {
    const failures = this.row(id)?.failures ?? MAX_JOB_FAILURES
    if (failures + 1 >= MAX_JOB_FAILURES) return false
    return this.requeue(now + grown(retryMs, failures), id, attempt, failures + 1)
  }

  /** A queued job whose message was given up: it waits until `dueAt`; false where that was the last time that may be. */
  bury(dueAt: number, id: string): boolean {
    return this.change(
      'due_at = ?, failures = failures + 1, sends = 0',
      `id = ? AND state = 'queued' AND failures + 1 < ${MAX_JOB_FAILURES}`,
      ...[dueAt, id],
    )
  }

  private requeue(dueAt: number, id: string, attempt: number, failures: number): boolean {
    return this.change(
      "state = 'queued', due_at = ?, failures = ?, sends = 0",
      "id = ? AND state = 'running' AND attempt = ?",
      ...[dueAt, failures, id, attempt],
    )
  }

  /** Once for every job, whoever calls; `attempt` where only its holder may. */
  end(now: number, id: string, state: EndState, ending: Ending): boolean {
    const { attempt, problem, resultUntil, pages } = ending
    const whose = attempt === undefined ? '' : "AND state = 'running' AND attempt = ?"
    return this.change(
      `state = ?, finished_at = ?, due_at = NULL, problem = ?, result_until = ?,
       pages = coalesce(?, pages), pages_done = coalesce(?, pages_done)`,
      `id = ? AND state <> 'receiving' AND NOT ${HAS_ENDED} ${whose}`,
      ...[state, now, problem === undefined ? null : JSON.stringify(problem), resultUntil ?? null],
      ...[pages ?? null, pages ?? null],
      ...[id, ...(attempt === undefined ? [] : [attempt])],
    )
  }

  /** Jobs that the alarm has something to do about, the longest overdue first. */
  due(now: number, limit: number): Row[] {
    const query = 'SELECT * FROM jobs WHERE due_at <= ? ORDER BY due_at LIMIT ?'
    return this.sql.exec<Row>(query, now, limit).toArray()
  }

  nextDue(): number | null {
    const query = 'SELECT min(due_at) AS at FROM jobs WHERE due_at IS NOT NULL'
    return this.sql.exec<{ at: number | null }>(query).one().at
  }

  /** Was put into the queue, or could not be: looks at it again at `dueAt`, unless something happened to it meanwhile. */
  sent({ id, due_at: dueAt }: Row, again: number, sends: number): void {
    this.change(
      'due_at = ?, sends = ?',
      "id = ? AND state = 'queued' AND due_at = ?",
      ...[again, sends, id, dueAt],
    )
  }

  /** From now on there is no result. */
  forgetResult(id: string): void {
    this.change('result_until = NULL', 'id = ?', id)
  }

  /** Ids of jobs whose result has expired. */
  expired(now: number): string[] {
    const query = 'SELECT id FROM jobs WHERE result_until <= ?'
    return this.sql
      .exec<{ id: string }>(query, now)
      .toArray()
      .map(({ id }) => id)
  }

  sweep(before: number): void {
    this.sql.exec(`DELETE FROM jobs WHERE created_at < ? AND ${HAS_ENDED}`, before)
  }

  /** Whether a row was changed. */
  private change(set: string, where: string, ...values: (string | number | null)[]): boolean {
    return this.sql.exec(`UPDATE jobs SET ${set} WHERE ${where}`, ...values).rowsWritten > 0
  }
}

export interface Ending {
  readonly attempt?: number
  /** Of the document, all of them read. */
  readonly pages?: number
  readonly problem?: Problem
  readonly resultUntil?: number
}

export function infoOf(row: Row): JobInfo {
  const { id, created_by, schema, pages, pages_done, finished_at, result_until, problem } = row
  return {
    id,
    // `receiving` is answered as a job that is not there; see TenantJobs.
    state: row.state === 'receiving' ? 'queued' : row.state,
    created_at: new Date(row.created_at).toISOString(),
    created_by,
    schema: schema.startsWith('{') ? null : schema,
    progress: { pages_done, pages },
    finished_at: timeOf(finished_at),
    problem: problem === null ? null : JSON.parse(problem),
    result_until: timeOf(result_until),
  }
}

const timeOf = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString())
