// How long the steps of a job and its webhooks may take and how long is waited between them. Apart from limits.ts so that a test may hurry.

export interface Pace {
  /** How long a job belongs to the consumer that took it, from the last that was heard of it. */
  readonly leaseMs: number
  /** How long a request may take to store the document of a job. */
  readonly receiveMs: number
  /** After how long a job that nobody took is put into the queue again; doubles each time. */
  readonly againMs: number
  /** How long a job rests after a failed attempt, or a store after a failed call; doubles each time. */
  readonly retryMs: number
  /** When an object is deleted a second time, in case something late wrote it again; longer than any upload is open. */
  readonly disposeAgainMs: number
  /** How long is waited for the end of a webhook's delivery before it counts as failed; longer than its time limit. */
  readonly deliverMs: number
  /** Between the attempts of a delivery; after the last it is given up. */
  readonly webhookGapsMs: readonly number[]
}

const SECOND_MS = 1000
const MINUTE_MS = 60 * SECOND_MS
const HOUR_MS = 60 * MINUTE_MS

export const PACE: Pace = {
  leaseMs: 5 * MINUTE_MS,
  receiveMs: 15 * MINUTE_MS,
  againMs: 10 * MINUTE_MS,
  retryMs: 2 * SECOND_MS,
  disposeAgainMs: 90 * MINUTE_MS,
  deliverMs: 30 * SECOND_MS,
  // A day in all.
  webhookGapsMs: [
    ...[5 * SECOND_MS, 30 * SECOND_MS, 2 * MINUTE_MS, 10 * MINUTE_MS, 30 * MINUTE_MS],
    ...[1 * HOUR_MS, 2 * HOUR_MS, 4 * HOUR_MS, 7 * HOUR_MS, 9 * HOUR_MS],
  ],
}

const MOST_DOUBLINGS = 6

/** @param tries how often it was tried before, from 0 */
export const grown = (ms: number, tries: number): number =>
  ms * 2 ** Math.min(tries, MOST_DOUBLINGS)
