// The picture brought to the size that the first network sees, and what that makes of it: a map of how likely each pixel is print.
// The network sees a band at a time, as what it holds grows with what it sees; bands overlap, so that a line which the
// border of one cuts lies whole in the next.
import { MAX_MAP_PIXELS } from '../../../src/limits'
import type { Net } from './net'
import { type Picture, scaled } from './picture'
import type { Map2d } from './regions'

/** Sides are multiples of this. */
const STEP = 32
/** Rows at the inner borders of a band that are not trusted. */
const BORDER = 32
const BAND_PIXELS = 112_000
/** So that a band has rows enough between its borders. */
const MOST_WIDTH = BAND_PIXELS / (4 * BORDER)
/** Enlarging more shows nothing new. */
const MOST_ENLARGED = 2
/** Of what the network was taught with, by channel: colours, where here all three are the brightness. */
const MEANS = [0.485, 0.456, 0.406]
const DEVIATIONS = [0.229, 0.224, 0.225]

export interface PrintMap extends Map2d {
  /** Pixels of the map for each of the picture, a side. */
  readonly factor: number
}

export async function mapOf(picture: Picture, lines: Net): Promise<PrintMap> {
  const { factor, width, height } = mapSize(picture)
  const seen = scaled(picture, factor)
  const values = new Float32Array(width * height)
  for (const { from, rows, top, bottom } of bandsOf(width, height)) {
    const dims = [1, MEANS.length, rows, width]
    await lines.run(
      dims,
      (input) => writeBand(seen, from, rows, width, input),
      ({ data }) =>
        values.set(data.subarray((top - from) * width, (bottom - from) * width), top * width),
    )
  }
  return { width, height, values, factor }
}

/** As large as it may be with its sides filled up to whole steps. */
export function mapSize({
  width,
  height,
}: Pick<Picture, 'width' | 'height'>): Omit<PrintMap, 'values'> {
  const most = Math.min(
    MOST_ENLARGED,
    MOST_WIDTH / width,
    Math.sqrt(MAX_MAP_PIXELS / (width * height)),
  )
  for (let factor = most; ; factor *= 0.95) {
    const [w, h] = [steps(width * factor), steps(height * factor)]
    if (w <= MOST_WIDTH && w * h <= MAX_MAP_PIXELS) return { width: w, height: h, factor }
  }
}

const steps = (side: number) => Math.max(1, Math.ceil(side / STEP)) * STEP

interface Band {
  /** Rows that the network sees. */
  readonly from: number
  readonly rows: number
  /** Rows of the map that are taken from it, the last one not included. */
  readonly top: number
  readonly bottom: number
}

/** Bands whose taken rows are all rows of a map, in order. */
export function bandsOf(width: number, height: number): readonly Band[] {
  const most = Math.floor(BAND_PIXELS / width / STEP) * STEP
  if (height <= most) return [{ from: 0, rows: height, top: 0, bottom: height }]
  const bands: Band[] = []
  for (let top = 0; top < height; top = bands.at(-1)?.bottom ?? height) {
    const from = Math.max(0, top - BORDER)
    const end = Math.min(height, from + most)
    bands.push({ from, rows: end - from, top, bottom: end === height ? height : end - BORDER })
  }
  return bands
}

/** What is beyond the picture is the network's zero. */
function writeBand(
  { luma, ...picture }: Picture,
  from: number,
  rows: number,
  width: number,
  into: Float32Array,
): void {
  into.fill(0)
  const [seenRows, seenWidth] = [
    Math.min(rows, picture.height - from),
    Math.min(width, picture.width),
  ]
  for (const [channel, mean] of MEANS.entries()) {
    const scale = 1 / (DEVIATIONS[channel] ?? 1)
    for (let y = 0; y < seenRows; y++) {
      const to = (channel * rows + y) * width
      const start = (from + y) * picture.width
      for (let x = 0; x < seenWidth; x++) {
        into[to + x] = ((luma[start + x] ?? 0) / 255 - mean) * scale
      }
    }
  }
}
