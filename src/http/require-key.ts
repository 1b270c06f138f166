// The middleware of routes that want a key: lets callers with the scope through and leaves who it is in `caller`.
// A tenant's key is found in KV, which may be 60 s behind, and then held against the tenant itself, which is not: a key that is
// revoked opens nothing from the next request on, and one that is in KV by mistake opens nothing at all.
import { createMiddleware } from 'hono/factory'
import { fail, ok, type Result } from '../failure'
import type { AppEnv } from '../services'
import { findKey } from '../storage/directory'
import { askTenant } from '../storage/tenants'
import { authenticate, type Caller } from './auth'
import { problemResponse } from './problem'
import type { Scope } from './scopes'

export const requireKey = (scope: Scope) =>
  createMiddleware<AppEnv>(async (c, next) => {
    const caller = await admit(c.req.header('authorization'), c.env, scope)
    if (!caller.ok) return problemResponse(caller.failure, c.get('requestId'))
    c.set('caller', caller.value)
    return next()
  })

async function admit(
  authorization: string | undefined,
  env: Env,
  scope: Scope,
): Promise<Result<Caller>> {
  const caller = await authenticate(authorization, {
    operatorHashes: env.API_KEY_HASHES,
    find: (hash) => findKey(env, hash),
  })
  if (!caller.ok || caller.value.operator) return caller
  const { tenant, keyId, scopes } = caller.value
  const stands = await askTenant(env, tenant, (stub) => stub.keyStands(keyId))
  if (!stands.ok) return stands
  if (!stands.value) return fail({ kind: 'unauthorized', detail: 'This key was revoked.' })
  if (scopes.includes(scope)) return ok(caller.value)
  return fail({ kind: 'forbidden', detail: `This key lacks the scope ${scope}.` })
}
