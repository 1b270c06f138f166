// What a PDF's streams inflate to, on both sides of the limits, and which of them may be scanned pages.
import { deflateSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { inspectPdf } from '../../../src/document/pdf-guard'
import { MAX_PDF_INFLATED_BYTES, MAX_PDF_STREAM_BYTES } from '../../../src/limits'
import { stream } from './pdf-builder'

const full = stream('/Filter /FlateDecode', deflateSync(new Uint8Array(MAX_PDF_STREAM_BYTES)))
const small = stream('/Filter /FlateDecode', deflateSync(new Uint8Array(1)))
const file = (...streams: Uint8Array[]) =>
  new Uint8Array(Buffer.concat(streams.flatMap((one) => [Buffer.from('\n7 0 obj\n'), one])))

describe('inspectPdf', () => {
  it('limits what all streams inflate to', () => {
    const fitting = Array<Uint8Array>(MAX_PDF_INFLATED_BYTES / MAX_PDF_STREAM_BYTES).fill(full)
    expect(inspectPdf(file(...fitting)).ok).toBe(true)
    expect(inspectPdf(file(...fitting, small))).toMatchObject({
      failure: { kind: 'too-large', max: MAX_PDF_INFLATED_BYTES },
    })
  })

  it('does not look at the same bytes over and over', () => {
    // Every keyword begins a stored block that jumps to one chain of empty blocks, which puts out nothing.
    const keywords = 200
    const chain = new Uint8Array(5 * 20_000).map((_, i) => (i % 5 > 2 ? 255 : 0))
    const heads = Array.from({ length: keywords }, (_, i) => {
      const length = 15 * (keywords - 1 - i)
      const block = [0, length & 255, length >> 8, ~length & 255, (~length >> 8) & 255]
      return Buffer.concat([Buffer.from('\nstream\n'), Uint8Array.of(0x78, 0x9c, ...block)])
    })
    const bytes = new Uint8Array(Buffer.concat([...heads, chain]))
    expect(inspectPdf(bytes)).toMatchObject({ failure: { kind: 'too-large' } })
  })

  it.each([
    ['/Subtype /Image /Width 200 /Height 200', true],
    ['/Subtype/Image/Height 500/Width 1000', true],
    ['/Subtype /Image /Width 199 /Height 200', false],
    ['/Subtype /Image /Width 5 0 R /Height 500', true],
    ['/Subtype /Form /Width 200 /Height 200', false],
  ])('takes %j for a page: %s', (dictionary, hasPageImage) => {
    const inspected = inspectPdf(file(stream(dictionary, new Uint8Array(3))))
    expect(inspected).toEqual({ ok: true, value: { hasPageImage } })
  })
})

it('refuses widths of a font for codes that there are not', () => {
  const widths = (numbers: string) => new TextEncoder().encode(`%PDF-1.7 << /W [${numbers}] >>`)
  expect(inspectPdf(widths('0 99999999 500'))).toMatchObject({ failure: { kind: 'too-large' } })
  expect(inspectPdf(widths('3 [500.1234567 250] 65000 65535 1000'))).toMatchObject({ ok: true })
})
