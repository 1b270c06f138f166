// Where an upload goes: its key in R2, and the signed address of this Worker that streams into it. The address is all the right that
// it takes, for one file, until a time; HMAC-SHA256 with the secret UPLOAD_SECRET, checked before any store is asked. (R2's own
// presigned addresses bound neither size nor number, and need an account's keys.)

export const uploadKey = (tenant: string, id: string): string => `uploads/${tenant}/${id}`

/** The tenant and the upload that a key is of; undefined where it is of none. */
export function uploadOfKey(key: string): { tenant: string; id: string } | undefined {
  const [, tenant, id] = /^uploads\/([^/]+)\/([^/]+)$/.exec(key) ?? []
  return tenant === undefined || id === undefined ? undefined : { tenant, id }
}

export interface UploadAddress {
  readonly tenant: string
  readonly id: string
  /** When it stops being good, milliseconds since 1970. */
  readonly until: number
}

/** Path and query. */
export async function signedPath(secret: string, address: UploadAddress): Promise<string> {
  const { tenant, id, until } = address
  const bytes = await crypto.subtle.sign('HMAC', await keyOf(secret), contentOf(address))
  const query = new URLSearchParams({ tenant, until: String(until), signature: hex(bytes) })
  return `/v1/uploads/${id}?${query}`
}

/** The address that a request was sent to; undefined where it was not signed here, or is no longer good. */
export async function verifiedAddress(
  secret: string,
  id: string,
  query: URLSearchParams,
  now: number,
): Promise<UploadAddress | undefined> {
  const address = { tenant: query.get('tenant') ?? '', id, until: Number(query.get('until')) }
  const signature = bytesOf(query.get('signature') ?? '')
  if (!(address.until > now)) return undefined
  // Compares in constant time.
  const isGood = await crypto.subtle.verify(
    'HMAC',
    await keyOf(secret),
    signature,
    contentOf(address),
  )
  return isGood ? address : undefined
}

const contentOf = ({ tenant, id, until }: UploadAddress) =>
  Uint8Array.from(new TextEncoder().encode(JSON.stringify(['PUT', tenant, id, until])))

const keyOf = (secret: string) =>
  crypto.subtle.importKey(
    'raw',
    new TextEncoder().encode(secret),
    { name: 'HMAC', hash: 'SHA-256' },
    false,
    ['sign', 'verify'],
  )

const hex = (bytes: ArrayBuffer) =>
  Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('')

const bytesOf = (text: string) =>
  Uint8Array.from(text.match(/[0-9a-f]{2}/g) ?? [], (pair) => Number.parseInt(pair, 16))
