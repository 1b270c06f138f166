// Raster order: the words of a page as visual rows, top to bottom, and within a row left to right.
// The model saw its training pages in this order, whatever order their files had; training/protocol.py does the same.
import type { Box } from '../document/words'

/** Indices into `boxes` (of one page) by visual row; every index once. Boxes in page units, origin top left. */
export function rasterRows(boxes: readonly Box[]): readonly (readonly number[])[] {
  const middles = boxes.map(([, y0, , y1]) => (y0 + y1) / 2)
  const at = (i: number) => middles[i] ?? 0
  const order = boxes.map((_, i) => i).sort((a, b) => at(a) - at(b))
  const rows: number[][] = []
  let total = 0
  for (const i of order) {
    const row = rows.at(-1)
    if (row !== undefined && joins(boxes, row, at(i) - total / row.length, i)) {
      row.push(i)
      total += at(i)
    } else {
      rows.push([i])
      total = at(i)
    }
  }
  const left = (i: number) => boxes[i]?.[0] ?? 0
  for (const row of rows) row.sort((a, b) => left(a) - left(b))
  return rows
}

/** Whether word `i`, so far below the row's mean middle, still belongs to the row. */
function joins(boxes: readonly Box[], row: readonly number[], below: number, i: number): boolean {
  return Math.abs(below) < 0.5 * Math.min(height(boxes[i]), height(boxes[row[0] ?? i]))
}

const height = (box: Box | undefined): number => (box === undefined ? 0 : box[3] - box[1])
