// What counts as true, and that both spellings of it do.
import { expect, it } from 'vitest'
import { truthsOf } from '../../../scripts/evaluate/ask.ts'
import type { Sample } from '../../../scripts/evaluate/datasets.ts'

const sample: Sample = {
  id: 'a',
  page: { width: 1, height: 1 },
  words: [],
  fields: { date: '2020-02-03', items: ['tea', 'milk'], total: '1', tip: '' },
  fields_surface: { date: 'Feb 3, 2020', items: ['TEA', 'milk'] },
}

it.each([
  ['date', [['Feb 3, 2020', '2020-02-03']]],
  ['items', [['TEA', 'tea'], ['milk']]],
  ['total', [['1']]],
  ['tip', []],
  ['missing', []],
])('%s', (field, truths) => {
  expect(truthsOf(sample, field)).toEqual(truths)
})
