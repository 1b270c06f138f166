// The middleware of routes that want a key: lets known callers through and leaves who it is in `caller`.
// What makes a key known is auth.ts's.
import { createMiddleware } from 'hono/factory'
import type { AppEnv } from '../services'
import { authenticate } from './auth'
import { problemResponse } from './problem'

export const requireKey = createMiddleware<AppEnv>(async (c, next) => {
  const caller = await authenticate(c.req.header('authorization'), c.env.API_KEY_HASHES)
  if (!caller.ok) return problemResponse(caller.failure, c.get('requestId'))
  c.set('caller', caller.value)
  return next()
})
