// A picture as the OCR sees it, one byte of brightness a pixel, and what is done to one before it is read. Pure.
// Colours are dropped as they come out of the decoder: Tesseract looks at brightness alone, and a fourth of the bytes fits.
import type { Pixels } from 'tesseract-wasm'

export interface Picture {
  readonly width: number
  readonly height: number
  /** 0 black to 255 white, row by row from the top. */
  readonly luma: Uint8Array
}

/** Brightness of RGBA pixels, boxes of `shrink` x `shrink` averaged into one; what is transparent is white paper. */
export function lumaOf(
  rgba: Uint8Array,
  size: { readonly width: number; readonly height: number },
  shrink: number,
): Picture {
  const width = Math.ceil(size.width / shrink)
  const height = Math.ceil(size.height / shrink)
  const luma = new Uint8Array(width * height)
  const sums = new Uint32Array(width)
  for (let y = 0; y < height; y++) {
    const rows = Math.min(shrink, size.height - y * shrink)
    sums.fill(0)
    for (let row = 0; row < rows; row++)
      addRow(sums, rgba, (y * shrink + row) * size.width, size.width, shrink)
    for (let x = 0; x < width; x++) {
      const columns = Math.min(shrink, size.width - x * shrink)
      luma[y * width + x] = (sums[x] ?? 0) / (rows * columns)
    }
  }
  return { width, height, luma }
}

function addRow(
  sums: Uint32Array,
  rgba: Uint8Array,
  from: number,
  width: number,
  shrink: number,
): void {
  for (let x = 0; x < width; x++) {
    const at = (from + x) * 4
    const [red = 0, green = 0, blue = 0, alpha = 255] = [
      rgba[at],
      rgba[at + 1],
      rgba[at + 2],
      rgba[at + 3],
    ]
    const grey = (77 * red + 150 * green + 29 * blue) >> 8
    const column = shrink === 1 ? x : (x / shrink) | 0
    const seen = alpha === 255 ? grey : (grey * alpha + 255 * (255 - alpha)) / 255
    sums[column] = (sums[column] ?? 0) + seen
  }
}

/** Upright, by the EXIF orientation that it was stored with. */
export function turned(picture: Picture, orientation: number): Picture {
  if (orientation === 1) return picture
  const { width, height, luma } = picture
  const isSideways = orientation >= 5
  const [w, h] = isSideways ? [height, width] : [width, height]
  const out = new Uint8Array(luma.length)
  for (let y = 0; y < h; y++) {
    for (let x = 0; x < w; x++) {
      const [sx, sy] = sourceOf(orientation, x, y, width, height)
      out[y * w + x] = luma[sy * width + sx] ?? 255
    }
  }
  return { width: w, height: h, luma: out }
}

/** Where the pixel (x, y) of the upright picture stands in the stored one, which is `width` x `height`. */
function sourceOf(
  orientation: number,
  x: number,
  y: number,
  width: number,
  height: number,
): readonly [number, number] {
  const [right, bottom] = [width - 1, height - 1]
  switch (orientation) {
    case 2:
      return [right - x, y]
    case 3:
      return [right - x, bottom - y]
    case 4:
      return [x, bottom - y]
    case 5:
      return [y, x]
    case 6:
      return [y, bottom - x]
    case 7:
      return [right - y, bottom - x]
    case 8:
      return [right - y, x]
    default:
      return [x, y]
  }
}

/** Enlarged or reduced by a factor, bilinear. */
export function scaled({ width, height, luma }: Picture, factor: number): Picture {
  const [w, h] = [Math.max(1, Math.round(width * factor)), Math.max(1, Math.round(height * factor))]
  const out = new Uint8Array(w * h)
  const columns = Array.from({ length: w }, (_, x) => between((x + 0.5) / factor - 0.5, width))
  for (let y = 0; y < h; y++) {
    const [y0, y1, fy] = between((y + 0.5) / factor - 0.5, height)
    for (let x = 0; x < w; x++) {
      const [x0, x1, fx] = columns[x] ?? [0, 0, 0]
      const above = (luma[y0 * width + x0] ?? 0) * (1 - fx) + (luma[y0 * width + x1] ?? 0) * fx
      const below = (luma[y1 * width + x0] ?? 0) * (1 - fx) + (luma[y1 * width + x1] ?? 0) * fx
      out[y * w + x] = above * (1 - fy) + below * fy + 0.5
    }
  }
  return { width: w, height: h, luma: out }
}

/** The two neighbours of a place on an axis, and how far it is from the first. */
function between(place: number, size: number): readonly [low: number, high: number, share: number] {
  const inside = Math.min(size - 1, Math.max(0, place))
  const low = Math.floor(inside)
  return [low, Math.min(size - 1, low + 1), inside - low]
}

/** The same as RGBA, which is what Tesseract takes. */
export function rgbaOf({ width, height, luma }: Picture): Pixels {
  const data = new Uint8ClampedArray(width * height * 4)
  const pixels = new Uint32Array(data.buffer)
  for (const [i, grey] of luma.entries()) pixels[i] = 0xff000000 | (grey << 16) | (grey << 8) | grey
  return { width, height, data }
}
