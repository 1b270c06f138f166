// How much of a document is read: less while a caller waits than by a job, which may take its time.
import { MAX_JOB_PAGES, MAX_JOB_WORDS, MAX_PAGES, MAX_WORDS } from '../limits'

export interface Ceiling {
  readonly pages: number
  /** Of all pages together. */
  readonly words: number
  /** Where more is taken, for who is refused; spread into the failure. */
  readonly more: { readonly instead?: string }
}

export const REQUEST_CEILING: Ceiling = {
  pages: MAX_PAGES,
  words: MAX_WORDS,
  more: { instead: `A job takes up to ${MAX_JOB_PAGES} pages: POST /v1/jobs.` },
}
export const JOB_CEILING: Ceiling = { pages: MAX_JOB_PAGES, words: MAX_JOB_WORDS, more: {} }
