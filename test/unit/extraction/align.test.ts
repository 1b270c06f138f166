// Cells that a mask put one row off go where the page has them; what the page does not settle stays; nothing is lost.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aligned } from '../../../src/extraction/align'
import type { Row } from '../../../src/extraction/rows'

/** Three tokens a visual row. */
const visualRow = Int32Array.from({ length: 60 }, (_, token) => Math.floor(token / 3))

const row = (...tokens: readonly (number | null)[]): Row => ({
  absent: tokens.map(() => -1),
  cells: tokens.map((token) =>
    token === null
      ? undefined
      : { runs: [{ first: token, last: token, log: -1 }], log: -1, value: 'x' },
  ),
})
const tokensOf = (rows: readonly Row[]) =>
  rows.map(({ cells }) => cells.map((cell) => cell?.runs[0]?.first ?? null))

describe('aligned', () => {
  it('moves a cell to the row that it stands in', () => {
    const rows = [row(0, 2), row(3, 8), row(6, null)]
    expect(tokensOf(aligned(rows, visualRow))).toEqual([
      [0, 2],
      [3, null],
      [6, 8],
    ])
  })

  it('moves a whole column that is one row off', () => {
    const rows = [row(0, 5), row(3, 8), row(6, null)]
    expect(tokensOf(aligned(rows, visualRow))).toEqual([
      [0, null],
      [3, 5],
      [6, 8],
    ])
  })

  it('leaves cells that stand below the others of their row', () => {
    const rows = [row(0, 3), row(6, 9)]
    expect(tokensOf(aligned(rows, visualRow))).toEqual([
      [0, 3],
      [6, 9],
    ])
  })

  it('loses no cell and invents none', () => {
    const cell = fc.option(fc.nat(59))
    const table = fc.array(
      fc.tuple(cell, cell, cell).filter((cells) => cells.some((c) => c !== null)),
      { maxLength: 8 },
    )
    fc.assert(
      fc.property(table, (given) => {
        const before = given.map((cells) => row(...cells))
        const columns = (rows: readonly Row[]) =>
          [0, 1, 2].map((c) =>
            tokensOf(rows)
              .flatMap((cells) => cells[c] ?? [])
              .sort((a, b) => a - b),
          )
        expect(columns(aligned(before, visualRow))).toEqual(columns(before))
      }),
      { seed: 5 },
    )
  })
})
