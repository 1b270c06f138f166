// What is done to tenants and their keys, in the order that leaves nothing half open: the Durable Object first, which is the
// truth, then KV, which only leads there. The admin API and with it `npm run tenant` come here.
import { ok, type Result } from '../failure'
import { newKey, randomBase58 } from '../http/key-format'
import type { Scope } from '../http/scopes'
import { sha256Hex } from '../http/sha256'
import { attempt } from './attempt'
import type { Actor, AuditEntry } from './audit-trail'
import { putKey, putTenant, removeKey, type TenantListing } from './directory'
import type { KeyInfo } from './key-ring'
import type { QuotaLimits } from './quota-book'
import type { QuotaReading, Tenant } from './tenant'

const ID_CHARS = 12

type Stub = DurableObjectStub<Tenant>

/** One call of a tenant's Durable Object; `unavailable` where it cannot be made. */
export function askTenant<T>(
  env: Env,
  tenant: string,
  call: (stub: Stub) => Promise<Result<T>>,
): Promise<Result<T>> {
  return attempt(() => call(env.TENANTS.getByName(tenant)))
}

/** Fails as `conflict` where there is one by this name. */
export async function createTenant(
  env: Env,
  name: string,
  actor: Actor,
): Promise<Result<TenantListing>> {
  const created = await askTenant(env, name, (stub) => stub.create(name, actor))
  if (!created.ok) return created
  const listing = { name, created_at: created.value }
  const listed = await putTenant(env, listing)
  return listed.ok ? ok(listing) : listed
}

/** The key in clear, this once. Where KV fails the key is revoked again: it was never shown. */
export async function createKey(
  env: Env,
  tenant: string,
  spec: { readonly label: string; readonly scopes: readonly Scope[] },
  actor: Actor,
): Promise<Result<KeyInfo & { readonly key: string }>> {
  const key = newKey()
  const hash = await sha256Hex(key)
  const id = `key_${randomBase58(ID_CHARS)}`
  const added = await askTenant(env, tenant, (stub) => stub.addKey({ ...spec, id, hash }, actor))
  if (!added.ok) return added
  const listed = await putKey(env, hash, { id, tenant, scopes: spec.scopes })
  if (listed.ok) return ok({ ...added.value, key })
  await askTenant(env, tenant, (stub) => stub.revokeKey(id, actor))
  return listed
}

/** Once this returns, the key opens nothing. A copy that could not be removed from KV is refused by the tenant. */
export async function revokeKey(
  env: Env,
  tenant: string,
  id: string,
  actor: Actor,
): Promise<Result<undefined>> {
  const hash = await askTenant(env, tenant, (stub) => stub.revokeKey(id, actor))
  if (!hash.ok) return hash
  await removeKey(env, hash.value)
  return ok(undefined)
}

export const listKeys = (env: Env, tenant: string): Promise<Result<KeyInfo[]>> =>
  askTenant(env, tenant, (stub) => stub.listKeys())

export const readAudit = (
  env: Env,
  tenant: string,
  before: number,
  limit: number,
): Promise<Result<AuditEntry[]>> => askTenant(env, tenant, (stub) => stub.auditPage(before, limit))

export const readQuota = (env: Env, tenant: string): Promise<Result<QuotaReading>> =>
  askTenant(env, tenant, (stub) => stub.readQuota())

export const setQuota = (
  env: Env,
  tenant: string,
  limits: Partial<QuotaLimits>,
  actor: Actor,
): Promise<Result<QuotaReading>> => askTenant(env, tenant, (stub) => stub.setQuota(limits, actor))
