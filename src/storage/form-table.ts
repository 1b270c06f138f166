// What forms leave with their tenant: how often each token was used, and the answers to forms whose visitors were sent on, until the
// tenant's server fetches them. Both go when their time is over.
import { MAX_FORM_POSTS } from '../limits'

export class FormTable {
  private readonly sql: SqlStorage

  constructor(sql: SqlStorage) {
    this.sql = sql
  }

  /** Counts a post; false where the token has been used up. @param expires ms since 1970, of the token */
  countPost(token: string, expires: number): boolean {
    const { posts } = this.sql
      .exec<{ posts: number }>(
        `INSERT INTO form_posts (token, posts, expires_at) VALUES (?, 1, ?)
         ON CONFLICT (token) DO UPDATE SET posts = posts + 1 RETURNING posts`,
        ...[token, expires],
      )
      .one()
    return posts <= MAX_FORM_POSTS
  }

  /** @param expires ms since 1970 */
  keep(id: string, body: string, expires: number): void {
    this.sql.exec(
      'INSERT INTO extractions (id, body, expires_at) VALUES (?, ?, ?)',
      ...[id, body, expires],
    )
  }

  /** undefined where there is none, or none any more. */
  read(id: string, now: number): string | undefined {
    const query = 'SELECT body FROM extractions WHERE id = ? AND expires_at > ?'
    return this.sql.exec<{ body: string }>(query, id, now).toArray()[0]?.body
  }

  /** Whether there was one. */
  drop(id: string): boolean {
    return this.sql.exec('DELETE FROM extractions WHERE id = ?', id).rowsWritten > 0
  }

  sweep(now: number): void {
    this.sql.exec('DELETE FROM form_posts WHERE expires_at <= ?', now)
    this.sql.exec('DELETE FROM extractions WHERE expires_at <= ?', now)
  }
}
