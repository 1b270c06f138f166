// One attempt to deliver a message: signed, sent, and told by its status alone. Whatever the other side does costs no more than the
// time limit and nothing of memory: redirects are not followed, the answer's body is not read.
import { WEBHOOK_TIMEOUT_MS } from '../limits'
import { signedHeaders } from './sign'
import { faultOfTarget } from './target'

export interface Delivery {
  /** The message's, the same in every attempt and for every endpoint. */
  readonly id: string
  readonly url: string
  readonly body: string
  /** Those that are valid now. */
  readonly secrets: readonly string[]
}

export interface Attempt {
  readonly delivered: boolean
  /** What was answered; null where nothing was. */
  readonly status: number | null
  /** Why it counts as failed, in a few words that quote nothing of the answer. */
  readonly error: string | null
}

/** Never throws. `anywhere`: see faultOfTarget. */
export async function deliver(
  delivery: Delivery,
  anywhere: boolean,
  timeoutMs = WEBHOOK_TIMEOUT_MS,
): Promise<Attempt> {
  const { id, url, body, secrets } = delivery
  if (faultOfTarget(url, anywhere) !== undefined) return failed(null, 'address refused')
  const timestamp = Math.floor(Date.now() / 1000)
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'user-agent': 'pip-kie webhooks',
        ...(await signedHeaders(id, timestamp, body, secrets)),
      },
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    })
    await response.body?.cancel()
    return attemptOf(response.status)
  } catch (error) {
    const isLate = error instanceof Error && error.name === 'TimeoutError'
    return failed(null, isLate ? 'no answer in time' : 'no connection')
  }
}

function attemptOf(status: number): Attempt {
  if (status >= 200 && status < 300) return { delivered: true, status, error: null }
  return failed(status, status >= 300 && status < 400 ? 'redirected' : 'refused by the receiver')
}

const failed = (status: number | null, error: string): Attempt => ({
  delivered: false,
  status,
  error,
})
