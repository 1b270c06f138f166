// Tables that were given each other's rows: what stands together is of the table that expects it the most.
import { expect, it } from 'vitest'
import { rowsApart } from '../../../src/extraction/rival-rows'
import type { Row } from '../../../src/extraction/rows'

/** A row of one-token cells, each expected so often; undefined is an empty cell. */
const row = (
  ...cells: readonly (readonly [token: number, expected: number] | undefined)[]
): Row => ({
  cells: cells.map((cell) => {
    if (cell === undefined) return undefined
    const run = { first: cell[0], last: cell[0], log: Math.log(cell[1]) }
    return { runs: [run], log: run.log, value: 'x' }
  }),
  absent: cells.map(() => 0),
})

it('leaves a row to the table that expects more of its cells', () => {
  const items = [row([1, 0.9], [2, 0.9], [3, 0.8]), row([4, 0.9], [5, 0.9], [6, 0.8])]
  const taxes = [row([2, 0.4], [3, 0.3]), row([10, 0.9], [11, 0.9])]
  const wrongly = row([10, 0.2], undefined, [11, 0.3])
  const [ofItems, ofTaxes] = rowsApart([[...items, wrongly], taxes])
  expect(ofItems).toEqual(items)
  expect(ofTaxes).toEqual(taxes.slice(1))
})

it('decides at once about rows that hang together', () => {
  const whole = [row([1, 0.6], [2, 0.6]), row([3, 0.6], [4, 0.6])]
  const across = [row([2, 0.9], [3, 0.9])]
  expect(rowsApart([whole, across])).toEqual([whole, []])
})

it('keeps the rows of tables that share nothing, in their order', () => {
  const [a, b] = [[row([5, 0.5]), row([1, 0.5])], [row([7, 0.1])]]
  expect(rowsApart([a, b])).toEqual([a, b])
  expect(rowsApart([])).toEqual([])
})
