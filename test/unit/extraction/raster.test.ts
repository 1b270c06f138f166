// Raster order: a permutation whatever the boxes, and rows as people see them.
import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Box } from '../../../src/document/words'
import { rasterRows } from '../../../src/extraction/raster'

const coordinate = fc.integer({ min: 0, max: 300 })
const boxes = fc.array(
  fc
    .tuple(coordinate, coordinate, coordinate, coordinate)
    .map(([x, y, w, h]): Box => [x, y, x + w, y + h]),
  { maxLength: 60 },
)

it('has every word once, rows never empty and each from left to right', () => {
  fc.assert(
    fc.property(boxes, (given) => {
      const rows = rasterRows(given)
      expect(rows.flat().sort((a, b) => a - b)).toEqual(given.map((_, i) => i))
      for (const row of rows) {
        const lefts = row.map((i) => given[i]?.[0] ?? -1)
        expect(lefts).toEqual(lefts.toSorted((a, b) => a - b))
        expect(row.length).toBeGreaterThan(0)
      }
    }),
    { seed: 21 },
  )
})

it('joins words of a slightly uneven row and parts close rows', () => {
  const given: Box[] = [
    [200, 12, 250, 32],
    [10, 10, 60, 30],
    [100, 8, 150, 28],
    [10, 31, 60, 51],
  ]
  expect(rasterRows(given)).toEqual([[1, 2, 0], [3]])
})

it('keeps the order given of words at the same place', () => {
  const same: Box = [5, 5, 10, 10]
  expect(rasterRows([same, same, same])).toEqual([[0, 1, 2]])
})

it('gives words without height a row each, at the same middle too', () => {
  expect(
    rasterRows([
      [0, 5, 5, 5],
      [9, 5, 12, 5],
    ]),
  ).toEqual([[0], [1]])
})
