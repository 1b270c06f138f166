// PDFs by their text layer: where words stand, rotated pages too, and files that lie, lock, break or blow up.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { deflateSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { readPdf } from '../../../src/document/pdf'
import type { Page } from '../../../src/document/words'
import { MAX_PAGES, MAX_PDF_STREAM_BYTES, MAX_WORDS } from '../../../src/limits'
import { buildPdf, line, type PageSpec, type PdfSpec, stream } from './pdf-builder'

const SAMPLE = join(import.meta.dirname, '../../../samples/order.pdf')

/** These have text, so nobody asks the OCR. */
const readText = (bytes: Uint8Array<ArrayBuffer>) =>
  readPdf(bytes, { read: () => Promise.reject(new Error('the OCR was asked')) })

async function firstPage(page: PageSpec, spec: Partial<PdfSpec> = {}): Promise<Page> {
  const read = await readText(buildPdf({ ...spec, pages: [page] }))
  if (!read.ok || read.value.pages[0] === undefined) throw new Error(JSON.stringify(read))
  return read.value.pages[0]
}

const texts = (page: Page) => page.words.map(({ text }) => text)
const rounded = (page: Page, i = 0) => page.words[i]?.box.map((side) => Math.round(side))

describe('words', () => {
  it('are split on spaces and share their run by characters, top left is the origin', async () => {
    const page = await firstPage({ content: line('Total 12.00', 100, 700) })
    expect([page.width, page.height]).toEqual([600, 800])
    expect(texts(page)).toEqual(['Total', '12.00'])
    const [total, amount] = page.words.map(({ box }) => box)
    expect(total?.[0]).toBeCloseTo(100, 5)
    expect(amount?.[0]).toBeCloseTo(100 + ((amount?.[2] ?? 0) - 100) * (6 / 11), 5)
    // baseline at 700 of 800, ten high, a fifth of it below the baseline
    expect(rounded(page)?.[1]).toBe(92)
    expect(rounded(page)?.[3]).toBe(102)
  })

  it('go on over runs that touch and end where runs part', async () => {
    const content = 'BT /F1 10 Tf 100 700 Td (INV) Tj /F1 10.01 Tf (-007) Tj 80 0 Td (next) Tj ET'
    expect(texts(await firstPage({ content }))).toEqual(['INV-007', 'next'])
  })

  it('off the page are left out', async () => {
    const content = line('seen', 10, 10) + line('unseen', 10, 900)
    expect(texts(await firstPage({ content }))).toEqual(['seen'])
  })

  it('of compressed pages are the same', async () => {
    const content = line('Total 12.00', 100, 700)
    expect(await firstPage({ content }, { compress: true })).toEqual(await firstPage({ content }))
  })

  it('are those of the sample', async () => {
    const read = await readText(new Uint8Array(await readFile(SAMPLE)))
    if (!read.ok) throw new Error('unreadable')
    const [page] = read.value.pages
    expect(page?.words.map(({ text }) => text).join(' ')).toContain('Committee to Elect Mike Carr')
    expect(page?.words.every(({ box: [x0, y0, x1, y1] }) => x0 < x1 && y0 < y1)).toBe(true)
  })
})

describe('the page', () => {
  // At the upper left of the page as written; Helvetica is 23.89 wide there.
  const content = line('Word', 50, 750)

  it.each([
    [0, 600, 800, [50, 42, 74, 52]],
    [90, 800, 600, [748, 50, 758, 74]],
    [180, 600, 800, [526, 748, 550, 758]],
    [270, 800, 600, [42, 526, 52, 550]],
  ])('turned by %d', async (rotate, width, height, box) => {
    const page = await firstPage({ content, rotate })
    expect([page.width, page.height]).toEqual([width, height])
    expect(rounded(page)).toEqual(box)
  })

  it('may begin elsewhere than at 0 0', async () => {
    const page = await firstPage({
      content: line('Word', 150, 850),
      mediaBox: [100, 100, 700, 900],
    })
    expect(rounded(page)).toEqual([50, 42, 74, 52])
  })

  it('may have a unit of its own', async () => {
    const page = await firstPage({ content, userUnit: 2 })
    expect([page.width, rounded(page)?.[0]]).toEqual([1200, 100])
  })
})

