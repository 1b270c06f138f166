// Whether the rows of a table came back: a row is right when every cell of it is, in letters and digits, and no cell is invented.
// Rows are matched as a multiset, as lists are; their order plays no part.
import { sameLettersAndDigits } from './text.ts'

/** Cells by column, empty ones left out. */
export type Row = Readonly<Record<string, string>>

export interface RowTally {
  truths: number
  given: number
  right: number
}

/** Shares as 0..100; null where there was nothing to count. */
export interface RowShares {
  readonly precision: number | null
  readonly recall: number | null
  readonly f1: number | null
}

export function countRows(tally: RowTally, truths: readonly Row[], given: readonly Row[]): void {
  const used = new Set<number>()
  for (const truth of truths) {
    const at = given.findIndex((row, i) => !used.has(i) && sameRow(row, truth))
    if (at >= 0) used.add(at)
  }
  tally.truths += truths.length
  tally.given += given.length
  tally.right += used.size
}

export function rowShares({ truths, given, right }: RowTally): RowShares {
  const share = (part: number, whole: number) =>
    whole === 0 ? null : Math.round((10_000 * part) / whole) / 100
  return {
    precision: share(right, given),
    recall: share(right, truths),
    f1: share(2 * right, given + truths),
  }
}

function sameRow(given: Row, truth: Row): boolean {
  const columns = new Set([...Object.keys(given), ...Object.keys(truth)])
  return [...columns].every((column) => {
    const [is, should] = [given[column], truth[column]]
    return is !== undefined && should !== undefined && sameLettersAndDigits(is, should)
  })
}
