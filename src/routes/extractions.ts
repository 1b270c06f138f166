// Answers that wait to be fetched: those to forms whose visitors were sent on. For whom has a key of the same tenant, until their time
// is over or they are deleted.
import { type Context, Hono } from 'hono'
import { reply } from '../http/exchange'
import { requireKey } from '../http/require-key'
import type { AppEnv } from '../services'
import { askTenant } from '../storage/tenants'

const TYPE = { 'content-type': 'application/json', 'cache-control': 'no-store' }

export function extractionRoutes(): Hono<AppEnv> {
  const routes = new Hono<AppEnv>()
  const mayExtract = requireKey('extract')

  routes.get('/v1/extractions/:id', mayExtract, async (c) => {
    const body = await askTenant(c.env, tenantOf(c), (stub) =>
      stub.readExtraction(c.req.param('id')),
    )
    return body.ok ? c.body(body.value, 200, TYPE) : reply(c, body)
  })

  routes.delete('/v1/extractions/:id', mayExtract, async (c) => {
    const dropped = await askTenant(c.env, tenantOf(c), (stub) =>
      stub.dropExtraction(c.req.param('id')),
    )
    return dropped.ok ? c.body(null, 204) : reply(c, dropped)
  })

  return routes
}

const tenantOf = (c: Context<AppEnv>) => c.get('caller').tenant
