// Pages without a text layer: which picture goes to the OCR, as what file, how it is turned, and where its words come to stand.
// The OCR here says where one word is and keeps what it was given; the real one reads test/fixtures/pictures/scan.pdf elsewhere.
import { readFileSync } from 'node:fs'
import { deflateSync, inflateSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { readImageHeader } from '../../../src/document/image-header'
import { readPdf } from '../../../src/document/pdf'
import { MAX_SCANNED_PAGES } from '../../../src/limits'
import { buildPdf, line, type PageSpec, stream } from './pdf-builder'

const [WIDTH, HEIGHT] = [400, 200]
const JPEG = new Uint8Array(readFileSync('samples/receipt.jpg'))
const scan: PageSpec = { content: '/X1 Do' }
const text: PageSpec = { content: line('x', 10, 10) }

const image = (rest: string, data: Uint8Array, size = `/Width ${WIDTH} /Height ${HEIGHT}`) =>
  stream(`/Type /XObject /Subtype /Image ${size} ${rest}`, data)
const jpeg = image('/Filter /DCTDecode /ColorSpace /DeviceRGB /BitsPerComponent 8', JPEG)
const rows = (bytes: number, filter = 0) =>
  deflateSync(
    Uint8Array.from({ length: bytes * HEIGHT + filter * HEIGHT }, (_, i) =>
      filter && i % (bytes + 1) === 0 ? 0 : i % 251,
    ),
  )

/** A word in the upper left quarter of whatever it is given. */
function ocr() {
  const seen: { file: Uint8Array; orientation: number | undefined }[] = []
  const read = async (file: Uint8Array<ArrayBuffer>, orientation?: number) => {
    seen.push({ file, orientation })
    const word = { text: 'seen', box: [0, 0, 100, 50], confidence: 0.5 } as const
    return { ok: true, value: { width: 200, height: 100, words: [word] } } as const
  }
  return { seen, read }
}

describe('a page without text', () => {
  it('has its JPEG read as it stands, and its words in points', async () => {
    const reader = ocr()
    const read = await readPdf(buildPdf({ pages: [text, scan], extra: [jpeg] }), reader)
    expect(reader.seen).toEqual([{ file: JPEG, orientation: 1 }])
    expect(read).toMatchObject({
      value: {
        pages: [
          { words: [{ text: 'x' }] },
          {
            width: 600,
            height: 800,
            words: [{ text: 'seen', box: [0, 0, 300, 400], confidence: 0.5 }],
          },
        ],
      },
    })
  })

  it.each([
    [90, 6],
    [180, 3],
    [270, 8],
  ])('that is shown turned by %d is read so', async (rotate, orientation) => {
    const reader = ocr()
    await readPdf(buildPdf({ pages: [{ ...scan, rotate }], extra: [jpeg] }), reader)
    expect(reader.seen[0]?.orientation).toBe(orientation)
  })

  it.each([
    ['grey', '/ColorSpace /DeviceGray /BitsPerComponent 8', rows(WIDTH)],
    ['black and white', '/ColorSpace /DeviceGray /BitsPerComponent 1', rows(WIDTH / 8)],
    ['a mask', '/ImageMask true', rows(WIDTH / 8)],
    ['colour', '/ColorSpace [/CalRGB << >>] /BitsPerComponent 8', rows(WIDTH * 3)],
    [
      'with filters',
      '/ColorSpace /DeviceGray /BitsPerComponent 8 /DecodeParms << /Predictor 15 /Columns 400 >>',
      rows(WIDTH, 1),
    ],
  ])('and a deflated picture, %s, becomes a PNG with the same rows', async (_, rest, data) => {
    const reader = ocr()
    await readPdf(
      buildPdf({ pages: [scan], extra: [image(`/Filter /FlateDecode ${rest}`, data)] }),
      reader,
    )
    const file = reader.seen[0]?.file ?? new Uint8Array()
    expect(readImageHeader(file)).toMatchObject({ type: 'image/png', width: WIDTH, height: HEIGHT })
    const pixels = inflateSync(file.subarray(41, file.length - 16))
    const given = inflateSync(data)
    const rowBytes = pixels.length / HEIGHT
    expect([pixels[0], pixels[rowBytes]]).toEqual([0, 0])
    const isFiltered = given.length === pixels.length
    expect(pixels[rowBytes + 1]).toBe(given[isFiltered ? rowBytes + 1 : rowBytes - 1])
  })

  it('inherits its resources and finds its picture in a form', async () => {
    const form = stream(
      '/Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /Im 4 0 R >> >>',
      new Uint8Array(),
    )
    const reader = ocr()
    await readPdf(buildPdf({ pages: [scan], extra: [form, jpeg] }), reader)
    expect(reader.seen.length).toBe(1)
  })

  it('and without a picture, among others, is empty', async () => {
    const small = image('/Filter /DCTDecode', JPEG, '/Width 40 /Height 40')
    const read = await readPdf(buildPdf({ pages: [text, scan], extra: [small, jpeg] }), ocr())
    expect(read.ok && read.value.pages.map(({ words }) => words.length)).toEqual([1, 0])
  })
})

describe('what is refused, by the number of its page', () => {
  it('a kind of picture that is not read', async () => {
    const fax = image('/Filter /CCITTFaxDecode', new Uint8Array(9))
    const read = await readPdf(buildPdf({ pages: [text, scan], extra: [fax] }), ocr())
    expect(JSON.stringify(read)).toMatch(/"invalid".*Page 2/)
  })

  it('a page of several pictures', async () => {
    const form = stream(
      '/Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /A 4 0 R /B 5 0 R >> >>',
      new Uint8Array(),
    )
    const read = await readPdf(buildPdf({ pages: [scan], extra: [form, jpeg, jpeg] }), ocr())
    expect(JSON.stringify(read)).toMatch(/"invalid".*Page 1/)
  })

  it('more scanned pages than the limit', async () => {
    const pages = (count: number) => buildPdf({ pages: Array(count).fill(scan), extra: [jpeg] })
    expect((await readPdf(pages(MAX_SCANNED_PAGES), ocr())).ok).toBe(true)
    const failure = { kind: 'too-large', max: MAX_SCANNED_PAGES }
    expect(await readPdf(pages(MAX_SCANNED_PAGES + 1), ocr())).toMatchObject({ failure })
  })

  it('what the OCR refuses, as it does', async () => {
    const failure = { kind: 'unavailable', detail: 'away', retryAfterSeconds: 1 } as const
    const away = { read: async () => ({ ok: false, failure }) as const }
    expect(await readPdf(buildPdf({ pages: [scan], extra: [jpeg] }), away)).toEqual({
      ok: false,
      failure,
    })
  })
})

it('objects that never end, or forms that hold each other, take no time', async () => {
  const loop = stream(
    '/Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /A 3 0 R /B 4 0 R >> >>',
    new Uint8Array(),
  )
  const endless = new TextEncoder().encode('9 0 obj <</A(((('.repeat(60_000))
  const bytes = buildPdf({ pages: [scan], extra: [loop, jpeg, endless] })
  const start = performance.now()
  await readPdf(bytes, ocr())
  expect(performance.now() - start).toBeLessThan(5_000)
}, 20_000)
