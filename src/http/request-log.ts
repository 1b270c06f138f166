// One line of JSON a request: what was asked of the service and how long it took, never what was in it.
// On Cloudflare the clock stands still during CPU work, so `ms` counts waiting only; locally it is the whole time.
import { createMiddleware } from 'hono/factory'
import { routePath } from 'hono/route'
import type { AppEnv } from '../services'

export const requestLog = () =>
  createMiddleware<AppEnv>(async (c, next) => {
    const start = Date.now()
    await next()
    const ms = Date.now() - start
    c.header('server-timing', `total;dur=${ms}`)
    console.log(
      JSON.stringify({
        event: 'request',
        request: c.get('requestId'),
        tenant: c.get('caller')?.tenant,
        key: c.get('caller')?.keyId,
        method: c.req.method,
        route: routePath(c, -1),
        status: c.res.status,
        ms,
        bytes: Number(c.req.header('content-length') ?? 0),
        ...c.get('logged'),
      }),
    )
  })
