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
  it('asks every document for the union, as lists where any document has a list', () => {
    const dataset: Dataset = {
      name: 'receipts',
      openKeys: false,
      samples: [sample('a', { total: '1' }), sample('b', { items: ['x', 'y'], total: '2' })],
    }
    const asked = [
      { field: 'total', isList: false },
      { field: 'items', isList: true },
    ]
    expect(questionsOf(dataset)).toEqual([asked, asked])
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
    expect(first[0]).toEqual({ field: 'Name', isList: false })
    expect(
      first
        .slice(1)
        .map(({ field }) => field)
        .sort(),
    ).toEqual(['Age', 'Crew', 'Port'])
    expect(first.slice(1).every(({ isList }) => !isList)).toBe(true)
  })

  it('asks for what the set says is absent, where it does', () => {
    const told = { ...sample('c', { Name: 'Ann' }, 'Ann'), absent: ['Due', 'Name'] }
    const [asked] = questionsOf({ ...dataset, samples: [told, ...samples] })
    expect(asked).toEqual([
      { field: 'Name', isList: false },
      { field: 'Due', isList: false },
    ])
  })

  it('asks the same again', () => {
    expect(questionsOf(dataset)).toEqual(questionsOf(dataset))
  })

  it('takes lists by the document', () => {
    const [, second = []] = questionsOf(dataset)
    expect(second.find(({ field }) => field === 'Crew')?.isList).toBe(true)
  })
})
