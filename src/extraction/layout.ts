// The six layout numbers of a token: where it stands on its page, in the coarse steps that the model embeds.
// float64 throughout and floor(v + 0.5), so that Python gets the same integers.
import type { Box } from '../document/words'

export const LAYOUT_SIZE = 6
/** Layout of a token that is not on a page. */
export const NO_PLACE = 101

/** The share of a word's box that its code points [from, to) of `length` take; y is unchanged. */
export function shareOf([x0, y0, x1, y1]: Box, from: number, to: number, length: number): Box {
  const n = Math.max(1, length)
  return [x0 + ((x1 - x0) * from) / n, y0, x0 + ((x1 - x0) * to) / n, y1]
}

/** Writes x0 y0 x1 y1 and width in hundredths of the page, height in thousandths, 0..100, at `offset`. */
export function writeLayout(
  into: Int32Array,
  offset: number,
  [x0, y0, x1, y1]: Box,
  { width, height }: { readonly width: number; readonly height: number },
): void {
  into[offset] = cell(clamp(x0 / width, 1) * 100)
  into[offset + 1] = cell(clamp(y0 / height, 1) * 100)
  into[offset + 2] = cell(clamp(x1 / width, 1) * 100)
  into[offset + 3] = cell(clamp(y1 / height, 1) * 100)
  into[offset + 4] = cell(((x1 - x0) / width) * 100)
  into[offset + 5] = cell(((y1 - y0) / height) * 1000)
}

const cell = (value: number): number => clamp(Math.floor(value + 0.5), 100)
const clamp = (value: number, most: number): number => Math.min(most, Math.max(0, value))
