// Stored schemas as requests see them: written to the tenant's Durable Object, read from as near as may be. A version never
// changes, so a copy of it is right wherever it is found: in this isolate (parsed), in KV, in the Durable Object. Which version
// is the newest is always asked of the Durable Object.
import { fail, ok, type Result } from '../failure'
import { sha256Hex } from '../http/sha256'
import { parseReference, type SchemaReference } from '../schema/reference'
import { parseStored, type StoredSchema } from '../schema/stored'
import { attempt } from './attempt'
import type { Actor } from './audit-trail'
import type { SchemaEntry, SchemaPut, SchemaVersion } from './schema-table'
import { askTenant } from './tenants'

/** Schemas that an isolate keeps parsed. */
const KEPT = 200

export interface StoredFields extends StoredSchema {
  /** `receipt@3` */
  readonly reference: string
}

/** Reads schemas for one isolate. */
export interface SchemaReader {
  /** Fails as `not-found` where the tenant has no such version, or no such name that is not hidden. */
  read(env: Env, tenant: string, reference: SchemaReference): Promise<Result<StoredFields>>
}

export function createSchemaReader(): SchemaReader {
  const kept = new Map<string, StoredFields>()
  return {
    async read(env, tenant, { name, version }) {
      const found = version === undefined ? await newest(env, tenant, name) : ok(version)
      if (!found.ok) return found
      const key = snapshotKey(tenant, name, found.value)
      const known = kept.get(key)
      const stored = known ? ok(known) : await load(env, tenant, name, found.value)
      if (stored.ok) keep(kept, key, stored.value)
      return stored
    },
  }
}

/** By `receipt` or `receipt@3`; what is neither is not found. */
export function readNamed(
  schemas: SchemaReader,
  env: Env,
  tenant: string,
  named: string,
): Promise<Result<StoredFields>> {
  const reference = parseReference(named)
  if (reference === undefined) return Promise.resolve(fail({ kind: 'not-found' }))
  return schemas.read(env, tenant, reference)
}

/** Puts it last; where there are too many the first goes, which was not asked for the longest time. */
function keep(kept: Map<string, StoredFields>, key: string, stored: StoredFields): void {
  kept.delete(key)
  kept.set(key, stored)
  const [oldest] = kept.keys()
  if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest)
}

/** The entry of the new version, or of the newest where it says the same. */
export async function putSchema(
  env: Env,
  tenant: string,
  put: Omit<SchemaPut, 'sha256'>,
  actor: Actor,
): Promise<Result<SchemaEntry & { isNew: boolean }>> {
  const sha256 = await sha256Hex(put.body)
  const stored = await askTenant(env, tenant, (stub) => stub.putSchema({ ...put, sha256 }, actor))
  // A copy that is not made costs its readers a way to the Durable Object.
  if (stored.ok && stored.value.isNew) await copyToKv(env, tenant, stored.value, put.body)
  return stored
}

export const getSchema = (
  env: Env,
  tenant: string,
  { name, version }: SchemaReference,
): Promise<Result<SchemaVersion>> => askTenant(env, tenant, (stub) => stub.getSchema(name, version))

const newest = (env: Env, tenant: string, name: string): Promise<Result<number>> =>
  askTenant(env, tenant, (stub) => stub.newestSchema(name))

const snapshotKey = (tenant: string, name: string, version: number) =>
  `schema/${tenant}/${name}@${version}`

function copyToKv(env: Env, tenant: string, { name, version }: SchemaEntry, body: string) {
  return attempt(async () => {
    await env.DIRECTORY.put(snapshotKey(tenant, name, version), body)
    return ok(undefined)
  })
}

async function load(
  env: Env,
  tenant: string,
  name: string,
  version: number,
): Promise<Result<StoredFields>> {
  const body = await bodyOf(env, tenant, name, version)
  if (!body.ok) return body
  const schema = parseStored(JSON.parse(body.value))
  // It was parsed before it was stored; a later release that takes less must say so rather than guess.
  if (!schema.ok) return schema
  return ok({ reference: `${name}@${version}`, ...schema.value })
}

/** KV, or where it has none yet or fails, the Durable Object. */
async function bodyOf(
  env: Env,
  tenant: string,
  name: string,
  version: number,
): Promise<Result<string>> {
  const copy = await attempt(async () =>
    ok(await env.DIRECTORY.get(snapshotKey(tenant, name, version))),
  )
  if (copy.ok && copy.value !== null) return ok(copy.value)
  const stored = await getSchema(env, tenant, { name, version })
  return stored.ok ? ok(stored.value.body) : fail(stored.failure)
}
