// Which column of the page is which column of the table. A model that wavers between two columns gives one cell to the one and the
// next to the other, or all to one of them; but what stands above each other is of one kind (docs/decisions/0006).
import { type Cell, keyOf, merged, TOLD_SHARE } from './cells'
import { LAYOUT_SIZE } from './layout'
import { cleared, type Ground, isFree, type Run, take } from './runs'

/** In hundredths of the page. */
export interface Width {
  readonly left: number
  readonly right: number
}

/** Cells of a column lie above each other by more than this share of the narrower. */
export const COLUMN_OVERLAP = 0.3
/** How much more the likelier of two columns counts. */
const POWER = 2
const ROUNDS = 30
/** A cell that stands where another column more likely is, is this likely. */
export const ASTRAY = 0.1
/** A column wavers with another about a run that it expects so often beside that one. */
const WAVERING = 0.1
const LEAST_CHANCE = 1e-7

/**
 * The same candidates of `count` columns. Where two columns waver about what stands in a column of the page that is most likely that of one of
 * them, and of no other, this one has it unless a heading says otherwise; elsewhere a cell is less likely of a column that most likely is not there.
 */
export function inColumns(
  candidates: readonly Cell[],
  count: number,
  ground: Ground,
): readonly Cell[] {
  const columns = columnsOfPage(likeliestRuns(candidates, ground), ground)
  const times = new Map(
    candidates.map((cell) => [keyOf(cell.column, cell.run), Math.exp(cell.run.log)]),
  )
  const timesOf = (column: number, run: Run) => times.get(keyOf(column, run)) ?? 0
  const expected = Array.from({ length: count }, (_, c) =>
    columns.map(({ runs }) => runs.reduce((sum, run) => sum + timesOf(c, run), LEAST_CHANCE)),
  )
  const shares = shared(expected)
  const places = shares.map((row) => row.indexOf(Math.max(...row)))
  const inPlace = (cell: Cell): Cell => {
    const at = columnAt(widthOf(cell.run, ground), columns)
    if (at === undefined) return lessLikely(cell, ASTRAY)
    const owner = places.indexOf(at)
    const isItsOwn = owner !== -1 && places.lastIndexOf(at) === owner
    const wavers = timesOf(owner, cell.run) >= WAVERING * Math.exp(cell.run.log)
    if (isItsOwn && wavers && cell.isHeaded !== true) return { ...cell, column: owner }
    return lessLikely(cell, Math.min(1, (shares[cell.column]?.[at] ?? 0) + ASTRAY))
  }
  return merged(candidates.map(inPlace))
}

/** A cell whose chance is a share of what it was. */
export function lessLikely(cell: Cell, share: number): Cell {
  const less = Math.log(share)
  return { ...cell, run: { ...cell.run, log: cell.run.log + less }, worth: cell.worth + less }
}

/** Runs that all columns together expect often enough to be told, none overlapping a likelier one. */
function likeliestRuns(candidates: readonly Cell[], ground: Ground): readonly Run[] {
  const worths = new Map<string, { run: Run; worth: number }>()
  for (const { run, worth } of candidates) {
    const key = `${run.first} ${run.last}`
    worths.set(key, { run, worth: (worths.get(key)?.worth ?? 0) + Math.exp(worth) })
  }
  const own = cleared(ground)
  return [...worths.values()]
    .filter(({ worth }) => worth >= TOLD_SHARE)
    .sort((a, b) => b.worth - a.worth)
    .flatMap(({ run }) => {
      if (!isFree(own, run)) return []
      take(own, run)
      return [run]
    })
}

interface PageColumn {
  width: Width
  readonly runs: Run[]
}

/** Runs that lie above each other, and where they do in the mean. */
function columnsOfPage(runs: readonly Run[], ground: Ground): readonly PageColumn[] {
  const columns: PageColumn[] = []
  for (const run of runs) {
    const width = widthOf(run, ground)
    const column = columns[columnAt(width, columns) ?? columns.length]
    if (column === undefined) {
      columns.push({ width, runs: [run] })
      continue
    }
    column.runs.push(run)
    const part = 1 / column.runs.length
    const mean = (before: number, own: number) => before + (own - before) * part
    column.width = {
      left: mean(column.width.left, width.left),
      right: mean(column.width.right, width.right),
    }
  }
  return columns
}

function columnAt(width: Width, columns: readonly PageColumn[]): number | undefined {
  const overlaps = columns.map((column) => sharedWidth(width, column.width))
  const most = Math.max(...overlaps)
  return most > COLUMN_OVERLAP ? overlaps.indexOf(most) : undefined
}

/** Scaled by turns, so that a column of the table has one of the page and hardly more than one has the same (Sinkhorn); the greatest is 1. */
function shared(expected: readonly (readonly number[])[]): readonly (readonly number[])[] {
  const scaled = (row: readonly number[], to: number) => row.map((x) => x / to)
  const total = (row: readonly number[]) => row.reduce((sum, x) => sum + x, 0)
  let shares = expected.map((row) => scaled(row, total(row)).map((x) => x ** POWER))
  for (let round = 0; round < ROUNDS; round++) {
    shares = shares.map((row) => scaled(row, total(row)))
    const sums = (shares[0] ?? []).map((_, i) => total(shares.map((row) => row[i] ?? 0)))
    shares = shares.map((row) => row.map((x, i) => x / Math.max(1, sums[i] ?? 1)))
  }
  return shares.map((row) => scaled(row, Math.max(...row)))
}

export function widthOf({ first, last }: Run, { layout, window: { low } }: Ground): Width {
  let [left, right] = [Infinity, -Infinity]
  for (let token = first - low; token <= last - low; token++) {
    left = Math.min(left, layout[token * LAYOUT_SIZE] ?? 0)
    right = Math.max(right, layout[token * LAYOUT_SIZE + 2] ?? 0)
  }
  return { left, right }
}

/** The share of the narrower, negative where they are apart. */
export function sharedWidth(a: Width, b: Width): number {
  const narrower = Math.max(1, Math.min(a.right - a.left, b.right - b.left))
  return (Math.min(a.right, b.right) - Math.max(a.left, b.left)) / narrower
}
