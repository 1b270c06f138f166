// A report of many pages as a PDF, for `npm run pages` and its test: every page full of text that answers nothing, one of them with
// the contract number that is asked for.
import { buildPdf, line } from '../../test/unit/document/pdf-builder.ts'

const LINES_A_PAGE = 24
// biome-ignore format: a list of words
const WORDS = ['the', 'harvest', 'of', 'spring', 'was', 'kept', 'dry', 'in', 'barns', 'along', 'a', 'river', 'while', 'rain', 'fell', 'on', 'hills']
const WORDS_A_LINE = 8
const [LEFT, TOP, LEADING] = [60, 740, 28]

export const CONTRACT = '4711-0815'

export const CONTRACT_SCHEMA = {
  type: 'object',
  properties: { contract_number: { type: 'string' } },
} as const

/** @param marked the page, from 1, that has the number */
export function manyPages(
  pages: number,
  marked: number,
  lines = LINES_A_PAGE,
): Uint8Array<ArrayBuffer> {
  return buildPdf({
    pages: Array.from({ length: pages }, (_, i) => ({
      content: contentOf(i + 1, lines, i + 1 === marked),
    })),
    compress: true,
  })
}

function contentOf(page: number, count: number, isMarked: boolean): string {
  const lines = Array.from({ length: count }, (_, row) => {
    if (isMarked && row === count / 2) return `Contract number: ${CONTRACT}`
    const from = page * 7 + row * 5
    return Array.from(
      { length: WORDS_A_LINE },
      (_, i) => WORDS[(from + i * 3) % WORDS.length],
    ).join(' ')
  })
  return lines.map((text, row) => line(text, LEFT, TOP - row * LEADING)).join('')
}
