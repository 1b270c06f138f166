// What webhooks tell. A name that was released is never used for anything else. A message names a job and how it ended; what came
// out is asked for with a key.
import type { EndState, JobInfo } from '../storage/job-states'

export const WEBHOOK_EVENTS = ['job.succeeded', 'job.failed', 'job.cancelled'] as const
export type WebhookEvent = (typeof WEBHOOK_EVENTS)[number]

export const eventOf = (state: EndState): WebhookEvent => `job.${state}`

/** The body of a message, as JSON text: signed and sent as it is, in every attempt and replay. */
export const messageBody = (type: WebhookEvent, now: number, job: JobInfo): string =>
  JSON.stringify({ type, timestamp: new Date(now).toISOString(), data: job })
