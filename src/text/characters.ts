// What the BERT uncased tokenizer does with single characters: drops, splits off, sets apart or rewrites them.
// The tables are frozen copies of the reference's (unicode-tables.ts), as it and the JavaScript engine know different
// Unicode versions; NFD and lower case are the engine's, and the tables fence what it has learnt since. Left out: NFD's
// reordering across characters, which only musical and tone marks with a width of their own would notice.
import { ASTRAL_DECOMPOSED, DROPPED, PUNCTUATION } from './unicode-tables'

/** Sorted borders: a code point is inside when an odd number of borders is at or below it. */
function borders(table: string): Uint32Array {
  let at = 0
  const steps = table.split(/[ .]/).map((digits) => {
    at += Number.parseInt(digits, 36)
    return at
  })
  return Uint32Array.from(steps)
}

function inside(sorted: Uint32Array, codePoint: number): boolean {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sorted[middle] ?? 0) <= codePoint) low = middle + 1
    else high = middle
  }
  return low % 2 === 1
}

const dropped = borders(DROPPED)
const punctuation = borders(PUNCTUATION)
const astralDecomposed = borders(ASTRAL_DECOMPOSED)

/** Control, format and private-use characters, marks without width, U+FFFD; a lone surrogate too. */
export function isDropped(codePoint: number): boolean {
  return (codePoint >= 0xd800 && codePoint < 0xe000) || inside(dropped, codePoint)
}

export function isPunctuation(codePoint: number): boolean {
  return inside(punctuation, codePoint)
}

export function isSpace(codePoint: number): boolean {
  return codePoint === 0x20 || (codePoint >= 9 && /\s/u.test(String.fromCodePoint(codePoint)))
}

/** The ideographs that BERT takes one by one. */
export function isIdeograph(c: number): boolean {
  return (
    (c >= 0x4e00 && c <= 0x9fff) ||
    (c >= 0x3400 && c <= 0x4dbf) ||
    (c >= 0xf900 && c <= 0xfaff) ||
    (c >= 0x20000 && c <= 0x2a6df) ||
    (c >= 0x2a700 && c <= 0x2b81f) ||
    (c >= 0x2b920 && c <= 0x2ceaf) ||
    (c >= 0x2f800 && c <= 0x2fa1f)
  )
}

/** NFD without marks, in lower case: mostly one character, none when it was only marks. */
export function folded(character: string, codePoint: number): string {
  const decomposes = codePoint < 0x10000 || inside(astralDecomposed, codePoint)
  let out = ''
  for (const part of decomposes ? character.normalize('NFD') : character) {
    if (!isDropped(part.codePointAt(0) ?? 0)) out += part.toLowerCase()
  }
  return out
}
