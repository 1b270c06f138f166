// What a key looks like: pk_ + 22 random base58 characters (58^22 > 2^128) + _ + 6 characters of CRC-32 over all before it, so
// that a typing error is told from a key that nobody has, without asking any store. The checksum is no secret and proves nothing.
// No imports: scripts make keys with this file too.

const PREFIX = 'pk_'
/** Base58 as Bitcoin has it: no 0, O, I or l. */
const ALPHABET = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'
const SECRET_CHARS = 22
const CHECK_CHARS = 6
const BASE = ALPHABET.length

const SHAPE = new RegExp(
  `^(${PREFIX}[${ALPHABET}]{${SECRET_CHARS}})_([${ALPHABET}]{${CHECK_CHARS}})$`,
)

/** A new key. It is shown once; only its SHA-256 is ever stored. */
export function newKey(): string {
  const body = PREFIX + randomBase58(SECRET_CHARS)
  return `${body}_${checksum(body)}`
}

/** `mistyped`: not as any key is, by length, letters or checksum. */
export function inspectKey(text: string): 'sound' | 'mistyped' {
  const [, body, check] = SHAPE.exec(text) ?? []
  return body !== undefined && check === checksum(body) ? 'sound' : 'mistyped'
}

/** Uniform: bytes beyond the last multiple of 58 are drawn again. */
export function randomBase58(length: number): string {
  const even = 256 - (256 % BASE)
  let text = ''
  while (text.length < length) {
    for (const byte of crypto.getRandomValues(new Uint8Array(length))) {
      if (byte < even && text.length < length) text += ALPHABET.charAt(byte % BASE)
    }
  }
  return text
}

function checksum(text: string): string {
  let rest = crc32(new TextEncoder().encode(text))
  let digits = ''
  for (let i = 0; i < CHECK_CHARS; i++) {
    digits = ALPHABET.charAt(rest % BASE) + digits
    rest = Math.floor(rest / BASE)
  }
  return digits
}

/** CRC-32 of ISO 3309, as in gzip (RFC 1952, section 8), bit by bit: 25 bytes need no table. */
function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0)
  }
  return (crc ^ 0xffffffff) >>> 0
}
