// Uploads that were announced: a place in R2 that waits for a file, and what is to become of it. `waiting` until the file is there,
// then `landed` until a job takes it, or at once `used` where the upload brought its schema. `due_at` is when it is forgotten.
import type { StoredDocument } from './job-table'

export interface NewUpload {
  readonly id: string
  readonly form: StoredDocument['form']
  /** What to start a job with when the file is there: a stored schema's reference or a JSON Schema as JSON text, and the job's id. */
  readonly start: { readonly schema: string; readonly job: string } | undefined
}

export type UploadRow = {
  id: string
  state: 'waiting' | 'landed' | 'used'
  form: StoredDocument['form']
  schema: string | null
  job: string | null
  created_at: number
  created_by: string
  due_at: number
}

export class UploadTable {
  private readonly sql: SqlStorage

  constructor(sql: SqlStorage) {
    this.sql = sql
  }

  add(now: number, by: string, { id, form, start }: NewUpload, dueAt: number): void {
    this.sql.exec(
      `INSERT INTO uploads (id, state, form, schema, job, created_at, created_by, due_at)
       VALUES (?, 'waiting', ?, ?, ?, ?, ?, ?)`,
      ...[id, form, start?.schema ?? null, start?.job ?? null, now, by, dueAt],
    )
  }

  /** Those that no job has. */
  open(): number {
    const query = "SELECT count(*) AS n FROM uploads WHERE state <> 'used'"
    return this.sql.exec<{ n: number }>(query).one().n
  }

  row(id: string): UploadRow | undefined {
    return this.sql.exec<UploadRow>('SELECT * FROM uploads WHERE id = ?', id).toArray()[0]
  }

  land(id: string, dueAt: number): void {
    this.sql.exec("UPDATE uploads SET state = 'landed', due_at = ? WHERE id = ?", dueAt, id)
  }

  use(id: string, job: string, dueAt: number): void {
    const query = "UPDATE uploads SET state = 'used', job = ?, due_at = ? WHERE id = ?"
    this.sql.exec(query, job, dueAt, id)
  }

  nextDue(): number | null {
    return this.sql.exec<{ at: number | null }>('SELECT min(due_at) AS at FROM uploads').one().at
  }

  /** Forgets those that are due, and gives them. */
  takeDue(now: number): UploadRow[] {
    const query = 'DELETE FROM uploads WHERE due_at <= ? RETURNING *'
    return this.sql.exec<UploadRow>(query, now).toArray()
  }
}
