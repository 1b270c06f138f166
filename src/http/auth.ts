// Who is calling: a Bearer key whose SHA-256 stands in the environment's list. Keys themselves are never stored.
// Every known hash is compared in full, so that the time taken says nothing about how much of a key was right.
// A missing or empty list lets nobody in.
import { fail, ok, type Result } from '../failure'

export interface Caller {
  /** The first 8 hexadecimal digits of the key's hash: names the caller in logs, gives nothing away. */
  readonly keyId: string
}

/**
 * @param authorization the request's header, as sent
 * @param hashes SHA-256 of the valid keys, lower- or upper-case hexadecimal, separated by commas
 */
export async function authenticate(
  authorization: string | undefined,
  hashes: string | undefined,
): Promise<Result<Caller>> {
  const key = /^Bearer +(\S+) *$/i.exec(authorization ?? '')?.[1]
  if (key === undefined) return refuse('Send a key: `authorization: Bearer pk_...`.')
  const hash = await sha256Hex(key)
  let known = false
  for (const candidate of (hashes ?? '').split(',')) {
    known = sameText(hash, candidate.trim().toLowerCase()) || known
  }
  return known ? ok({ keyId: hash.slice(0, 8) }) : refuse('This key is not known.')
}

const refuse = (detail: string) => fail({ kind: 'unauthorized', detail })

async function sha256Hex(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** Equality in a time that depends on the lengths alone. */
function sameText(a: string, b: string): boolean {
  let difference = a.length ^ b.length
  for (let i = 0; i < a.length; i++) difference |= a.charCodeAt(i) ^ b.charCodeAt(i)
  return difference === 0
}
