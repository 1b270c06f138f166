// Rows of a table held against the page: row k is mask k of every column, and where a mask was off by one, the visual row says so.
// A cell moves only to a row that it shares a visual row with and that lacks one of its column; a table whose rows are several
// visual rows high, with cells below each other, stays as the masks have it. Nothing is dropped.
import type { Choice } from './decode'
import type { Row } from './rows'

/** First and last visual row of a cell, inclusive. */
type Extent = readonly [first: number, last: number]

interface Cell {
  readonly choice: Choice
  readonly column: number
  readonly row: number
}

/** `visualRow` is by token of the document (PageTokens.row). */
export function aligned(rows: readonly Row[], visualRow: Int32Array): readonly Row[] {
  const anchor = anchorColumn(rows)
  const anchors = rows.map(({ cells }) => extentOf(cells[anchor], visualRow))
  const out = rows.map(({ cells, absent }) => ({ cells: [...cells], absent }))
  const astray: Cell[] = []
  for (const [row, { cells }] of out.entries()) {
    for (const [column, choice] of cells.entries()) {
      const extent = extentOf(choice, visualRow)
      if (choice === undefined || extent === undefined || column === anchor) continue
      if (share(extent, anchors[row]) || !anchors.some((other) => share(extent, other))) continue
      astray.push({ choice, column, row })
      cells[column] = undefined
    }
  }
  for (const cell of astray) place(cell, out, anchors, extentOf(cell.choice, visualRow))
  return out.filter(({ cells }) => cells.some((cell) => cell !== undefined))
}

/** Into the row that it shares a visual row with, back to where it was, or into a row of its own. */
function place(
  { choice, column, row }: Cell,
  rows: { cells: (Choice | undefined)[]; absent: readonly number[] }[],
  anchors: readonly (Extent | undefined)[],
  extent: Extent | undefined,
): void {
  const fits = anchors.findIndex((other, i) => {
    return share(extent, other) && rows[i]?.cells[column] === undefined
  })
  const own = rows[row]
  const target = rows[fits] ?? (own?.cells[column] === undefined ? own : undefined)
  if (target !== undefined) target.cells[column] = choice
  else if (own !== undefined) {
    const cells = own.cells.map((_, i) => (i === column ? choice : undefined))
    rows.push({ cells, absent: own.absent })
  }
}

/** The column with the most cells, the first of equals. */
function anchorColumn(rows: readonly Row[]): number {
  const columns = rows[0]?.cells.length ?? 0
  const filled = Array.from({ length: columns }, (_, column) => {
    return rows.filter(({ cells }) => cells[column] !== undefined).length
  })
  return filled.indexOf(Math.max(...filled))
}

function extentOf(choice: Choice | undefined, visualRow: Int32Array): Extent | undefined {
  const runs = choice?.runs ?? []
  if (runs.length === 0) return undefined
  const first = Math.min(...runs.map((run) => visualRow[run.first] ?? 0))
  return [first, Math.max(...runs.map((run) => visualRow[run.last] ?? 0))]
}

const share = (a: Extent | undefined, b: Extent | undefined): boolean =>
  a !== undefined && b !== undefined && a[0] <= b[1] && b[0] <= a[1]
