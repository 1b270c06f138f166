// Webhook endpoints of the caller's own tenant: make, read, change, remove, rotate the secret; and their deliveries: list, replay.
import { type Context, Hono } from 'hono'
import { fail, ok, type Result } from '../failure'
import { actorOf, bodyAs, placeBefore, reply } from '../http/exchange'
import { requireKey } from '../http/require-key'
import { EndpointChangeSchema, NewEndpointSchema } from '../http/webhook-wire'
import { MAX_PAGE_ENTRIES } from '../limits'
import type { AppEnv } from '../services'
import type { Tenant } from '../storage/tenant'
import { askTenant } from '../storage/tenants'
import { faultOfTarget } from '../webhooks/target'

type C = Context<AppEnv>

export function webhookRoutes(): Hono<AppEnv> {
  const routes = new Hono<AppEnv>()
  const admin = requireKey('admin')
  const ask = <T>(c: C, call: (stub: DurableObjectStub<Tenant>) => Promise<Result<T>>) =>
    askTenant(c.env, c.get('caller').tenant, call)

  routes.post('/v1/webhooks', admin, async (c) => {
    const body = await bodyAs(c, NewEndpointSchema)
    const spec = body.ok ? checked(c, body.value) : body
    if (!spec.ok) return reply(c, spec)
    return replySecret(c, await ask(c, (stub) => stub.addEndpoint(spec.value, actorOf(c))), 201)
  })

  routes.get('/v1/webhooks', admin, async (c) => {
    const endpoints = await ask(c, (stub) => stub.listEndpoints())
    return reply(c, endpoints.ok ? ok({ webhooks: endpoints.value }) : endpoints)
  })

  routes.get('/v1/webhooks/:id', admin, async (c) =>
    reply(c, await ask(c, (stub) => stub.getEndpoint(c.req.param('id')))),
  )

  routes.patch('/v1/webhooks/:id', admin, async (c) => {
    const body = await bodyAs(c, EndpointChangeSchema)
    const given = body.ok ? checked(c, body.value) : body
    if (!given.ok) return reply(c, given)
    const id = c.req.param('id')
    return reply(c, await ask(c, (stub) => stub.changeEndpoint(id, given.value, actorOf(c))))
  })

  routes.delete('/v1/webhooks/:id', admin, async (c) => {
    const id = c.req.param('id')
    const removed = await ask(c, (stub) => stub.removeEndpoint(id, actorOf(c)))
    return removed.ok ? c.body(null, 204) : reply(c, removed)
  })

  routes.post('/v1/webhooks/:id/rotate', admin, async (c) => {
    const id = c.req.param('id')
    return replySecret(c, await ask(c, (stub) => stub.rotateSecret(id, actorOf(c))), 200)
  })

  routes.get('/v1/webhooks/:id/deliveries', admin, async (c) => {
    const before = placeBefore(c)
    if (!before.ok) return reply(c, before)
    const id = c.req.param('id')
    const page = await ask(c, (s) => s.listDeliveries(id, before.value, MAX_PAGE_ENTRIES))
    if (!page.ok) return reply(c, page)
    const { deliveries, next } = page.value
    return reply(c, ok({ deliveries, next: next === null ? null : String(next) }))
  })

  routes.post('/v1/webhooks/:id/deliveries/:message/replay', admin, async (c) => {
    const { id, message } = c.req.param()
    return reply(c, await ask(c, (s) => s.replayDelivery(id, message, actorOf(c))), 202)
  })

  return routes
}

/** What was given, where it may be sent to. */
function checked<T extends { readonly url?: string }>(c: C, given: T): Result<T> {
  if (given.url === undefined) return ok(given)
  const detail = faultOfTarget(given.url, c.env.WEBHOOK_TARGETS === 'anywhere')
  return detail === undefined
    ? ok(given)
    : fail({ kind: 'invalid', issues: [{ pointer: '/url', detail }] })
}

/** A cache on the way would keep the secret. */
function replySecret(c: C, endpoint: Result<object>, status: 200 | 201): Response {
  c.header('cache-control', 'no-store')
  return reply(c, endpoint, status)
}
