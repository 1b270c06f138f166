// Signatures of Standard Webhooks 1.0.0 (standardwebhooks.com): HMAC-SHA256 over `id.timestamp.body`, one for every secret that is
// valid, so that a receiver may change from one to the next at its leisure.

const PREFIX = 'whsec_'
const SECRET_BYTES = 32

/** A new secret: whsec_ and 32 random bytes in base64. */
export const newSecret = (): string =>
  PREFIX + base64(crypto.getRandomValues(new Uint8Array(SECRET_BYTES)))

/** @param timestamp of this attempt, seconds since 1970: receivers refuse what is older than 5 minutes */
export async function signedHeaders(
  id: string,
  timestamp: number,
  body: string,
  secrets: readonly string[],
): Promise<Record<string, string>> {
  const content = Uint8Array.from(new TextEncoder().encode(`${id}.${timestamp}.${body}`))
  const signatures = await Promise.all(secrets.map((secret) => sign(content, secret)))
  return {
    'webhook-id': id,
    'webhook-timestamp': String(timestamp),
    'webhook-signature': signatures.join(' '),
  }
}

async function sign(content: Uint8Array<ArrayBuffer>, secret: string): Promise<string> {
  const bytes = Uint8Array.from(atob(secret.slice(PREFIX.length)), (char) => char.charCodeAt(0))
  const algorithm = { name: 'HMAC', hash: 'SHA-256' }
  const key = await crypto.subtle.importKey('raw', bytes, algorithm, false, ['sign'])
  return `v1,${base64(new Uint8Array(await crypto.subtle.sign('HMAC', key, content)))}`
}

const base64 = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes))
