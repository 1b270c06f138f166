// What the header of a JPEG, PNG or WebP says, read without decoding: how large the picture is, how it is to be turned, and what
// decoding it will cost. Cost is judged here so that a small file with a huge picture in it is refused before anything is allocated.
import { exifOrientation } from './exif'
import { sniff } from './sniff'

export const IMAGE_TYPES = ['image/jpeg', 'image/png', 'image/webp'] as const
type ImageType = (typeof IMAGE_TYPES)[number]

export interface ImageHeader {
  readonly type: ImageType
  /** Pixels as stored, before it is turned. */
  readonly width: number
  readonly height: number
  /** 1 to 8 as EXIF counts; 1 is upright. */
  readonly orientation: number
  /** What decoding holds for every pixel at most. */
  readonly bytesPerPixel: number
}

const RGBA = 4
/** A progressive JPEG's brightness is held as coefficients until the end. */
const COEFFICIENT = 2

/** undefined where the bytes are none of the three or their header is broken or cut off. */
export function readImageHeader(bytes: Uint8Array): ImageHeader | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const header = readByType(sniff(bytes), view)
  return header !== undefined && header.width > 0 && header.height > 0 ? header : undefined
}

function readByType(type: string | undefined, view: DataView): ImageHeader | undefined {
  try {
    if (type === 'image/jpeg') return jpegHeader(view)
    if (type === 'image/png') return pngHeader(view)
    return type === 'image/webp' ? webpHeader(view) : undefined
  } catch (error) {
    // A DataView read behind the end: the file is cut off.
    if (error instanceof RangeError) return undefined
    throw error
  }
}

/** Markers up to the frame's (ITU T.81, B.2.2); the EXIF segment stands before it. */
function jpegHeader(view: DataView): ImageHeader | undefined {
  let orientation = 1
  for (let at = 2; ; ) {
    if (view.getUint8(at) !== 0xff) return undefined
    const marker = view.getUint8(at + 1)
    // Fill bytes, and markers without a segment.
    if (marker === 0xff) at += 1
    else if (marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8)) at += 2
    else if (marker === 0xd9 || marker === 0xda) return undefined
    else {
      const size = view.getUint16(at + 2)
      if (size < 2) return undefined
      if (isFrame(marker)) {
        const [height, width] = [view.getUint16(at + 5), view.getUint16(at + 7)]
        return { type: 'image/jpeg', width, height, orientation, bytesPerPixel: COEFFICIENT }
      }
      if (marker === 0xe1 && size > 8 && ascii(view, at + 4, 6) === 'Exif\0\0') {
        orientation = exifOrientation(view, at + 10, at + 2 + size)
      }
      at += 2 + size
    }
  }
}

const isFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)

/** IHDR, and eXIf where it stands before the pixels. */
function pngHeader(view: DataView): ImageHeader | undefined {
  if (ascii(view, 12, 4) !== 'IHDR') return undefined
  const [width, height] = [view.getUint32(16), view.getUint32(20)]
  const [depth, colour] = [view.getUint8(24), view.getUint8(25)]
  const channels = [1, 0, 3, 1, 2, 0, 4][colour] ?? 4
  // What the file holds, decoded, and the same as RGBA, which is made from it.
  const bytesPerPixel = RGBA + Math.max(1, (channels * depth) / 8)
  let orientation = 1
  for (let at = 8; at + 8 <= view.byteLength; at += 12 + view.getUint32(at)) {
    const kind = ascii(view, at + 4, 4)
    if (kind === 'IDAT') break
    const end = Math.min(view.byteLength, at + 8 + view.getUint32(at))
    if (kind === 'eXIf') orientation = exifOrientation(view, at + 8, end)
  }
  return { type: 'image/png', width, height, orientation, bytesPerPixel }
}

/** The RIFF container's first chunk: VP8, VP8L or VP8X; EXIF of the last stands behind the pixels. */
function webpHeader(view: DataView): ImageHeader | undefined {
  const type = 'image/webp' as const
  const kind = ascii(view, 12, 4)
  if (kind === 'VP8 ') {
    const [width, height] = [view.getUint16(26, true) & 0x3fff, view.getUint16(28, true) & 0x3fff]
    return { type, width, height, orientation: 1, bytesPerPixel: WEBP_LOSSY }
  }
  if (kind === 'VP8L') {
    const bits = view.getUint32(21, true)
    const [width, height] = [(bits & 0x3fff) + 1, ((bits >>> 14) & 0x3fff) + 1]
    return { type, width, height, orientation: 1, bytesPerPixel: WEBP_LOSSLESS }
  }
  if (kind !== 'VP8X') return undefined
  const side = (at: number) => 1 + view.getUint16(at, true) + (view.getUint8(at + 2) << 16)
  const orientation = webpOrientation(view)
  return { type, width: side(24), height: side(27), orientation, bytesPerPixel: WEBP_LOSSLESS }
}

const WEBP_LOSSY = RGBA + 1
const WEBP_LOSSLESS = 2 * RGBA

function webpOrientation(view: DataView): number {
  for (let at = 12; at + 8 <= view.byteLength; ) {
    const size = view.getUint32(at + 4, true)
    if (ascii(view, at, 4) === 'EXIF') {
      const hasMark = ascii(view, at + 8, 6) === 'Exif\0\0'
      return exifOrientation(view, at + 8 + (hasMark ? 6 : 0), at + 8 + size)
    }
    at += 8 + size + (size & 1)
  }
  return 1
}

function ascii(view: DataView, at: number, length: number): string {
  let text = ''
  for (let i = at; i < at + length && i < view.byteLength; i++) {
    text += String.fromCharCode(view.getUint8(i))
  }
  return text
}
