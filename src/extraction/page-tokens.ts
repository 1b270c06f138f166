// The document as the model reads it: WordPiece tokens of every page in raster order, pages one after the other.
// Columns of typed arrays, as windows slice them and decoding indexes them thousands of times.
import type { Box, Document, Page } from '../document/words'
import { codePointLength } from '../text/code-points'
import type { Wordpiece } from '../text/wordpiece'
import { LAYOUT_SIZE, shareOf, writeLayout } from './layout'
import { marksApart } from './marks'
import { rasterRows } from './raster'

/** A word at its place in raster order. */
interface RasterWord {
  readonly text: string
  /** Code points of `text`. */
  readonly length: number
  readonly box: Box
  /** Index of its page, from 0. */
  readonly page: number
  /** Visual row, counted through the whole document. */
  readonly row: number
  /** Words of a row without a wide gap between them, counted through the whole document. */
  readonly stretch: number
  /** An OCR's, as in document/words.ts. */
  readonly confidence?: number | undefined
}

export interface PageTokens {
  readonly count: number
  readonly words: readonly RasterWord[]
  /** [count] WordPiece ids. */
  readonly ids: Int32Array
  /** [count] index into `words`. */
  readonly word: Int32Array
  /** [count] code points [from, to) of the word. */
  readonly from: Int32Array
  readonly to: Int32Array
  /** [count] index of the page, from 0. */
  readonly page: Int32Array
  /** [count] visual row, counted through the whole document. */
  readonly row: Int32Array
  /** [count] stretch of that row without a wide gap, counted through the whole document. */
  readonly stretch: Int32Array
  /** [count, 6] as the protocol has it. */
  readonly layout: Int32Array
}

/** Tokens of a document; words of which nothing is left after cleaning have none. */
export function pageTokens(document: Document, wordpiece: Wordpiece): PageTokens {
  const words = rasterWords(document.pages)
  const pieces = words.map(({ text }) => wordpiece.encode(marksApart(text)))
  const count = pieces.reduce((sum, { ids }) => sum + ids.length, 0)
  const column = () => new Int32Array(count)
  const tokens = {
    ids: column(),
    word: column(),
    from: column(),
    to: column(),
    page: column(),
    row: column(),
    stretch: column(),
  }
  const layout = new Int32Array(count * LAYOUT_SIZE)
  let at = 0
  for (const [w, word] of words.entries()) {
    const { ids, from, to } = pieces[w] ?? { ids: [], from: [], to: [] }
    const page = document.pages[word.page] ?? { width: 1, height: 1 }
    for (const [i, id] of ids.entries()) {
      tokens.ids[at] = id
      tokens.word[at] = w
      const a = from[i] ?? 0
      const b = to[i] ?? a
      tokens.from[at] = a
      tokens.to[at] = b
      tokens.page[at] = word.page
      tokens.row[at] = word.row
      tokens.stretch[at] = word.stretch
      writeLayout(layout, at * LAYOUT_SIZE, shareOf(word.box, a, b, word.length), page)
      at += 1
    }
  }
  return { count, words, layout, ...tokens }
}

function rasterWords(pages: readonly Page[]): readonly RasterWord[] {
  const out: RasterWord[] = []
  let row = 0
  let stretch = 0
  for (const [page, { words }] of pages.entries()) {
    for (const indices of rasterRows(words.map(({ box }) => box))) {
      let before: Box | undefined
      for (const i of indices) {
        const word = words[i]
        if (word === undefined) continue
        if (before !== undefined && isWideGap(before, word.box)) stretch += 1
        before = word.box
        out.push({ ...word, length: codePointLength(word.text), page, row, stretch })
      }
      row += 1
      stretch += 1
    }
  }
  return out
}

/** Wider than the lower of the two words is high. */
const isWideGap = (left: Box, right: Box): boolean =>
  right[0] - left[2] > Math.min(left[3] - left[1], right[3] - right[1])
