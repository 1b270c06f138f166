// What a file is, by its first bytes. What a caller says it is counts for nothing until this agrees.
// Only kinds that a message can name are told apart; the content is not looked into.

const SIGNATURES: readonly (readonly [type: string, bytes: readonly number[]])[] = [
  ['image/png', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ['image/jpeg', [0xff, 0xd8, 0xff]],
  ['image/gif', [0x47, 0x49, 0x46, 0x38]],
  ['image/tiff', [0x49, 0x49, 0x2a, 0x00]],
  ['image/tiff', [0x4d, 0x4d, 0x00, 0x2a]],
  ['application/zip', [0x50, 0x4b, 0x03, 0x04]],
  ['application/gzip', [0x1f, 0x8b]],
]
const PDF_MARK = '%PDF-'
/** A PDF may have rubbish before its header; readers look this far. */
const PDF_MARK_WITHIN_BYTES = 1024

/** The media type that the bytes are of, or undefined where they are of none that is known here. */
export function sniff(bytes: Uint8Array): string | undefined {
  for (const [type, signature] of SIGNATURES) {
    if (signature.every((byte, i) => bytes[i] === byte)) return type
  }
  if (ascii(bytes, 0, 4) === 'RIFF' && ascii(bytes, 8, 12) === 'WEBP') return 'image/webp'
  return ascii(bytes, 0, PDF_MARK_WITHIN_BYTES).includes(PDF_MARK) ? 'application/pdf' : undefined
}

function ascii(bytes: Uint8Array, from: number, to: number): string {
  return String.fromCharCode(...bytes.subarray(from, to))
}