describe('what cannot be read', () => {
  const valid = buildPdf({ pages: [{ content: line('x', 10, 10) }] })
  const encrypted = `/Encrypt << /Filter /Standard /V 1 /R 2 /P -4
    /O <${'41'.repeat(32)}> /U <${'42'.repeat(32)}> >> /ID [<00> <00>]`

  it.each<[string, Uint8Array<ArrayBuffer>, RegExp]>([
    ['nothing', new Uint8Array(0), /cannot be read/],
    ['a header alone', new TextEncoder().encode('%PDF-1.7\n'), /cannot be read/],
    ['a truncated file', valid.slice(0, 200), /cannot be read/],
    ['zeros', new Uint8Array(10_000), /cannot be read/],
    ['an encrypted file', buildPdf({ pages: [{ content: '' }], trailer: encrypted }), /encrypted/],
    [
      'no text at all',
      buildPdf({ pages: [{ content: '' }] }),
      /The PDF has no text layer and no picture/,
    ],
  ])('%s is invalid, and says why', async (_, bytes, why) => {
    const read = await readText(bytes)
    expect(read).toMatchObject({ failure: { kind: 'invalid', issues: [{ pointer: '' }] } })
    expect(JSON.stringify(read)).toMatch(why)
  })

  it('is not an empty page among others', async () => {
    const pages = [{ content: line('x', 10, 10) }, { content: '' }]
    const read = await readText(buildPdf({ pages }))
    expect(read.ok && read.value.pages.map(({ words }) => words.length)).toEqual([1, 0])
  })
})

describe('limits', () => {
  const pages = (count: number) =>
    buildPdf({ pages: Array(count).fill({ content: line('x', 9, 9) }) })

  it('on pages', async () => {
    const read = await readText(pages(MAX_PAGES))
    expect(read.ok && read.value.pages.length).toBe(MAX_PAGES)
    const failure = { kind: 'too-large', max: MAX_PAGES }
    expect(await readText(pages(MAX_PAGES + 1))).toMatchObject({ failure })
  })

  it('on words', async () => {
    const lines = (count: number) =>
      Array(count / 10)
        .fill(line('a b c d e f g h i j', 9, 9))
        .join('')
    const read = await readText(buildPdf({ pages: [{ content: lines(MAX_WORDS) }] }))
    expect(read.ok && read.value.pages[0]?.words.length).toBe(MAX_WORDS)
    const failure = { kind: 'too-large', max: MAX_WORDS }
    const content = lines(MAX_WORDS + 10)
    expect(await readText(buildPdf({ pages: [{ content }] }))).toMatchObject({ failure })
  })

  it('on what a stream inflates to', async () => {
    const inflating = (bytes: number) =>
      buildPdf({
        pages: [{ content: line('x', 9, 9) }],
        extra: [stream('/Filter /FlateDecode', deflateSync(new Uint8Array(bytes)))],
      })
    expect((await readText(inflating(MAX_PDF_STREAM_BYTES))).ok).toBe(true)
    const failure = { kind: 'too-large', max: MAX_PDF_STREAM_BYTES }
    expect(await readText(inflating(MAX_PDF_STREAM_BYTES + 1))).toMatchObject({ failure })
  })

  it('on forms within forms', async () => {
    const form = (i: number, content: string) =>
      stream(
        `/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X1 ${i + 1} 0 R >> >>`,
        new TextEncoder().encode(content),
      )
    const ten = '/X1 Do '.repeat(10)
    // A million times the word, in a file of 3 kB.
    const extra = [3, 4, 5, 6, 7].map((i) => form(i, i < 7 ? ten : 'BT /F1 9 Tf (x) Tj ET'))
    const bytes = buildPdf({ pages: [{ content: ten.repeat(10) }], extra })
    expect(await readText(bytes)).toMatchObject({ failure: { kind: 'too-large', max: MAX_WORDS } })
  }, 30_000)
})
