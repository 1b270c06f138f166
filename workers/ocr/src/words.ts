// Tesseract's words as the model knows words: boxes as high as their line, nothing that is no text, confidences kept. Order is left
// alone: extraction/raster.ts puts every page into raster order, whatever it came from. Pure.
import type { TextItem } from 'tesseract-wasm'
import type { Box, Word } from '../../../src/document/words'
import { MAX_WORD_CHARS } from '../../../src/limits'

/** layoutFlags.StartOfLine of tesseract-wasm. */
const STARTS_LINE = 1

/** @param scale picture pixels for each pixel that Tesseract saw */
export function linesOf(items: readonly TextItem[], scale: number): readonly (readonly Word[])[] {
  return itemsByLine(items)
    .map((line) => wordsOfLine(line, scale))
    .filter((words) => words.length > 0)
}

function itemsByLine(items: readonly TextItem[]): readonly (readonly TextItem[])[] {
  const lines: TextItem[][] = []
  for (const item of items) {
    const line = lines.at(-1)
    if (line === undefined || (item.flags & STARTS_LINE) !== 0) lines.push([item])
    else line.push(item)
  }
  return lines
}

/** A dash or a full stop has a box of its own ink; the training pages have boxes of lines, and rows are told by them. */
function wordsOfLine(line: readonly TextItem[], scale: number): Word[] {
  const typical = median(line.map(({ rect }) => rect.bottom - rect.top))
  return line.flatMap(({ rect, text, confidence }, i) => {
    // Of a page without text there is one item, and it has none.
    const trimmed = (text ?? '').trim().slice(0, MAX_WORD_CHARS).toWellFormed()
    if (trimmed === '') return []
    const isLow = rect.bottom - rect.top < typical / 2
    const model = isLow ? (neighbour(line, i, typical) ?? rect) : rect
    const [top, bottom] = [Math.min(rect.top, model.top), Math.max(rect.bottom, model.bottom)]
    const box: Box = [rect.left * scale, top * scale, rect.right * scale, bottom * scale]
    return [{ text: trimmed, box, confidence }]
  })
}

/** The box of the nearest word of the line that is of the usual height. */
function neighbour(
  line: readonly TextItem[],
  at: number,
  typical: number,
): TextItem['rect'] | undefined {
  const whole = line
    .map(({ rect }, i) => ({ rect, distance: Math.abs(i - at) }))
    .filter(({ rect }) => rect.bottom - rect.top >= typical / 2)
  return whole.sort((a, b) => a.distance - b.distance)[0]?.rect
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[sorted.length >> 1] ?? 0
}
