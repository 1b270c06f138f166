// What a document says about its own conventions.
import { expect, it } from 'vitest'
import { cluesOf } from '../../../src/extraction/clues'

const of = (text: string) => cluesOf(text.split(' ').map((word) => ({ text: word })))

it.each([
  ['', 'day-first'],
  ['03/04/2020', 'day-first'],
  ['03/04/2020 $5.00', 'month-first'],
  ['03/04/2020 USD', 'month-first'],
  ['03/04/2020 S$5.00', 'day-first'],
  ['13/04/2020 $5.00', 'day-first'],
  ['04/13/2020', 'month-first'],
  ['02/03/20-03/29/20', 'month-first'],
  ['04/13/2020 13/04/2020 14/04/2020', 'day-first'],
  ['2020-03-13 192.168.13.1 13/13/2020', 'day-first'],
])('%j is written %s', (text, order) => {
  expect(of(text).dateOrder).toBe(order)
})

it.each([
  ['', undefined],
  ['12.50 13,20', undefined],
  ['RM12.50', '.'],
  ['1.234,50 7,20 3.10', ','],
  ['1.234 1,234', undefined],
  ['12.05.2020', undefined],
  ['Rp1.250.000', ','],
  ['1,250,000 JPY', '.'],
  ['25.849 3.213', ','],
  ['25.849', undefined],
  ['Rp 25.849', ','],
  ['Rp 12', undefined],
  ['25.849 3,213', undefined],
  ['3.479 15.863 55.19', '.'],
  ['0.125 0.250', undefined],
  ['123.456.789-00 390.998.2646', undefined],
])('the amounts of %j have the mark %s', (text, mark) => {
  expect(of(text).decimalMark).toBe(mark)
})
