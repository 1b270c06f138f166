// The admin API: tenants and their quotas (the operator alone), and keys, audit and use of one tenant (the operator, or a key of
// that tenant with the scope admin). A tenant that is not the caller's own is answered as one that does not exist.
import { type Context, Hono } from 'hono'
import { fail, ok, type Result } from '../failure'
import { OPERATOR_TENANT } from '../http/auth'
import { actorOf, bodyAs, nextOf, placeBefore, reply } from '../http/exchange'
import { requireKey } from '../http/require-key'
import { NewKeySchema, NewQuotaSchema, NewTenantSchema } from '../http/tenancy-wire'
import { MAX_PAGE_ENTRIES } from '../limits'
import type { AppEnv } from '../services'
import { listTenants } from '../storage/directory'
import {
  createKey,
  createTenant,
  listKeys,
  readAudit,
  readQuota,
  revokeKey,
  setQuota,
} from '../storage/tenants'

type C = Context<AppEnv>

export function tenantRoutes(): Hono<AppEnv> {
  const routes = new Hono<AppEnv>()
  const admin = requireKey('admin')

  routes.post('/v1/tenants', admin, async (c) => {
    const body = isOperator(c) ? await bodyAs(c, NewTenantSchema) : operatorsOnly()
    if (!body.ok) return reply(c, body)
    if (body.value.name === OPERATOR_TENANT) return reply(c, nameTaken())
    return reply(c, await createTenant(c.env, body.value.name, actorOf(c)), 201)
  })

  routes.get('/v1/tenants', admin, async (c) =>
    reply(c, isOperator(c) ? await listTenants(c.env, c.req.query('cursor')) : operatorsOnly()),
  )

  routes.post('/v1/tenants/:tenant/keys', admin, async (c) => {
    const tenant = tenantOf(c)
    if (!tenant.ok) return reply(c, tenant)
    const body = await bodyAs(c, NewKeySchema)
    if (!body.ok) return reply(c, body)
    const { label, scopes } = body.value
    const spec = { label, scopes: [...new Set(scopes)] }
    // A cache on the way would keep the key.
    c.header('cache-control', 'no-store')
    return reply(c, await createKey(c.env, tenant.value, spec, actorOf(c)), 201)
  })

  routes.get('/v1/tenants/:tenant/keys', admin, async (c) => {
    const tenant = tenantOf(c)
    const keys = tenant.ok ? await listKeys(c.env, tenant.value) : tenant
    return reply(c, keys.ok ? ok({ keys: keys.value }) : keys)
  })

  routes.delete('/v1/tenants/:tenant/keys/:id', admin, async (c) => {
    const tenant = tenantOf(c)
    const id = c.req.param('id')
    const revoked = tenant.ok ? await revokeKey(c.env, tenant.value, id, actorOf(c)) : tenant
    return revoked.ok ? c.body(null, 204) : reply(c, revoked)
  })

  routes.get('/v1/tenants/:tenant/audit', admin, async (c) => {
    const tenant = tenantOf(c)
    const before = placeBefore(c)
    if (!before.ok) return reply(c, before)
    const entries = tenant.ok
      ? await readAudit(c.env, tenant.value, before.value, MAX_PAGE_ENTRIES)
      : tenant
    if (!entries.ok) return reply(c, entries)
    const next = nextOf(entries.value, MAX_PAGE_ENTRIES, ({ id }) => String(id))
    return reply(c, ok({ entries: entries.value, next }))
  })

  routes.get('/v1/tenants/:tenant/quota', admin, async (c) => {
    const tenant = tenantOf(c)
    return reply(c, tenant.ok ? await readQuota(c.env, tenant.value) : tenant)
  })

  routes.put('/v1/tenants/:tenant/quota', admin, async (c) => {
    const tenant = tenantOf(c)
    if (!tenant.ok) return reply(c, tenant)
    const body = isOperator(c) ? await bodyAs(c, NewQuotaSchema) : operatorsOnly()
    if (!body.ok) return reply(c, body)
    return reply(c, await setQuota(c.env, tenant.value, body.value, actorOf(c)))
  })

  return routes
}

const isOperator = (c: C) => c.get('caller').operator
const operatorsOnly = () => fail({ kind: 'forbidden', detail: 'Only the operator may do this.' })
const nameTaken = () => fail({ kind: 'conflict', detail: 'There is a tenant by this name.' })
/** The tenant of the path, where the caller may act on it. */
function tenantOf(c: C): Result<string> {
  const { operator, tenant } = c.get('caller')
  const named = c.req.param('tenant') ?? ''
  return operator || named === tenant ? ok(named) : fail({ kind: 'not-found' })
}
