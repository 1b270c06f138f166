// The runs that may be cells of a table, or items of a list, and how often the masks of a column expect each.
import { MAX_RUN_TOKENS } from '../limits'
import type { MaskScores } from './mask-scores'
import { type Ground, greatest, type Run, STRETCH_COST } from './runs'

/** A run that may be a cell. */
export interface Cell {
  readonly column: number
  /** Its `log` is that of the number of times it is expected, at most once. */
  readonly run: Run
  /** The same, less what its stretches cost. */
  readonly worth: number
  /** Its probability by mask. */
  readonly byMask: Float64Array
  /** It stands under the printed heading of its column. */
  readonly isHeaded?: boolean
}

/** A run expected this often is told. */
export const TOLD_SHARE = 0.08
/** Less often than this a run is no cell. */
const LEAST_SHARE = 0.003
const MOST_STARTS = 64
const ENDS_A_START = 4

/** Probabilities of the masks of a column, [N, K]: those of a token lie together. */
export interface Chances {
  readonly column: number
  readonly masks: number
  readonly start: Float64Array
  readonly end: Float64Array
}

export function chancesOf(masks: readonly MaskScores[], column: number, tokens: number): Chances {
  const size = tokens * masks.length
  const chances = {
    column,
    masks: masks.length,
    start: new Float64Array(size),
    end: new Float64Array(size),
  }
  for (const [k, { start, end }] of masks.entries()) {
    for (let token = 0; token < tokens; token++) {
      chances.start[token * masks.length + k] = Math.exp(start[token] ?? 0)
      chances.end[token * masks.length + k] = Math.exp(end[token] ?? 0)
    }
  }
  return chances
}

/** By start the likeliest ends. */
export function candidatesOf(chances: Chances, ground: Ground): Cell[] {
  const { masks, start } = chances
  const expected = Float64Array.from(ground.taken, (_, token) =>
    start.subarray(token * masks, (token + 1) * masks).reduce((sum, p) => sum + p, 0),
  )
  return greatest(expected, MOST_STARTS)
    .filter((s) => (expected[s] ?? 0) >= LEAST_SHARE)
    .flatMap((s) => cellsFrom(s, chances, ground))
}

function cellsFrom(s: number, chances: Chances, ground: Ground): readonly Cell[] {
  const { low } = ground.window
  const stretch = ground.stretch[s] ?? 0
  const stop = Math.min(ground.taken.length, s + MAX_RUN_TOKENS)
  const cells: Omit<Cell, 'byMask'>[] = []
  for (let e = s; e < stop && ground.page[e] === ground.page[s]; e++) {
    const times = timesOf(s, e, chances)
    if (times < LEAST_SHARE) continue
    const log = Math.log(times)
    const further = (ground.stretch[e] ?? stretch) - stretch
    const run = { first: low + s, last: low + e, log: Math.min(0, log) }
    cells.push({ column: chances.column, run, worth: log - STRETCH_COST * further })
  }
  const likeliest = cells.sort((a, b) => b.worth - a.worth).slice(0, ENDS_A_START)
  return likeliest.map((cell) => ({ ...cell, byMask: byMask(s, cell.run.last - low, chances) }))
}

/** How often a run of tokens of the window, s to e, is expected. */
function timesOf(s: number, e: number, { masks, start, end }: Chances): number {
  const [a, b] = [s * masks, e * masks]
  let times = 0
  for (let k = 0; k < masks; k++) times += (start[a + k] ?? 0) * (end[b + k] ?? 0)
  return times
}

const byMask = (s: number, e: number, { masks, start, end }: Chances): Float64Array =>
  Float64Array.from(
    { length: masks },
    (_, k) => (start[s * masks + k] ?? 0) * (end[e * masks + k] ?? 0),
  )

/** What tells the cells of a table apart. */
export const keyOf = (column: number, { first, last }: Run): string => `${column} ${first} ${last}`

/** One cell for what is now one run of one column, where several columns expected it. */
export function merged(cells: readonly Cell[]): readonly Cell[] {
  const out = new Map<string, Cell>()
  for (const cell of cells) {
    const key = keyOf(cell.column, cell.run)
    const other = out.get(key)
    out.set(key, other === undefined ? cell : both(cell, other))
  }
  return [...out.values()]
}

function both(a: Cell, b: Cell): Cell {
  const sum = (x: number, y: number) => Math.log(Math.exp(x) + Math.exp(y))
  return {
    ...a,
    run: { ...a.run, log: Math.min(0, sum(a.run.log, b.run.log)) },
    worth: sum(a.worth, b.worth),
    byMask: a.byMask.map((chance, k) => chance + (b.byMask[k] ?? 0)),
  }
}
