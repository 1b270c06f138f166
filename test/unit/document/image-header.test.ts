// Headers made by hand after the formats' own documents, cut off at every place, and the sample pictures.
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readImageHeader } from '../../../src/document/image-header'
import { checkImage } from '../../../src/document/ocr'
import { MAX_DECODED_BYTES } from '../../../src/limits'

const hex = (text: string) => Uint8Array.from(Buffer.from(text.replaceAll(/\s/g, ''), 'hex'))
const u16 = (n: number) => n.toString(16).padStart(4, '0')
const u32 = (n: number) => n.toString(16).padStart(8, '0')

const exif = (orientation: number) =>
  `ffe10022 457869660000 4949 2a00 08000000 0100 1201 0300 01000000 0${orientation}00 0000 00000000`
/** Start of frame, three components, the first sampled 2 x 2. */
const frame = (width: number, height: number) =>
  `ffc0 0011 08 ${u16(height)} ${u16(width)} 03 012200 021101 031101`
const jpeg = (width: number, height: number, { app = '' } = {}) =>
  hex(`ffd8 ${app} ${frame(width, height)} ffda`)
const png = (width: number, height: number, colour = '0802') =>
  hex(`89504e470d0a1a0a 0000000d 49484452 ${u32(width)} ${u32(height)} ${colour} 000000 00000000`)
const riff = (chunk: string) => hex(`52494646 ffffff00 57454250 ${chunk}`)

describe('a header', () => {
  it('of a JPEG', () => {
    expect(readImageHeader(jpeg(640, 480))).toEqual({
      type: 'image/jpeg',
      width: 640,
      height: 480,
      orientation: 1,
      bytesPerPixel: 2,
    })
  })

  it.each([1, 3, 6, 8])('of a JPEG that is turned by orientation %d', (orientation) => {
    expect(readImageHeader(jpeg(640, 480, { app: exif(orientation) }))).toMatchObject({
      width: 640,
      orientation,
    })
  })

  it('of a JPEG whose EXIF is broken is upright', () => {
    for (const app of [exif(9), exif(6).replace('4949', '4a4a'), 'ffe1000a457869660000ffff']) {
      expect(readImageHeader(jpeg(640, 480, { app }))?.orientation).toBe(1)
    }
  })

  it('of a PNG, with what its colours cost', () => {
    expect(readImageHeader(png(640, 480))).toMatchObject({ type: 'image/png', width: 640 })
    expect(readImageHeader(png(640, 480, '1006'))?.bytesPerPixel).toBe(4 + 8)
    expect(readImageHeader(png(640, 480, '0100'))?.bytesPerPixel).toBe(4 + 1)
  })

  it('of a WebP, lossy, lossless and extended', () => {
    const lossy = riff('56503820 00000000 000000 9d012a 8002 e001')
    const lossless = riff(`5650384c 00000000 2f ${'7f c2 77 00'}`)
    const extended = riff('56503858 0a000000 00000000 7f0200 df0100')
    for (const file of [lossy, lossless, extended]) {
      expect(readImageHeader(file)).toMatchObject({ type: 'image/webp', width: 640, height: 480 })
    }
  })

  it('of the sample photograph', () => {
    expect(readImageHeader(readFileSync('samples/receipt.jpg'))).toMatchObject({
      width: 744,
      height: 1244,
    })
  })

  it('is none where the file is cut off, empty, or without a side', () => {
    for (const file of [jpeg(640, 480, { app: exif(6) }), png(640, 480)]) {
      for (let length = 0; length < file.length - 12; length++) {
        expect(readImageHeader(file.slice(0, length))).toBeUndefined()
      }
    }
    expect(readImageHeader(jpeg(0, 480))).toBeUndefined()
  })

  it('never makes it throw or hang', () => {
    const start = fc.constantFrom(...['ffd8ff', '89504e470d0a1a0a', '52494646ffffff0057454250'])
    fc.assert(
      fc.property(start, fc.uint8Array({ maxLength: 200 }), (begin, rest) => {
        readImageHeader(Uint8Array.from([...hex(begin), ...rest]))
      }),
      { numRuns: 2000 },
    )
  })
})

describe('the limit of pixels', () => {
  it('is what decoding may hold', () => {
    const most = MAX_DECODED_BYTES / 2
    const height = 4096
    expect(checkImage(jpeg(Math.floor(most / height), height)).ok).toBe(true)
    expect(checkImage(jpeg(Math.floor(most / height) + 1, height))).toMatchObject({
      failure: { kind: 'too-large', max: most, unit: 'pixels' },
    })
  })

  it('takes a telephone photograph and not a thin bomb', () => {
    expect(checkImage(jpeg(4032, 3024)).ok).toBe(true)
    expect(checkImage(png(1, 100_000_000)).ok).toBe(false)
  })
})
