// How two spellings of a value are compared: exactly, by letters and digits, and by edit distance (ANLS).
// The core's own parsing plays no part here: an evaluation that shared it would forgive its mistakes.

import { lettersAndDigits, normalise } from '../../src/text/letters.ts'

/** Equal in letters and digits; where the truth has none ("-", "%"), equal as normalised. */
export function sameLettersAndDigits(given: string, truth: string): boolean {
  const expected = lettersAndDigits(truth)
  return expected === ''
    ? normalise(given) === normalise(truth)
    : lettersAndDigits(given) === expected
}

/** Normalised Levenshtein similarity of the normalised texts, 0..1; below a half it counts as none. */
export function anls(given: string, truth: string): number {
  const a = Array.from(normalise(given))
  const b = Array.from(normalise(truth))
  const longest = Math.max(a.length, b.length)
  if (longest === 0) return 1
  const similarity = 1 - levenshtein(a, b) / longest
  return similarity < 0.5 ? 0 : similarity
}

function levenshtein(a: readonly string[], b: readonly string[]): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (const [i, x] of a.entries()) {
    const next = [i + 1]
    for (const [j, y] of b.entries()) {
      const [left = 0, above = 0, corner = 0] = [next[j], row[j + 1], row[j]]
      next.push(Math.min(left + 1, above + 1, corner + (x === y ? 0 : 1)))
    }
    row = next
  }
  return row[b.length] ?? 0
}
