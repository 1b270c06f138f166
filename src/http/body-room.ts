// The middleware of routes that take documents, before the body is read: bodies are held in memory until they are answered, and beside
// the model there is room for few. What does not fit waits where it costs nothing, unread; what waits too long gets 429.
import { createMiddleware } from 'hono/factory'
import { MAX_BODIES_BYTES, MAX_BODY_BYTES, MAX_BODY_WAIT_MS, MAX_BODY_WAITING } from '../limits'
import type { AppEnv } from '../services'
import { Line } from './line'
import { problemResponse } from './problem'

/** A JSON body stands in memory as text and as what it says. */
const JSON_COPIES = 2
const UNANNOUNCED_JSON_BYTES = 256 * 1024
const RETRY_AFTER_SECONDS = 5

/** One line for all routes that are given it. */
export function bodyRoom() {
  const line = new Line({
    maxRequests: MAX_BODY_WAITING,
    maxBytes: Number.POSITIVE_INFINITY,
    roomBytes: MAX_BODIES_BYTES,
    patienceMs: MAX_BODY_WAIT_MS,
  })
  return createMiddleware<AppEnv>(async (c, next) => {
    const proceed = async () => {
      await next()
      return true
    }
    const done = await line.run(bytesOf(c.req.raw.headers), proceed, c.get('caller').tenant)
    if (done) return
    const detail = 'As many documents as fit are being worked on.'
    const failure = {
      kind: 'rate-limited',
      detail,
      retryAfterSeconds: RETRY_AFTER_SECONDS,
    } as const
    return problemResponse(failure, c.get('requestId'))
  })
}

/** What the body will hold. Words are small and may come without their size; a file that does not say its size may have any. */
function bytesOf(headers: Headers): number {
  const isJson = /json/i.test(headers.get('content-type') ?? '')
  const announced = headers.get('content-length')
  const unknown = isJson ? UNANNOUNCED_JSON_BYTES : MAX_BODY_BYTES
  const size = announced === null ? unknown : Math.min(Number(announced) || 0, MAX_BODY_BYTES)
  return isJson ? JSON_COPIES * size : size
}
