// What a document is asked for: by set where the fields are fixed, by document where the keys are open.
import { describe, expect, it } from 'vitest'
import { type Dataset, questionsOf, type Sample } from '../../../scripts/evaluate/datasets.ts'

const sample = (id: string, fields: Sample['fields'], text = ''): Sample => ({
  id,
  page: { width: 100, height: 100 },
  words: text.split(' ').map((word) => ({ text: word, box: [0, 0, 1, 1] })),
  fields,
})

describe('fixed fields', () => {
  it('asks every document for the union, as lists where a fifth of those that have it hold several', () => {
    const dataset: Dataset = {
      name: 'receipts',
      openKeys: false,
      samples: [sample('a', { total: '1' }), sample('b', { items: ['x', 'y'], total: '2' })],
    }
    const asked = [
      { field: 'total', kind: 'scalar' },
      { field: 'items', kind: 'list' },
    ]
    expect(questionsOf(dataset)).toEqual([asked, asked])
  })

  it.each([
    [4, 'list'],
    [5, 'scalar'],
  ])('a value that one in %i + 1 documents has twice is a %s', (once, kind) => {
    const samples = Array.from({ length: once }, (_, i) => sample(`${i}`, { total: '1' }))
    samples.push(sample('twice', { total: ['1', '1.00'] }))
    const [asked] = questionsOf({ name: 'receipts', openKeys: false, samples })
    expect(asked).toEqual([{ field: 'total', kind }])
  })
})

describe('open keys', () => {
  const samples = [
    sample('a', { Name: 'Ann' }, 'Name: Ann Vessel'),
    sample('b', { Vessel: 'Aurora', Age: '7', Crew: ['x'], Port: 'Oslo', of: 'y' }, 'Vessel'),
  ]
  const dataset: Dataset = { name: 'forms', openKeys: true, samples }

  it('asks for the own keys and for three that the page does not show', () => {
    const [first = []] = questionsOf(dataset)
    expect(first[0]).toEqual({ field: 'Name', kind: 'scalar' })
    expect(
      first
        .slice(1)
        .map(({ field }) => field)
        .sort(),
    ).toEqual(['Age', 'Crew', 'Port'])
    expect(first.slice(1).every(({ kind }) => kind === 'scalar')).toBe(true)
  })

  it('asks for what the set says is absent, where it does', () => {
    const told = { ...sample('c', { Name: 'Ann' }, 'Ann'), absent: ['Due', 'Name'] }
    const [asked] = questionsOf({ ...dataset, samples: [told, ...samples] })
    expect(asked).toEqual([
      { field: 'Name', kind: 'scalar' },
      { field: 'Due', kind: 'scalar' },
    ])
  })

  it('asks for the tables and choices that the document names', () => {
    const rich: Sample = {
      ...sample('d', { Name: 'Ann' }, 'Ann'),
      absent: [],
      tables: { items: { columns: ['what', 'price'], rows: [{ what: 'tea' }] } },
      choices: { 'paid by': { options: ['cash', 'card'], answer: null } },
    }
    const [asked] = questionsOf({ ...dataset, samples: [rich, ...samples] })
    expect(asked).toEqual([
      { field: 'Name', kind: 'scalar' },
      { field: 'items', kind: 'table', columns: ['what', 'price'] },
      { field: 'paid by', kind: 'enum', options: ['cash', 'card'] },
    ])
  })

  it('asks the same again', () => {
    expect(questionsOf(dataset)).toEqual(questionsOf(dataset))
  })

  it('takes lists by the document', () => {
    const [, second = []] = questionsOf(dataset)
    expect(second.find(({ field }) => field === 'Crew')?.kind).toBe('list')
  })
})
