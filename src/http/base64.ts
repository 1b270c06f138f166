// Strict base64 (RFC 4648, section 4): padded, without white space. Decoded piece by piece into its final place, as the
// whole would otherwise stand in memory three times.

const PIECE_CHARS = 4 * 16_384

/** The bytes, or undefined where the text is not base64. */
export function decodeBase64(text: string): Uint8Array<ArrayBuffer> | undefined {
  if (text.length % 4 !== 0) return undefined
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0
  const bytes = new Uint8Array((text.length / 4) * 3 - padding)
  let offset = 0
  for (let at = 0; at < text.length; at += PIECE_CHARS) {
    const piece = decodePiece(text.slice(at, at + PIECE_CHARS))
    if (piece === undefined || offset + piece.length > bytes.length) return undefined
    for (let i = 0; i < piece.length; i++) bytes[offset + i] = piece.charCodeAt(i)
    offset += piece.length
  }
  return offset === bytes.length ? bytes : undefined
}

function decodePiece(piece: string): string | undefined {
  try {
    return atob(piece)
  } catch {
    return undefined
  }
}
