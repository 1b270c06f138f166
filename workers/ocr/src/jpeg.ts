// A JPEG's brightness (ITU T.81: sequential and progressive, Huffman). Other decoders make a telephone's photograph into 48 MB of colours
// before any of it is seen; here colours are passed over, and rows of brightness go on as soon as they are known: a progressive file
// holds the coefficients of its brightness until the end, a sequential one a row of blocks. Throws where the file is broken. Pure.
import { blockRow } from './jpeg-blocks'
import { type Component, Scan } from './jpeg-scan'
import { tableOf } from './jpeg-table'
import type { Size } from './picture'

type Take = (row: Uint8ClampedArray) => void

interface Frame {
  readonly isProgressive: boolean
  readonly components: readonly Component[]
  /** The one whose pixels are wanted. */
  readonly brightness: Component
  /** Room for a row of its blocks. */
  readonly pixels: Uint8ClampedArray
}

/** A file with more is made to take long. */
const MAX_SCANS = 64
const [FRAME, PROGRESSIVE, TABLES, END, SCAN] = [0xc0, 0xc2, 0xc4, 0xd9, 0xda]
const [QUANTIZATION, RESTARTS, ADOBE] = [0xdb, 0xdd, 0xee]

/**
 * Gives rows to `take`, from the top, each good for that call alone and at least as long as the picture is wide. `size` is what the file was
 * admitted for: a frame of another, which a second look may find in a crafted file, is refused before it is made room for.
 */
export function readJpeg(file: Uint8Array, size: Size, take: Take): void {
  const quantizations: Uint16Array[] = []
  const tables = new Map<number, Uint8Array>()
  let frame: Frame | undefined
  let [isRgb, restarts, scans] = [false, 0, 0]
  const give = (rows: number) => {
    if (frame === undefined) return
    const { brightness, pixels } = frame
    const quantization = quantizations[brightness.quantization]
    if (quantization === undefined) throw broken('no quantization')
    for (let row = 0; row < rows; row++) blockRow(brightness, row, quantization, pixels, take)
  }
  for (let at = nextMarker(file, 2); at < file.length && file[at + 1] !== END; ) {
    const marker = file[at + 1] ?? 0
    const next = at + 2 + word(file, at + 2)
    const segment = file.subarray(at + 4, next)
    at = next
    if (marker === QUANTIZATION) readQuantizations(segment, quantizations)
    else if (marker === TABLES) readTables(segment, tables)
    else if (marker === RESTARTS) restarts = word(segment, 0)
    else if (marker === ADOBE) isRgb = segment[0] === 0x41 && segment[11] === 0
    else if (marker >= FRAME && marker <= PROGRESSIVE && frame === undefined) {
      frame = readFrame(segment, size, marker === PROGRESSIVE, isRgb)
    } else if (marker === SCAN && frame !== undefined && scans++ < MAX_SCANS) {
      const { isProgressive, brightness } = frame
      const scan = readScan(segment, frame, tables)
      if (scan.has(brightness)) at = scan.run(file, at, restarts, isProgressive ? () => {} : give)
    } else if (marker >= FRAME && marker < 0xe0) throw broken('its kind, or too many scans')
    at = nextMarker(file, at)
  }
  if (frame?.isProgressive) give(frame.brightness.rows)
}

const broken = (what: string) => new Error(`The JPEG cannot be read: ${what}`)
const word = (bytes: Uint8Array, at: number) => ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0)

/** Where it begins; those that belong to a scan's own bytes are none. */
function nextMarker(file: Uint8Array, from: number): number {
  for (let at = from; at < file.length; at++) {
    const marker = file[at + 1] ?? 0
    if (file[at] === 0xff && marker > 1 && marker < 0xff && (marker < 0xd0 || marker > 0xd7))
      return at
  }
  return file.length
}

function readQuantizations(segment: Uint8Array, into: Uint16Array[]): void {
  for (let at = 0; at < segment.length; ) {
    const kind = segment[at++] ?? 0
    const bytes = kind >> 4 === 0 ? 1 : 2
    const values = Uint16Array.from({ length: 64 }, (_, k) =>
      bytes === 1 ? (segment[at + k] ?? 0) : word(segment, at + 2 * k),
    )
    into[kind & 15] = values
    at += 64 * bytes
  }
}

/** As they stand; a scan makes those that it needs. */
function readTables(segment: Uint8Array, into: Map<number, Uint8Array>): void {
  for (let at = 0; at < segment.length; ) {
    const counts = segment.subarray(at + 1, at + 17)
    const end = at + 17 + counts.reduce((a, b) => a + b, 0)
    into.set(segment[at] ?? 0, segment.subarray(at + 1, end))
    at = end
  }
}

function readFrame(
  segment: Uint8Array,
  { width, height }: Size,
  isProgressive: boolean,
  isRgb: boolean,
): Frame {
  if (word(segment, 1) !== height || word(segment, 3) !== width) throw broken('its size')
  const count = segment[5] ?? 0
  const said = Array.from({ length: count }, (_, i) => {
    const [id = 0, factors = 0, quantization = 0] = segment.subarray(6 + 3 * i)
    return { id, across: factors >> 4, down: factors & 15, quantization }
  })
  // Of red, green and blue, green is the brightness.
  const wanted = isRgb && count === 3 ? 1 : 0
  const across = Math.max(...said.map((it) => it.across))
  const down = Math.max(...said.map((it) => it.down))
  const isWhole = said[wanted]?.across === across && said[wanted]?.down === down
  const isSane = said.every((it) =>
    [it.across, it.down].every((factor) => factor > 0 && factor < 5),
  )
  if (segment[0] !== 8 || (count !== 1 && count !== 3) || !isSane || !isWhole) {
    throw broken('its components')
  }
  const [unitsAcross, unitsDown] = [Math.ceil(width / 8 / across), Math.ceil(height / 8 / down)]
  const components = said.map((it, i) => {
    const stride = unitsAcross * it.across
    const rows = Math.ceil(Math.ceil((height * it.down) / down) / 8)
    const held = isProgressive ? unitsDown * it.down : it.down
    return {
      ...it,
      stride,
      columns: Math.ceil(Math.ceil((width * it.across) / across) / 8),
      rows,
      held: i === wanted ? held : 0,
      coefficients: new Int16Array(i === wanted ? held * stride * 64 : 64),
    }
  })
  const brightness = components[wanted]
  if (brightness === undefined) throw broken('its components')
  const pixels = new Uint8ClampedArray(brightness.columns * 64)
  return { isProgressive, components, brightness, pixels }
}

function readScan(segment: Uint8Array, frame: Frame, tables: Map<number, Uint8Array>): Scan {
  const count = segment[0] ?? 0
  const parts = Array.from({ length: count }, (_, i) => {
    const [id, which = 0] = segment.subarray(1 + 2 * i)
    const component = frame.components.find((it) => it.id === id)
    if (component === undefined) throw broken('a scan of what is not there')
    const [dc, ac] = [tables.get(which >> 4), tables.get(0x10 | (which & 15))]
    return { component, dc: tableOf(dc), ac: tableOf(ac), before: 0 }
  })
  const [start = 0, end = 0, bits = 0] = segment.subarray(1 + 2 * count)
  const { isProgressive } = frame
  if (end > 63 || start > end || (isProgressive && start > 0 && count > 1)) throw broken('a scan')
  const [high, low] = [bits >> 4, bits & 15]
  return new Scan(parts, isProgressive ? { start, end, high, low } : undefined)
}
