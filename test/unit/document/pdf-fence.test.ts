// Small files that made pdf.js take hundreds of megabytes, or minutes, before there was a fence. The fuzz run found the kinds.
import { deflateSync } from 'node:zlib'
import { describe, expect, it, vi } from 'vitest'
import { readPdf } from '../../../src/document/pdf'
import { MAX_PDF_BUFFER_BYTES, MAX_PDF_DEPTH } from '../../../src/limits'
import { buildPdf, line, stream } from './pdf-builder'

vi.setConfig({ testTimeout: 30_000 })

const MIB = 1024 * 1024
const FORM = '/Type /XObject /Subtype /Form /BBox [0 0 600 800]'
const content = `${line('TOTAL: 31.00', 100, 700)}/X1 Do\n`

const bytes = (text: string) => new Uint8Array(Buffer.from(text, 'latin1'))
const packed = (data: Uint8Array) => new Uint8Array(deflateSync(data))
const spaces = (size: number) => new Uint8Array(size).fill(0x20)

/** A page that draws a form of this dictionary and data. */
const withForm = (dictionary: string, data: Uint8Array) =>
  buildPdf({ pages: [{ content }], extra: [stream(`${FORM} ${dictionary}`, data)] })

/** A page whose content is the same stream of a MiB, `times` over. */
function repeated(times: number): Uint8Array<ArrayBuffer> {
  const pdf = buildPdf({ pages: [{ content: content + ' '.repeat(MIB) }], compress: true })
  const text = Buffer.from(pdf).toString('latin1')
  const named = text.replace(
    /\/Contents (\d+ 0 R)/,
    (_, one) => `/Contents [${`${one} `.repeat(times)}]`,
  )
  return bytes(named)
}

/** These have text, so nobody asks the OCR. */
const readText = (bytes: Uint8Array<ArrayBuffer>) =>
  readPdf(bytes, { read: () => Promise.reject(new Error('the OCR was asked')) })

async function limitOf(pdf: Uint8Array<ArrayBuffer>): Promise<string | undefined> {
  const read = await readText(pdf)
  if (read.ok) return undefined
  return read.failure.kind === 'too-large' ? read.failure.limit : read.failure.kind
}

describe('a PDF is refused', () => {
  const saved = (depth: number) => withForm('', bytes('q '.repeat(depth)))

  it('for saved states within each other beyond the limit', async () => {
    // pdf.js itself saves a few around a form.
    expect(await limitOf(saved(MAX_PDF_DEPTH - 10))).toBeUndefined()
    expect(await limitOf(saved(MAX_PDF_DEPTH + 1))).toContain('saved states')
    expect(await limitOf(saved(100_000))).toContain('saved states')
  })

  it('but not for states that are restored', async () => {
    expect(await limitOf(withForm('', bytes('q Q '.repeat(10_000))))).toBeUndefined()
  })

  it.each<[string, () => Uint8Array<ArrayBuffer>]>([
    [
      'packed twice',
      () => {
        const twice = packed(packed(spaces(2 * MAX_PDF_BUFFER_BYTES)))
        return withForm('/Filter [/FlateDecode /FlateDecode]', twice)
      },
    ],
    [
      'packed by runs within',
      () => {
        const runs = new Uint8Array(MIB).map((_, i) => (i % 2 === 0 ? 129 : 0x20))
        return withForm('/Filter [/FlateDecode /RunLengthDecode]', packed(runs))
      },
    ],
    [
      'of rows as wide as a street',
      () => {
        const wide =
          '/DecodeParms << /Predictor 15 /Columns 999999999 /Colors 32 /BitsPerComponent 16 >>'
        return withForm(`/Filter /FlateDecode ${wide}`, packed(spaces(1000)))
      },
    ],
    ['that the page names two hundred times', () => repeated(200)],
  ])('for a stream %s', async (_, make) => {
    const pdf = make()
    expect(pdf.length).toBeLessThan(20_000)
    expect(await limitOf(pdf)).toContain('decode')
  })
})

it('a page may name a stream more than once', async () => {
  expect(await limitOf(repeated(4))).toBeUndefined()
})

it('only the file itself is fenced, and nothing once no file is read', async () => {
  const globals = () => [Uint8Array, DecompressionStream, Object.create]
  const before = globals()
  const [small, large] = [repeated(1), repeated(200)]
  const reads = [small, large, small.slice()].map(readText)
  // What is made meanwhile on nobody's behalf is nobody's.
  expect(new Uint8Array(MAX_PDF_BUFFER_BYTES + 1)).toHaveLength(MAX_PDF_BUFFER_BYTES + 1)
  expect((await Promise.all(reads)).map(({ ok }) => ok)).toEqual([true, false, true])
  expect(globals()).toEqual(before)
})
