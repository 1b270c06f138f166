// A row counts when all of it is right: one wrong, missing or invented cell makes it wrong.
import { expect, it } from 'vitest'
import { countRows, type Row, rowShares } from '../../../scripts/evaluate/rows.ts'

const tea = { what: 'tea', price: '1.50' }
const milk = { what: 'milk', price: '2.00' }

it.each<[string, Row[], Row[], number]>([
  ['punctuation is forgiven, order too', [tea, milk], [milk, { what: 'Tea', price: '1,50' }], 2],
  ['a wrong cell', [tea], [{ what: 'tea', price: '2.50' }], 0],
  ['a missing cell', [tea], [{ what: 'tea' }], 0],
  ['an invented cell', [{ what: 'tea' }], [tea], 0],
  ['the same row twice is there once', [tea], [tea, tea], 1],
  ['nothing given', [tea], [], 0],
])('%s', (_, truths, given, right) => {
  const tally = { truths: 0, given: 0, right: 0 }
  countRows(tally, truths, given)
  expect(tally).toEqual({ truths: truths.length, given: given.length, right })
})

it('shares are of what was given and of what was true', () => {
  expect(rowShares({ truths: 4, given: 2, right: 1 })).toEqual({
    precision: 50,
    recall: 25,
    f1: 33.33,
  })
  expect(rowShares({ truths: 0, given: 0, right: 0 })).toEqual({
    precision: null,
    recall: null,
    f1: null,
  })
})
