// Wraps deflated rows of pixels as a PNG (ISO 15948). Rows that have PNG's filter bytes already stay as they are; to others a zero
// is put in front, on the way from one compressed form to the other, so that the pixels are never in memory as a whole.

export interface Rows {
  readonly width: number
  readonly height: number
  /** Of one component: 1, 2, 4 or 8. */
  readonly bits: number
  /** 1 grey, 3 red, green and blue. */
  readonly channels: number
}

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
const [GREY, COLOUR] = [0, 2]

/** undefined where the pixels cannot be unpacked. @param zlib the rows, deflated */
export async function pngOf(
  rows: Rows,
  zlib: Uint8Array<ArrayBuffer>,
  hasFilters: boolean,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const data = hasFilters ? zlib : await withFilters(rows, zlib)
  if (data === undefined) return undefined
  const header = new DataView(new ArrayBuffer(13))
  header.setUint32(0, rows.width)
  header.setUint32(4, rows.height)
  header.setUint8(8, rows.bits)
  header.setUint8(9, rows.channels === 3 ? COLOUR : GREY)
  const parts = [
    Uint8Array.from(SIGNATURE),
    chunk('IHDR', new Uint8Array(header.buffer)),
    chunk('IDAT', data),
    chunk('IEND', new Uint8Array()),
  ]
  return new Uint8Array(await new Blob(parts).arrayBuffer())
}

async function withFilters(
  { width, bits, channels }: Rows,
  zlib: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const rowBytes = Math.ceil((width * bits * channels) / 8)
  let inRow = 0
  const filtering = new TransformStream<Uint8Array, Uint8Array>({
    transform(piece, controller) {
      for (let at = 0; at < piece.length; ) {
        if (inRow === 0) controller.enqueue(new Uint8Array(1))
        const size = Math.min(piece.length - at, rowBytes - inRow)
        controller.enqueue(piece.slice(at, at + size))
        at += size
        inRow = (inRow + size) % rowBytes
      }
    },
  })
  try {
    const stream = new Blob([zlib])
      .stream()
      .pipeThrough(new DecompressionStream('deflate'))
      .pipeThrough(filtering)
      .pipeThrough(new CompressionStream('deflate'))
    return new Uint8Array(await new Response(stream).arrayBuffer())
  } catch {
    return undefined
  }
}

function chunk(type: string, data: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(12 + data.length)
  const view = new DataView(whole.buffer)
  view.setUint32(0, data.length)
  whole.set(new TextEncoder().encode(type), 4)
  whole.set(data, 8)
  view.setUint32(8 + data.length, crc32(whole.subarray(4, 8 + data.length)))
  return whole
}

const TABLE = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n
  for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1
  return c
})

function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff
  for (const byte of bytes) crc = (TABLE[(crc ^ byte) & 255] ?? 0) ^ (crc >>> 8)
  return (crc ^ 0xffffffff) >>> 0
}
