// Rows of several windows, put in the order of the page; a row that was seen twice, in the overlap of two windows, is told once.
// A list is a table of one column.
import type { Choice } from './decode'
import type { Items } from './items'

/** By column, the cell's choice, and the log-probability that it is empty. */
export interface Row {
  readonly cells: readonly (Choice | undefined)[]
  readonly absent: readonly number[]
}

/** The rows of one window. */
export function rowsOf({ rows }: Items): readonly Row[] {
  return rows.map((row) => ({
    cells: row.map(({ best }) => best),
    absent: row.map(({ absent }) => absent),
  }))
}

/** The last page token of the last row; undefined for no row. */
export function lastToken(rows: readonly Row[]): number | undefined {
  const runs = rows.at(-1)?.cells.flatMap((cell) => cell?.runs ?? []) ?? []
  return runs.length === 0 ? undefined : Math.max(...runs.map(({ last }) => last))
}

/**
 * Distinct rows in the order of the page. Rows that share a token in a column are the same row; the one with more
 * cells is kept (the other was cut by its window), then the likelier one.
 */
export function mergeRows(rows: readonly Row[], tokenCount: number): readonly Row[] {
  const claimed: Uint8Array[] = []
  const kept: Row[] = []
  for (const row of rows.toSorted(byWorth)) {
    if (claims(row, claimed, tokenCount)) kept.push(row)
  }
  return kept.sort((a, b) => firstToken(a) - firstToken(b))
}

const filled = ({ cells }: Row): number => cells.filter((cell) => cell !== undefined).length
const likelihood = ({ cells }: Row): number =>
  cells.reduce((sum, cell) => sum + (cell?.log ?? 0), 0)
const byWorth = (a: Row, b: Row): number => filled(b) - filled(a) || likelihood(b) - likelihood(a)

const firstToken = ({ cells }: Row): number =>
  Math.min(...cells.flatMap((cell) => cell?.runs ?? []).map(({ first }) => first))

/** Marks the tokens of a row by column; false, and nothing marked, when one is marked already. */
function claims({ cells }: Row, claimed: Uint8Array[], tokenCount: number): boolean {
  const places = cells.flatMap((cell, column) => {
    claimed[column] ??= new Uint8Array(tokenCount)
    const marks = claimed[column]
    return (cell?.runs ?? []).map((run) => ({ marks, run }))
  })
  const isNew = places.every(
    ({ marks, run }) => !marks.subarray(run.first, run.last + 1).includes(1),
  )
  if (isNew) for (const { marks, run } of places) marks.fill(1, run.first, run.last + 1)
  return isNew
}
