// The model cannot be used for now: the caller is told so and when to come back, the log is told why.
import { fail, type Result } from '../failure'

/** About as long as an upload of the shards takes. */
const RETRY_AFTER_SECONDS = 30

/** @param reason for the log alone: file names, sizes, ORT's own messages; never a document's text */
export function unavailable(
  event: string,
  reason: Readonly<Record<string, string>>,
): Result<never> {
  logModelEvent(event, reason)
  return fail({
    kind: 'unavailable',
    detail: 'The model is not available.',
    retryAfterSeconds: RETRY_AFTER_SECONDS,
  })
}

export function logModelEvent(event: string, reason: Readonly<Record<string, string>>): void {
  console.error(JSON.stringify({ event, ...reason }))
}
