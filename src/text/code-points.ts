// Slices of words by Unicode code points, the unit of the protocol's character ranges; JavaScript counts UTF-16 units.
// Nearly every word is within the Basic Multilingual Plane, where the two are the same; only the rest pays for an array.

const SURROGATE = /[\ud800-\udfff]/

/** Code points of `text`; a lone surrogate counts as one. */
export function codePointLength(text: string): number {
  return SURROGATE.test(text) ? Array.from(text).length : text.length
}

/** The code points [from, to) of `text`. */
export function sliceCodePoints(text: string, from: number, to: number): string {
  return SURROGATE.test(text) ? Array.from(text).slice(from, to).join('') : text.slice(from, to)
}
