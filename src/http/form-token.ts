// Form tokens: what lets a visitor's browser post a form without a key. A tenant's server gets one for each page that it renders;
// the page carries it. It says for whom, for which version of which schema, from which origin, until when, and is signed by
// HMAC-SHA256, so that nothing needs to be stored before it is known to be ours. Pure but for crypto; the clock is the caller's.
import * as v from 'valibot'
import { decodeBase64Url, encodeBase64Url } from './base64-url'

const PREFIX = 'ft_'
/** Signed with the rest, so that a signature of ours over anything else is none of a form's. */
const CONTEXT = 'pip-kie form token 1.'
const LEAST_SECRET_CHARS = 32

const GrantSchema = v.strictObject({
  id: v.string(),
  tenant: v.string(),
  /** Id of the key that asked for the token: where it is revoked, the token is void. */
  keyId: v.string(),
  /** name@version */
  schema: v.string(),
  /** As in the header Origin. */
  origin: v.string(),
  /** Seconds since 1970. */
  expires: v.number(),
})
export type FormGrant = Readonly<v.InferOutput<typeof GrantSchema>>

/** Of the configuration, separated by commas; the first signs, all are good. Empty where none is long enough. */
export function formSecrets(configured: string | undefined): readonly string[] {
  const secrets = (configured ?? '').split(',').map((secret) => secret.trim())
  return secrets.filter((secret) => secret.length >= LEAST_SECRET_CHARS)
}

/** Throws where there is no secret. */
export async function signGrant(grant: FormGrant, [secret]: readonly string[]): Promise<string> {
  if (secret === undefined) throw new Error('no secret to sign with')
  const payload = encodeBase64Url(new TextEncoder().encode(JSON.stringify(grant)))
  const signature = await crypto.subtle.sign('HMAC', await keyOf(secret), signed(payload))
  return `${PREFIX}${payload}.${encodeBase64Url(new Uint8Array(signature))}`
}

/** What a token of ours says, expired or not; undefined where it is none. */
export async function openGrant(
  token: string,
  secrets: readonly string[],
): Promise<FormGrant | undefined> {
  const [, payload, mac] = /^ft_([\w-]+)\.([\w-]+)$/.exec(token) ?? []
  const signature = decodeBase64Url(mac ?? '')
  const bytes = decodeBase64Url(payload ?? '')
  if (payload === undefined || signature === undefined || bytes === undefined) return undefined
  for (const secret of secrets) {
    const key = await keyOf(secret)
    if (!(await crypto.subtle.verify('HMAC', key, signature, signed(payload)))) continue
    return v.parse(GrantSchema, JSON.parse(new TextDecoder().decode(bytes)))
  }
  return undefined
}

const signed = (payload: string) => new TextEncoder().encode(CONTEXT + payload)

const keyOf = (secret: string) =>
  crypto.subtle.importKey(
    'raw',
    new TextEncoder().encode(secret),
    { name: 'HMAC', hash: 'SHA-256' },
    false,
    ['sign', 'verify'],
  )
