// A store that cannot be reached is a Failure, not a bug: the caller is told to come back, the log is told why.
import { fail, type Result } from '../failure'

const RETRY_AFTER_SECONDS = 5

/** What `call` gives, or `unavailable` where it throws. */
export async function attempt<T>(call: () => Promise<Result<T>>): Promise<Result<T>> {
  try {
    return await call()
  } catch (error) {
    console.error(JSON.stringify({ event: 'store-failed', reason: String(error) }))
    const detail = 'The store is not available.'
    return fail({ kind: 'unavailable', detail, retryAfterSeconds: RETRY_AFTER_SECONDS })
  }
}
