// Rows of several windows in one order, those that were seen twice told once.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mergeRows, type Row } from '../../../src/extraction/rows'

type Cell = readonly [first: number, last: number, log?: number] | null

const row = (...cells: readonly Cell[]): Row => ({
  absent: cells.map(() => -1),
  cells: cells.map((cell) => {
    if (cell === null) return undefined
    const [first, last, log = -1] = cell
    return { runs: [{ first, last, log }], log, value: 'x' }
  }),
})
const firsts = (rows: readonly Row[]) =>
  rows.map(({ cells }) => cells.map((cell) => cell?.runs[0]?.first ?? null))

describe('mergeRows', () => {
  it('orders by the page', () => {
    expect(firsts(mergeRows([row([8, 9]), row([2, 3]), row([5, 5])], 10))).toEqual([[2], [5], [8]])
  })

  it('keeps of the same row the fuller, then the likelier', () => {
    const cut = row([1, 1, -0.1], null)
    const whole = row([1, 2, -3], [4, 4, -3])
    expect(firsts(mergeRows([cut, whole], 10))).toEqual([[1, 4]])
    const likely = row([3, 4, -0.5])
    expect(mergeRows([row([4, 5, -0.9]), likely], 10)).toEqual([likely])
  })

  it('does not take one column for another', () => {
    const rows = [row([1, 1], null), row(null, [1, 1])]
    expect(mergeRows(rows, 10)).toHaveLength(2)
  })

  it('leaves no token told twice, and nothing out that shares no token', () => {
    const cell = fc.option(
      fc.tuple(fc.nat(40), fc.nat(5), fc.double({ min: -9, max: 0, noNaN: true })),
    )
    const rows = fc.array(
      fc
        .tuple(cell, cell)
        .filter((cells) => cells.some((c) => c !== null))
        .map((cells) =>
          row(...cells.map((c): Cell => (c === null ? null : [c[0], c[0] + c[1], c[2]]))),
        ),
      { maxLength: 25 },
    )
    const tokens = ({ cells }: Row) =>
      cells.flatMap((c, i) =>
        (c?.runs ?? []).flatMap(({ first, last }) =>
          Array.from({ length: last - first + 1 }, (_, k) => `${i}:${first + k}`),
        ),
      )
    fc.assert(
      fc.property(rows, (given) => {
        const merged = mergeRows(given, 50)
        const told = merged.flatMap(tokens)
        expect(new Set(told).size).toBe(told.length)
        for (const left of given.filter((r) => !merged.includes(r))) {
          expect(tokens(left).some((token) => told.includes(token))).toBe(true)
        }
      }),
      { seed: 51 },
    )
  })
})
