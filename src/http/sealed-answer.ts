// An answer as it is kept for an Idempotency-Key: compressed, then encrypted with a key that is derived from the caller's own API
// key, which is not stored anywhere. So what is kept of a document's values, or of a new key in clear, nobody can read but
// the caller who comes again. AES-256-GCM; the key by HKDF-SHA-256, salted with the tenant and the Idempotency-Key.

/** Headers that are part of an answer. All others belong to the exchange and are made anew. */
const KEPT_HEADERS = ['content-type', 'etag', 'location', 'cache-control'] as const
const INFO = 'pip-kie idempotent answer 1'
const IV_BYTES = 12

export interface Sealer {
  /** Leaves the response as it is. */
  seal(response: Response): Promise<Uint8Array<ArrayBuffer>>
  open(sealed: Uint8Array): Promise<Response>
}

/** @param secret the API key in clear. @param salt what tells this request from others */
export async function sealerFor(secret: string, salt: string): Promise<Sealer> {
  const key = await keyFrom(secret, salt)
  return {
    async seal(response) {
      const headers = KEPT_HEADERS.flatMap((name) => {
        const value = response.headers.get(name)
        return value === null ? [] : [[name, value]]
      })
      const body = await response.clone().text()
      const plain = await gzip(JSON.stringify({ status: response.status, headers, body }))
      const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES))
      const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, plain)
      const whole = new Uint8Array(IV_BYTES + sealed.byteLength)
      whole.set(iv)
      whole.set(new Uint8Array(sealed), IV_BYTES)
      return whole
    },
    async open(sealed) {
      const iv = sealed.slice(0, IV_BYTES)
      const plain = await crypto.subtle.decrypt(
        { name: 'AES-GCM', iv },
        key,
        sealed.slice(IV_BYTES),
      )
      const { status, headers, body } = JSON.parse(await gunzip(plain))
      return new Response(body === '' ? null : body, { status, headers })
    },
  }
}

async function keyFrom(secret: string, salt: string): Promise<CryptoKey> {
  const encoder = new TextEncoder()
  const material = await crypto.subtle.importKey('raw', encoder.encode(secret), 'HKDF', false, [
    'deriveKey',
  ])
  return crypto.subtle.deriveKey(
    { name: 'HKDF', hash: 'SHA-256', salt: encoder.encode(salt), info: encoder.encode(INFO) },
    material,
    { name: 'AES-GCM', length: 256 },
    false,
    ['encrypt', 'decrypt'],
  )
}

const gzip = (text: string): Promise<ArrayBuffer> =>
  new Response(new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'))).arrayBuffer()

const gunzip = (bytes: ArrayBuffer): Promise<string> =>
  new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))).text()
