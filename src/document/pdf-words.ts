// Cuts the runs of a PDF's text layer into words with boxes. A run is what pdf.js gives: some text, where it begins
// (its text matrix) and how far it goes. Widths are shared by characters, as glyph widths are not handed out; the
// vertical extent is the font's descent and one font size above it, as pdfminer has it, whose boxes the model has seen.
import { MAX_WORD_CHARS } from '../limits'
import type { Box, Word } from './words'

export type Matrix = readonly [a: number, b: number, c: number, d: number, e: number, f: number]

export interface TextRun {
  readonly text: string
  /** Text space to the page's user space; the length of (c, d) is the font size. */
  readonly matrix: Matrix
  /** Advance along the baseline, user space. */
  readonly width: number
  /** Below the baseline, a share of the font size, negative. */
  readonly descent: number
  readonly rightToLeft: boolean
  readonly endsLine: boolean
}

/** A gap below this share of the font size does not part two runs. */
const GLUE = 0.1
const WORD = new RegExp(`\\S{1,${MAX_WORD_CHARS}}`, 'gu')

interface Piece extends Word {
  /** Reaches to the end of its run, so that the next run may go on with it. */
  readonly open: boolean
}

/** @param toPage user space to page units with the origin top left: the viewport's transform at scale 1 */
export function wordsOf(runs: readonly TextRun[], toPage: Matrix): Word[] {
  const words: Word[] = []
  let last: Piece | undefined
  let lastRun: TextRun | undefined
  for (const run of runs) {
    for (const piece of piecesOf(run, toPage)) {
      const goesOn =
        last?.open && piece.atStart && lastRun && lastRun !== run && touch(lastRun, run)
      if (goesOn && last && last.text.length + piece.text.length <= MAX_WORD_CHARS) {
        words.pop()
        last = { text: last.text + piece.text, box: union(last.box, piece.box), open: piece.open }
      } else last = piece
      words.push({ text: last.text, box: last.box })
      lastRun = run
    }
    if (run.endsLine || run.text === '' || run.text.endsWith(' ')) last = undefined
  }
  return words
}

function piecesOf(run: TextRun, toPage: Matrix): (Piece & { atStart: boolean })[] {
  const length = run.text.length
  return Array.from(run.text.matchAll(WORD), ({ 0: text, index }) => {
    const end = index + text.length
    const shares = run.rightToLeft
      ? [1 - end / length, 1 - index / length]
      : [index / length, end / length]
    return {
      text: text.toWellFormed(),
      box: boxOf(run, shares[0] ?? 0, shares[1] ?? 1, toPage),
      open: end === length,
      atStart: index === 0,
    }
  })
}

/** The box around the part of a run between two shares of its width. */
function boxOf(run: TextRun, from: number, to: number, toPage: Matrix): Box {
  const [a, b, c, d, e, f] = run.matrix
  const along = Math.hypot(a, b) || 1
  const [ux, uy] = [(a / along) * run.width, (b / along) * run.width]
  const [low, high] = [run.descent, run.descent + 1]
  const corners = [
    [from, low],
    [to, low],
    [from, high],
    [to, high],
  ].map(([t = 0, h = 0]) => transform(toPage, e + ux * t + c * h, f + uy * t + d * h))
  const xs = corners.map(([x]) => x)
  const ys = corners.map(([, y]) => y)
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)]
}

function transform([a, b, c, d, e, f]: Matrix, x: number, y: number): readonly [number, number] {
  return [a * x + c * y + e, b * x + d * y + f]
}

/** Whether the second run begins where the first ends: same baseline, no gap to speak of. */
function touch(first: TextRun, second: TextRun): boolean {
  const [a, b, c, d, e, f] = first.matrix
  const along = Math.hypot(a, b) || 1
  const size = Math.hypot(c, d)
  const dx = second.matrix[4] - (e + (a / along) * first.width)
  const dy = second.matrix[5] - (f + (b / along) * first.width)
  return Math.hypot(dx, dy) <= GLUE * size
}

function union(a: Box, b: Box): Box {
  return [Math.min(a[0], b[0]), Math.min(a[1], b[1]), Math.max(a[2], b[2]), Math.max(a[3], b[3])]
}
