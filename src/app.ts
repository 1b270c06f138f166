// The Hono app: middleware in its order, then the routes. No bindings are touched here; the services come from outside.
// Body limits are http/body.ts's: it counts bytes as they arrive, where hono's bodyLimit would buffer chunked ones first.
import { Hono } from 'hono'
import { cors } from 'hono/cors'
import { requestId } from 'hono/request-id'
import { secureHeaders } from 'hono/secure-headers'
import { methodsOf } from './http/allowed-methods'
import { Crowd } from './http/crowd'
import { internalProblem, problemResponse } from './http/problem'
import { rateLimitFields } from './http/rate-limit'
import { requestLog } from './http/request-log'
import { evaluateRoutes } from './routes/evaluate'
import { extractRoutes } from './routes/extract'
import { extractionRoutes } from './routes/extractions'
import { formTokenRoutes } from './routes/form-tokens'
import { formRoutes } from './routes/forms'
import { healthRoutes } from './routes/health'
import { jobRoutes } from './routes/jobs'
import { openapiRoutes } from './routes/openapi'
import { schemaRoutes } from './routes/schemas'
import { tenantRoutes } from './routes/tenants'
import { uploadRoutes } from './routes/uploads'
import { webhookRoutes } from './routes/webhooks'
import type { AppEnv, Services } from './services'

/** What a page of another origin may read besides the body. */
const EXPOSED = [
  ...['x-request-id', 'retry-after', 'server-timing', 'etag', 'location'],
  ...['ratelimit', 'ratelimit-policy', 'idempotent-replayed'],
]

export function createApp(services: Services): Hono<AppEnv> {
  const app = new Hono<AppEnv>()
  const crowd = new Crowd()

  app.use(requestId())
  app.use(requestLog())
  app.use(secureHeaders())
  app.use(cors({ origin: '*', exposeHeaders: EXPOSED }))
  app.use(rateLimitFields())

  app.route('/', healthRoutes(services))
  app.route('/', openapiRoutes())
  app.route('/', extractRoutes(services, crowd))
  app.route('/', jobRoutes())
  app.route('/', schemaRoutes())
  app.route('/', evaluateRoutes(services, crowd))
  app.route('/', formTokenRoutes())
  app.route('/', formRoutes(services, crowd))
  app.route('/', extractionRoutes())
  app.route('/', tenantRoutes())
  app.route('/', uploadRoutes())
  app.route('/', webhookRoutes())

  app.notFound((c) => {
    const allowed = methodsOf(app, c.req.path)
    const failure =
      allowed.length > 0
        ? ({ kind: 'method-not-allowed', allowed } as const)
        : ({ kind: 'not-found' } as const)
    return problemResponse(failure, c.get('requestId'))
  })
  app.onError((error, c) => {
    // Not the message, which is the stack's first line: it may quote what was being read.
    const at = error.stack?.split('\n').filter((line) => /^\s+at /.test(line))
    console.error(
      JSON.stringify({ event: 'bug', request: c.get('requestId'), name: error.name, at }),
    )
    return internalProblem(c.get('requestId'))
  })
  return app
}
