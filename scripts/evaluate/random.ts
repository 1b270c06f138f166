// Random numbers that are the same on every machine and every run: seeded by a text, so that a document is asked the
// same questions whatever stands before it.

/** 0 <= x < 1 */
export type Rng = () => number

/** mulberry32, seeded by FNV-1a of the text. */
export function seededRandom(seed: string): Rng {
  let state = 0x811c9dc5
  for (const byte of new TextEncoder().encode(seed)) state = Math.imul(state ^ byte, 0x01000193)
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}
