// From the map that the first network draws, how likely each pixel is print, to the boxes of lines. The network is taught to draw
// lines thinner than they are, so that neighbours do not touch; here they get their height back. A box lies along its line:
// photographs are rarely straight. Lines are long, so their slope is told by their own pixels; short ones take the page's. Pure.

export interface Map2d {
  readonly width: number
  readonly height: number
  /** 0..1, row by row from the top. */
  readonly values: Float32Array
}

/** A rectangle about its centre, turned. */
export interface Region {
  readonly x: number
  readonly y: number
  /** Along the line. */
  readonly width: number
  readonly height: number
  /** Radians; positive where the line falls to the right. */
  readonly angle: number
}

/** What PP-OCRv6 is released with: a pixel's least likelihood, a box's, and how far a box is let out. */
const [LEAST_PIXEL, LEAST_BOX, LET_OUT] = [0.2, 0.4, 1.4]
const LEAST_SIDE = 3
/** Times its height that a box must be long to tell its slope. */
const LONG = 3
/** Slopes above this are of no line of text. */
const STEEPEST = 0.6

/** Pixels of `map`. In no order. */
export function regionsOf(map: Map2d): readonly Region[] {
  const blobs = blobsOf(map)
  const slopes = blobs.flatMap((blob) => slopeOf(blob, map.width) ?? [])
  const usual = slopes.toSorted((a, b) => a - b)[slopes.length >> 1] ?? 0
  return blobs.flatMap((blob) => {
    const region = around(blob, map, Math.atan(slopeOf(blob, map.width) ?? usual))
    return region === undefined ? [] : [letOut(region)]
  })
}

/** Indices of pixels that hang together, also over corners. */
type Blob = Int32Array

function blobsOf({ width, height, values }: Map2d): readonly Blob[] {
  const open = new Uint8Array(values.length)
  for (let i = 0; i < open.length; i++) open[i] = Number((values[i] ?? 0) > LEAST_PIXEL)
  const queue = new Int32Array(open.length)
  const blobs: Blob[] = []
  let end = 0
  for (let seed = 0; seed < open.length; seed++) {
    if (open[seed] !== 1) continue
    const start = end
    open[seed] = 0
    queue[end++] = seed
    for (let at = start; at < end; at++) {
      const pixel = queue[at] ?? 0
      const x = pixel % width
      const y = (pixel / width) | 0
      for (let ny = Math.max(0, y - 1); ny <= Math.min(height - 1, y + 1); ny++) {
        for (let nx = Math.max(0, x - 1); nx <= Math.min(width - 1, x + 1); nx++) {
          const next = ny * width + nx
          if (open[next] !== 1) continue
          open[next] = 0
          queue[end++] = next
        }
      }
    }
    blobs.push(queue.subarray(start, end))
  }
  return blobs
}

/** Rise by run of the straight line through the pixels; undefined where they are no long line. */
function slopeOf(blob: Blob, width: number): number | undefined {
  let [sx, sy, sxx, sxy, syy] = [0, 0, 0, 0, 0]
  for (const pixel of blob) {
    const x = pixel % width
    const y = (pixel / width) | 0
    sx += x
    sy += y
    sxx += x * x
    sxy += x * y
    syy += y * y
  }
  const n = blob.length
  const [across, along, down] = [sxx - (sx * sx) / n, sxy - (sx * sy) / n, syy - (sy * sy) / n]
  const slope = along / across
  return across > down * LONG * LONG && Math.abs(slope) < STEEPEST ? slope : undefined
}

/** The box that holds the blob, its sides along `angle`; undefined where it is too small or too doubtful. */
function around(blob: Blob, { width, values }: Map2d, angle: number): Region | undefined {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity]
  let likelihood = 0
  for (const pixel of blob) {
    const x = (pixel % width) + 0.5
    const y = ((pixel / width) | 0) + 0.5
    const along = x * cos + y * sin
    const across = y * cos - x * sin
    left = Math.min(left, along)
    right = Math.max(right, along)
    top = Math.min(top, across)
    bottom = Math.max(bottom, across)
    likelihood += values[pixel] ?? 0
  }
  const [w, h] = [right - left + 1, bottom - top + 1]
  if (Math.min(w, h) < LEAST_SIDE || likelihood / blob.length < LEAST_BOX) return undefined
  const [along, across] = [(left + right) / 2, (top + bottom) / 2]
  const [x, y] = [along * cos - across * sin, along * sin + across * cos]
  return { x, y, width: w, height: h, angle }
}

function letOut(region: Region): Region {
  const { width, height } = region
  const by = (width * height * LET_OUT) / (width + height)
  return { ...region, width: width + by, height: height + by }
}
