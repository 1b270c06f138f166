// Tables that claim the same cells. Each is read without regard to the others, so where two are asked of one page, each is mostly given rows of both;
// what stands together on the page is of one table, and that is the one that expects it the most (docs/decisions/0014-one-place-one-field.md).
import type { Row } from './rows'

interface Placed {
  readonly row: Row
  readonly table: number
}

/** The rows of tables, each without those of which another table has more. */
export function rowsApart(tables: readonly (readonly Row[])[]): readonly (readonly Row[])[] {
  const placed = tables.flatMap((rows, table) => rows.map((row) => ({ row, table })))
  const owners = new Map<Row, number>()
  for (const group of together(placed)) {
    const worth = tables.map(() => 0)
    for (const { row, table } of group) worth[table] = (worth[table] ?? 0) + worthOf(row)
    const best = worth.indexOf(Math.max(...worth))
    for (const { row } of group) owners.set(row, best)
  }
  return tables.map((rows, table) => rows.filter((row) => owners.get(row) === table))
}

/** Rows that share a token, with whatever shares one with those. */
function together(placed: readonly Placed[]): Iterable<readonly Placed[]> {
  const parents = placed.map((_, i) => i)
  const rootOf = (i: number): number => {
    const parent = parents[i] ?? i
    if (parent === i) return i
    const root = rootOf(parent)
    parents[i] = root
    return root
  }
  const firstAt = new Map<number, number>()
  for (const [i, { row }] of placed.entries()) {
    for (const token of tokensOf(row)) {
      const first = firstAt.get(token)
      if (first === undefined) firstAt.set(token, i)
      else parents[rootOf(i)] = rootOf(first)
    }
  }
  return Map.groupBy(placed, (_, i) => rootOf(i)).values()
}

const runsOf = ({ cells }: Row) => cells.flatMap((cell) => cell?.runs ?? [])

const tokensOf = (row: Row): readonly number[] =>
  runsOf(row).flatMap(({ first, last }) =>
    Array.from({ length: last - first + 1 }, (_, i) => first + i),
  )

/** How many of its cells are expected. */
const worthOf = ({ cells }: Row): number =>
  cells.reduce((sum, cell) => sum + (cell === undefined ? 0 : Math.exp(cell.log)), 0)
