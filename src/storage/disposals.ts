// Objects in R2 that must go, and when: written in the transaction that makes them useless, carried out by the alarm. Each goes
// twice, the second time in case somebody late wrote it again.

/** R2 takes a thousand keys in one call. */
const BATCH = 500

export class Disposals {
  private readonly sql: SqlStorage

  constructor(sql: SqlStorage) {
    this.sql = sql
  }

  add(key: string, ...dueAt: readonly number[]): void {
    for (const due of dueAt) {
      this.sql.exec('INSERT INTO disposals (key, due_at) VALUES (?, ?)', key, due)
    }
  }

  due(now: number): string[] {
    const query = 'SELECT DISTINCT key FROM disposals WHERE due_at <= ? LIMIT ?'
    return this.sql
      .exec<{ key: string }>(query, now, BATCH)
      .toArray()
      .map(({ key }) => key)
  }

  nextDue(): number | null {
    return this.sql.exec<{ at: number | null }>('SELECT min(due_at) AS at FROM disposals').one().at
  }

  done(now: number, keys: readonly string[]): void {
    for (const key of keys) {
      this.sql.exec('DELETE FROM disposals WHERE key = ? AND due_at <= ?', key, now)
    }
  }

  postpone(now: number, keys: readonly string[], until: number): void {
    for (const key of keys) {
      this.sql.exec(
        'UPDATE disposals SET due_at = ? WHERE key = ? AND due_at <= ?',
        until,
        key,
        now,
      )
    }
  }
}
