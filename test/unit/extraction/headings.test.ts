// A table whose columns the page heads, read by a model that takes one column for another.
import { describe, expect, it } from 'vitest'
import { extract } from '../../../src/extraction/extract'
import type { TableField } from '../../../src/schema/field'
import { IdealFiller, type Truth } from './ideal-filler'
import { documentOf } from './pages'
import { wordpiece } from './vocabulary'

const columnOf = (name: string) =>
  ({ kind: 'scalar', name, type: 'string', labels: [name], options: [] }) as const

const fieldOf = (...names: readonly string[]): TableField => ({
  kind: 'table',
  name: 'lines',
  label: 'lines',
  columns: names.map(columnOf),
  maxItems: undefined,
})

const BODY = [
  '7     Bolt         500     0.22        110.00',
  '8     Nut          90      0.08        40.00',
]

/** By row the columns' values. `says` is what the model takes for each column. */
async function read(lines: readonly string[], field: TableField, says: Truth) {
  const truth = Object.fromEntries(Object.entries(says).map(([k, v]) => [`lines / ${k}`, v]))
  const answer = await extract(documentOf(lines), [field], new IdealFiller(truth), wordpiece)
  if (!answer.ok) throw new Error('no answer')
  const lineAnswer = answer.value.fields.lines
  if (lineAnswer === undefined || !('rows' in lineAnswer)) throw new Error('no table')
  return lineAnswer.rows.map((row) => Object.values(row).map(({ value }) => value))
}

describe('a table under printed headings', () => {
  const page = ['Item  Description  Qty     Unit Cost   Ext Cost', ...BODY]

  it('has each cell in the column that it stands under', async () => {
    const says = { qty: ['0.22', '0.08'], 'unit cost': ['500', '90'] }
    expect(await read(page, fieldOf('qty', 'unit cost'), says)).toEqual([
      ['500', '0.22'],
      ['90', '0.08'],
    ])
  })

  it('has no cell that stands under the heading of something else', async () => {
    const says = {
      description: ['Bolt', 'Nut'],
      qty: ['500', '90'],
      'unit cost': ['110.00', '40.00'],
    }
    expect(await read(page, fieldOf('description', 'qty', 'unit cost'), says)).toEqual([
      ['Bolt', '500', null],
      ['Nut', '90', null],
    ])
  })

  it('leaves a column to the model that no heading names', async () => {
    const says = { description: ['Bolt', 'Nut'], qty: ['500', '90'], sum: ['110.00', '40.00'] }
    expect(await read(page, fieldOf('description', 'qty', 'sum'), says)).toEqual([
      ['Bolt', '500', '110.00'],
      ['Nut', '90', '40.00'],
    ])
  })

  it('takes no heading from below, and none from one label alone', async () => {
    const swapped = { qty: ['0.22', '0.08'], 'unit cost': ['500', '90'] }
    const field = fieldOf('qty', 'unit cost')
    const asSaid = [
      ['0.22', '500'],
      ['0.08', '90'],
    ]
    expect(await read([...BODY, page[0] ?? ''], field, swapped)).toEqual(asSaid)
    const alone = ['Item  Description  Qty     Price       Ext Cost', ...BODY]
    expect(await read(alone, field, swapped)).toEqual(asSaid)
  })
})
