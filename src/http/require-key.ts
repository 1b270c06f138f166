// The middleware of routes that want a key: lets callers with the scope through and leaves who it is in `caller`.
// A tenant's key is found in KV, which may be 60 s behind, and then held against the tenant itself, which is not: a key that is
// revoked opens nothing from the next request on, and one that is in KV by mistake opens nothing at all.
import type { Context } from 'hono'
import { createMiddleware } from 'hono/factory'
import { type Failure, fail, ok, type Result } from '../failure'
import type { AppEnv } from '../services'
import { findKey } from '../storage/directory'
import type { Begun, Ticket } from '../storage/idempotency-table'
import { askTenant } from '../storage/tenants'
import { authenticate, type Caller } from './auth'
import { onceOnly, ticketFor } from './idempotency'
import { problemResponse } from './problem'
import { allowed } from './rate-limit'
import type { Scope } from './scopes'

export const requireKey = (scope: Scope) =>
  createMiddleware<AppEnv>(async (c, next) => {
    const refuse = (failure: Failure) => problemResponse(failure, c.get('requestId'))
    const caller = await authenticate(c.req.header('authorization'), {
      operatorHashes: c.env.API_KEY_HASHES,
      find: (hash) => findKey(c.env, hash),
    })
    if (!caller.ok) return refuse(caller.failure)
    const ticket = await ticketFor(c, caller.value)
    if (!ticket.ok) return refuse(ticket.failure)
    const begun = await admit(c, caller.value, scope, ticket.value)
    if (!begun.ok) return refuse(begun.failure)
    c.set('caller', caller.value)
    if (ticket.value === undefined || begun.value === undefined) return next()
    return onceOnly(c, ticket.value, begun.value, next)
  })

/** One call of the tenant's Durable Object: whether the key stands, its request off the quota, its Idempotency-Key begun. */
async function admit(
  c: Context<AppEnv>,
  { tenant, keyId, scopes, operator }: Caller,
  scope: Scope,
  ticket: Ticket | undefined,
): Promise<Result<Begun | undefined>> {
  if (operator) {
    if (ticket === undefined) return ok(undefined)
    return askTenant(c.env, tenant, (stub) => stub.beginIdempotency(ticket))
  }
  const mayUse = scopes.includes(scope)
  // Administration is not counted: a flood with a leaked key must not keep its owner from revoking it.
  const counted = mayUse && scope !== 'admin'
  const begins = mayUse ? ticket : undefined
  const admission = await askTenant(c.env, tenant, (stub) => stub.admit(keyId, counted, begins))
  if (!admission.ok) return admission
  if (!admission.value.stands) {
    return fail({ kind: 'unauthorized', detail: 'This key was revoked.' })
  }
  if (!mayUse) return fail({ kind: 'forbidden', detail: `This key lacks the scope ${scope}.` })
  const may = allowed(c, admission.value.taken)
  return may.ok ? ok(admission.value.begun) : may
}
