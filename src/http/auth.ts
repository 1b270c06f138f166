// Who is calling: a Bearer key (RFC 6750) whose SHA-256 is known, either to the configuration (the operator's keys) or to the
// directory (a tenant's keys). Keys themselves are never stored. Pure but for `find`: whether a tenant's key still stands is
// asked of the tenant afterwards, by require-key.ts.
import { fail, ok, type Result } from '../failure'
import { inspectKey } from './key-format'
import { SCOPES, type Scope } from './scopes'
import { sha256Hex } from './sha256'

/** The tenant that the operator's own requests belong to. No tenant can be created by this name. */
export const OPERATOR_TENANT = 'operator'

export interface Caller {
  /** Of a tenant's key its id, of the operator's the first 8 hexadecimal digits of its hash; gives nothing away. */
  readonly keyId: string
  readonly tenant: string
  readonly scopes: readonly Scope[]
  /** Whether the key is of the configuration, and so may act on every tenant. */
  readonly operator: boolean
}

/** What the directory says of a key. */
export interface KeyRecord {
  readonly id: string
  readonly tenant: string
  readonly scopes: readonly Scope[]
}

export interface KnownKeys {
  /** SHA-256 of the operator's keys, lower- or upper-case hexadecimal, separated by commas; none lets no operator in. */
  readonly operatorHashes: string | undefined
  /** The record of a tenant's key by the SHA-256 of the key, lower-case hexadecimal. */
  find(hash: string): Promise<Result<KeyRecord | undefined>>
}

/**
 * Fails as `unauthorized`, or as `known.find` does. Configured keys may have any form; every other one must be sound before the
 * directory is asked.
 *
 * @param authorization the request's header, as sent
 */
export async function authenticate(
  authorization: string | undefined,
  known: KnownKeys,
): Promise<Result<Caller>> {
  const key = /^Bearer +(\S+) *$/i.exec(authorization ?? '')?.[1]
  if (key === undefined) return refuse('Send a key: `authorization: Bearer pk_...`.')
  const hash = await sha256Hex(key)
  if (isListed(hash, known.operatorHashes)) return ok(operator(hash))
  if (inspectKey(key) === 'mistyped') {
    return refuse('This is not a whole key: a character is wrong, missing or too many.')
  }
  const record = await known.find(hash)
  if (!record.ok) return record
  if (record.value === undefined) return refuse('This key is not known.')
  const { id: keyId, tenant, scopes } = record.value
  return ok({ keyId, tenant, scopes, operator: false })
}

const refuse = (detail: string) => fail({ kind: 'unauthorized', detail })

const idOf = (hash: string) => hash.slice(0, 8)

/** Whether an id is still that of a configured key. */
export function isOperatorKey(keyId: string, hashes: string | undefined): boolean {
  const ids = (hashes ?? '').split(',').map((hash) => idOf(hash.trim().toLowerCase()))
  return keyId !== '' && ids.includes(keyId)
}

const operator = (hash: string): Caller => ({
  keyId: idOf(hash),
  tenant: OPERATOR_TENANT,
  scopes: SCOPES,
  operator: true,
})

/** Compares with every listed hash in full, so that the time taken says nothing about how much of a key was right. */
function isListed(hash: string, hashes: string | undefined): boolean {
  let listed = false
  for (const candidate of (hashes ?? '').split(',')) {
    listed = sameText(hash, candidate.trim().toLowerCase()) || listed
  }
  return listed
}

/** Equality in a time that depends on the lengths alone. */
function sameText(a: string, b: string): boolean {
  let difference = a.length ^ b.length
  for (let i = 0; i < a.length; i++) difference |= a.charCodeAt(i) ^ b.charCodeAt(i)
  return difference === 0
}
