// What a job may be, and how it is told of. `receiving` is seen by nobody: its document is not stored yet, and it goes if that never happens.
//
//   receiving -> queued -> running -> succeeded | failed
//                   ^________|  (paused, released, or its lease ended)
//   queued, running -> cancelled
import type { Problem } from '../http/problem'

export const JOB_STATES = ['queued', 'running', 'succeeded', 'failed', 'cancelled'] as const
export type JobState = (typeof JOB_STATES)[number]

export const ENDED = ['succeeded', 'failed', 'cancelled'] as const
export type EndState = (typeof ENDED)[number]

export interface JobInfo {
  readonly id: string
  readonly state: JobState
  /** ISO 8601 */
  readonly created_at: string
  /** Id of the key that asked for it. */
  readonly created_by: string
  /** `receipt@3`; null where the schema came with the request. */
  readonly schema: string | null
  /** `pages` is null until the document is read. */
  readonly progress: { readonly pages_done: number; readonly pages: number | null }
  readonly finished_at: string | null
  /** Why it failed. */
  readonly problem: Problem | null
  /** Until when its result can be had. */
  readonly result_until: string | null
}
