// Texts that belong to a job and may be larger than a row: its result, and what its windows said while it goes on. Cut into parts,
// as a row of a Durable Object takes 2 MB.

type Kind = 'result' | 'window'

/** UTF-16 units; at most three bytes each. */
const PART_CHARS = 512 * 1024

export class JobTexts {
  private readonly sql: SqlStorage

  constructor(sql: SqlStorage) {
    this.sql = sql
  }

  putResult(job: string, text: string): void {
    for (let part = 0; part * PART_CHARS < text.length; part++) {
      this.put(job, 'result', part, text.slice(part * PART_CHARS, (part + 1) * PART_CHARS))
    }
  }

  result(job: string): string | undefined {
    const parts = this.all(job, 'result')
    return parts.length === 0 ? undefined : parts.join('')
  }

  putWindow(job: string, window: number, text: string): void {
    this.put(job, 'window', window, text)
  }

  /** Of the windows from the first on, without a gap. */
  windows(job: string): string[] {
    return this.all(job, 'window')
  }

  remove(job: string, kind: Kind): void {
    this.sql.exec('DELETE FROM job_texts WHERE job = ? AND kind = ?', job, kind)
  }

  private put(job: string, kind: Kind, part: number, text: string): void {
    this.sql.exec(
      'INSERT OR REPLACE INTO job_texts (job, kind, part, text) VALUES (?, ?, ?, ?)',
      ...[job, kind, part, text],
    )
  }

  private all(job: string, kind: Kind): string[] {
    const query = 'SELECT text FROM job_texts WHERE job = ? AND kind = ? ORDER BY part'
    return this.sql
      .exec<{ text: string }>(query, job, kind)
      .toArray()
      .map(({ text }) => text)
  }
}
