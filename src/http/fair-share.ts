// The middleware of routes that use the model, behind the key and before the body: a tenant that has as many requests in hand as
// its share of the isolate gets 429 at once, instead of a place in a queue that holds its body in memory. Who is let in waits for
// the model in turn with the other tenants (model/fair-filler.ts).
import { createMiddleware } from 'hono/factory'
import { PRESENT_MS } from '../limits'
import type { AppEnv } from '../services'
import type { Crowd } from './crowd'
import { problemResponse } from './problem'

const RETRY_AFTER_SECONDS = 2

export const fairShare = (crowd: Crowd) =>
  createMiddleware<AppEnv>(async (c, next) => {
    const present = crowd.enter(c.get('caller').tenant, Date.now())
    if (present === 'full' || present === 'share') {
      return problemResponse(refusal(present), c.get('requestId'))
    }
    const leave = () => crowd.leave(present)
    // A client that goes away takes its request with it, and `finally` is never reached: what the signal does not tell, time does.
    c.req.raw.signal.addEventListener('abort', leave)
    const alive = setInterval(() => {
      present.seen = Date.now()
    }, PRESENT_MS / 4)
    try {
      return await next()
    } finally {
      clearInterval(alive)
      leave()
    }
  })

function refusal(why: 'full' | 'share') {
  const retryAfterSeconds = RETRY_AFTER_SECONDS
  if (why === 'full') {
    const detail = 'As many requests as fit are being worked on.'
    return { kind: 'unavailable', detail, retryAfterSeconds } as const
  }
  const detail = "As many of this tenant's requests as its share allows are being worked on."
  return { kind: 'rate-limited', detail, retryAfterSeconds } as const
}
