// Which cells are one row of a table. The column with the most cells gives the rows; every other cell goes to the row that it shares a
// visual row with and that its masks speak for, and a row then gets what it lacks from where it stands, on weaker evidence.
import type { Cell } from './cells'
import { COLUMN_OVERLAP, sharedWidth, type Width, widthOf } from './columns'
import type { TableRow } from './items'
import { type Ground, isFree, take } from './runs'

type OpenRow = (Cell | undefined)[]

/** What masks that speak for the same rows are worth beside a shared visual row, which is worth 1. */
const MASKS_WORTH = 0.7
/** A cell worth less to every row is a row of its own. */
const LEAST_WORTH = 0.1
/** Every cell in one row; rows in the order of the page. */
export function tabulated(
  cells: readonly Cell[],
  columns: number,
  ground: Ground,
): readonly TableRow[] {
  const anchor = fullestColumn(cells, columns)
  const rows = cells
    .filter(({ column }) => column === anchor)
    .map((cell) => ({ anchor: cell, row: alone(cell, columns) }))
  const strays: OpenRow[] = []
  const others = cells.filter(({ column }) => column !== anchor)
  for (const cell of others.toSorted((a, b) => sureness(b) - sureness(a))) {
    const fits = rows
      .filter(({ row }) => row[cell.column] === undefined)
      .map((open) => ({ ...open, worth: worthTogether(cell, open.anchor, ground) }))
    const best = fits.reduce((a, b) => (b.worth > a.worth ? b : a), {
      row: undefined,
      worth: LEAST_WORTH,
    } as { row: OpenRow | undefined; worth: number })
    if (best.row === undefined) strays.push(alone(cell, columns))
    else best.row[cell.column] = cell
  }
  const all = [...rows.map(({ row }) => row), ...strays]
  return all.sort((a, b) => firstToken(a) - firstToken(b))
}

/** What a row lacks, from `candidates` (the likeliest first) that stand in its visual row and under the heading or cells of their column. */
export function completed(
  rows: readonly TableRow[],
  candidates: readonly Cell[],
  ground: Ground,
): readonly TableRow[] {
  const out = rows.map((row): OpenRow => [...row])
  const inColumn = (c: number) => rows.flatMap((row) => row[c] ?? [])
  const columns = (rows[0] ?? []).map((_, c) => inColumn(c).map(({ run }) => widthOf(run, ground)))
  for (const cell of candidates) {
    const place = widthOf(cell.run, ground)
    const isUnder = (other: Width) => sharedWidth(place, other) > COLUMN_OVERLAP
    if (cell.isHeaded !== true && !columns[cell.column]?.some(isUnder)) continue
    const row = out.find(
      (open) =>
        open[cell.column] === undefined && open.some((own) => own && shareRow(own, cell, ground)),
    )
    if (row === undefined || !isFree(ground, cell.run)) continue
    take(ground, cell.run)
    row[cell.column] = cell
  }
  return out
}

const alone = (cell: Cell, columns: number): OpenRow =>
  Array.from({ length: columns }, (_, c) => (c === cell.column ? cell : undefined))

const firstToken = (row: TableRow): number =>
  Math.min(...row.flatMap((cell) => cell?.run.first ?? []))

const sureness = ({ byMask }: Cell): number => Math.max(...byMask)

/** The first of equals. */
function fullestColumn(cells: readonly Cell[], columns: number): number {
  const counts = Array.from(
    { length: columns },
    (_, c) => cells.filter(({ column }) => column === c).length,
  )
  return counts.indexOf(Math.max(...counts))
}

const worthTogether = (a: Cell, b: Cell, ground: Ground): number =>
  Number(shareRow(a, b, ground)) + MASKS_WORTH * sameMasks(a.byMask, b.byMask)

/** The chance that a mask drawn by `a` and one drawn by `b` are the same. */
function sameMasks(a: Float64Array, b: Float64Array): number {
  const total = (chances: Float64Array) => chances.reduce((sum, chance) => sum + chance, 0)
  const both = a.reduce((sum, chance, k) => sum + chance * (b[k] ?? 0), 0)
  return both / (total(a) * total(b))
}

function shareRow(a: Cell, b: Cell, { row, window: { low } }: Ground): boolean {
  const at = (token: number) => row[token - low] ?? 0
  return at(a.run.first) <= at(b.run.last) && at(b.run.first) <= at(a.run.last)
}
