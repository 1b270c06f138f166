// A picture as the OCR sees it, one byte of brightness a pixel, and what is done to one before it is read. Pure.
// Colours are dropped as they come out of the decoder: print is read by brightness alone, and a fourth of the bytes fits.

export interface Size {
  readonly width: number
  readonly height: number
}

export interface Picture extends Size {
  /** 0 black to 255 white, row by row from the top. */
  readonly luma: Uint8Array
}

/** A picture made of rows, given from the top: boxes of `shrink` x `shrink` pixels are averaged into one. */
export class Reduction {
  readonly #size: Size
  readonly #shrink: number
  readonly #luma: Uint8Array
  readonly #sums: Uint32Array
  #rows = 0

  constructor(size: Size, shrink: number) {
    this.#size = size
    this.#shrink = shrink
    this.#sums = new Uint32Array(Math.ceil(size.width / shrink))
    this.#luma = new Uint8Array(this.#sums.length * Math.ceil(size.height / shrink))
  }

  /** What is beyond the picture's sides is left out. */
  add(row: Uint8Array | Uint8ClampedArray): void {
    const { width, height } = this.#size
    if (this.#rows === height) return
    for (let x = 0, column = 0; x < width; column++) {
      const end = Math.min(width, x + this.#shrink)
      let sum = 0
      for (; x < end; x++) sum += row[x] ?? 0
      this.#sums[column] = (this.#sums[column] ?? 0) + sum
    }
    this.#rows++
    if (this.#rows % this.#shrink === 0 || this.#rows === height) this.#finishRow()
  }

  #finishRow(): void {
    const below = Math.ceil(this.#rows / this.#shrink) - 1
    const rows = this.#rows - below * this.#shrink
    for (let x = 0; x < this.#sums.length; x++) {
      const columns = Math.min(this.#shrink, this.#size.width - x * this.#shrink)
      this.#luma[below * this.#sums.length + x] = (this.#sums[x] ?? 0) / (rows * columns)
    }
    this.#sums.fill(0)
  }

  /** undefined until all rows are there. */
  get picture(): Picture | undefined {
    const { height } = this.#size
    if (this.#rows < height) return undefined
    const width = this.#sums.length
    return { width, height: Math.ceil(height / this.#shrink), luma: this.#luma }
  }
}

/** The same of RGBA pixels; what is transparent is white paper. */
export function lumaOf(rgba: Uint8Array, size: Size, shrink: number): Picture | undefined {
  const reduction = new Reduction(size, shrink)
  const row = new Uint8Array(size.width)
  for (let at = 0; at < rgba.length; ) {
    for (let x = 0; x < size.width; x++, at += 4) {
      const grey =
        (77 * (rgba[at] ?? 0) + 150 * (rgba[at + 1] ?? 0) + 29 * (rgba[at + 2] ?? 0)) >> 8
      const alpha = rgba[at + 3] ?? 255
      row[x] = alpha === 255 ? grey : (grey * alpha + 255 * (255 - alpha)) / 255
    }
    reduction.add(row)
  }
  return reduction.picture
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
      out[y * w + x] = luma[sourceOf(orientation, x, y, width, height)] ?? 255
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
): number {
  const right = width - 1
  const bottom = height - 1
  switch (orientation) {
    case 2:
      return y * width + right - x
    case 3:
      return (bottom - y) * width + right - x
    case 4:
      return (bottom - y) * width + x
    case 5:
      return x * width + y
    case 6:
      return (bottom - x) * width + y
    case 7:
      return (bottom - x) * width + right - y
    case 8:
      return x * width + right - y
    default:
      return y * width + x
  }
}

/** Enlarged or reduced by a factor, bilinear. */
export function scaled(picture: Picture, factor: number): Picture {
  const { width, height } = picture
  const [w, h] = [Math.max(1, Math.round(width * factor)), Math.max(1, Math.round(height * factor))]
  const out = new Uint8Array(w * h)
  for (let y = 0; y < h; y++) {
    for (let x = 0; x < w; x++) {
      const seen = brightnessAt(picture, (x + 0.5) / factor - 0.5, (y + 0.5) / factor - 0.5)
      out[y * w + x] = seen + 0.5
    }
  }
  return { width: w, height: h, luma: out }
}

/** Between four pixels, whose middles are whole numbers; beyond the edge it is the edge's. Makes nothing that were to be collected. */
export function brightnessAt({ width, height, luma }: Picture, x: number, y: number): number {
  const inX = Math.min(width - 1, Math.max(0, x))
  const inY = Math.min(height - 1, Math.max(0, y))
  const x0 = Math.floor(inX)
  const y0 = Math.floor(inY)
  const fx = inX - x0
  const fy = inY - y0
  const at = y0 * width + x0
  const right = x0 + 1 < width ? 1 : 0
  const below = y0 + 1 < height ? width : 0
  const above = (luma[at] ?? 0) * (1 - fx) + (luma[at + right] ?? 0) * fx
  const under = (luma[at + below] ?? 0) * (1 - fx) + (luma[at + below + right] ?? 0) * fx
  return above * (1 - fy) + under * fy
}
