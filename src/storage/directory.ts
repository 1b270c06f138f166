// What must be found before it is known whose it is, in KV: `key/HASH` leads from a key to its tenant, `tenant/NAME` lists the
// tenants. Copies: the truth stands in the tenant's Durable Object. Reads may be a minute old (KV's caches), which matters to
// none of them: a record never changes, and a key that was revoked is refused by its tenant.
import * as v from 'valibot'
import { ok, type Result } from '../failure'
import type { KeyRecord } from '../http/auth'
import { SCOPES } from '../http/scopes'
import { attempt } from './attempt'

export interface TenantListing {
  readonly name: string
  /** ISO 8601 */
  readonly created_at: string
}

/** How long a data centre may answer from its own copy; KV takes no less. Seconds. */
const CACHE_TTL = 30

const StoredKey = v.object({
  id: v.string(),
  tenant: v.string(),
  scopes: v.array(v.picklist(SCOPES)),
})
const StoredTenant = v.object({ created_at: v.string() })

/** undefined where no key has this hash. */
export function findKey(env: Env, hash: string): Promise<Result<KeyRecord | undefined>> {
  return attempt(async () => {
    const stored = await env.DIRECTORY.get(`key/${hash}`, { type: 'json', cacheTtl: CACHE_TTL })
    return ok(stored === null ? undefined : v.parse(StoredKey, stored))
  })
}

export function putKey(env: Env, hash: string, record: KeyRecord): Promise<Result<undefined>> {
  return attempt(async () => {
    await env.DIRECTORY.put(`key/${hash}`, JSON.stringify(record))
    return ok(undefined)
  })
}

export function removeKey(env: Env, hash: string): Promise<Result<undefined>> {
  return attempt(async () => {
    await env.DIRECTORY.delete(`key/${hash}`)
    return ok(undefined)
  })
}

export function putTenant(env: Env, { name, created_at }: TenantListing) {
  return attempt(async () => {
    await env.DIRECTORY.put(`tenant/${name}`, '', { metadata: { created_at } })
    return ok(undefined)
  })
}

export interface TenantPage {
  readonly tenants: readonly TenantListing[]
  readonly next: string | null
}

/** In the order of their names, from where the last page's `next` left off. */
export function listTenants(env: Env, cursor: string | undefined): Promise<Result<TenantPage>> {
  return attempt(async () => {
    const page = await env.DIRECTORY.list({ prefix: 'tenant/', ...(cursor ? { cursor } : {}) })
    const tenants = page.keys.map(({ name, metadata }) => ({
      name: name.slice('tenant/'.length),
      ...v.parse(StoredTenant, metadata),
    }))
    return ok({ tenants, next: page.list_complete ? null : page.cursor })
  })
}
