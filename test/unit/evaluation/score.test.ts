// Scores of an evaluation, counted by hand.
import { describe, expect, it } from 'vitest'
import { Scorer } from '../../../src/evaluation/score'
import { parseTruth, type Truth } from '../../../src/evaluation/truth'
import type { FieldAnswer, ScalarAnswer, Value } from '../../../src/extraction/answer'
import { parseSchema } from '../../../src/schema/parse'

const parsed = parseSchema({
  type: 'object',
  properties: {
    company: { type: 'string' },
    total: { type: 'number' },
    date: { type: 'string', format: 'date' },
    phones: { type: 'array', items: { type: 'string' } },
    items: {
      type: 'array',
      items: {
        type: 'object',
        properties: { name: { type: 'string' }, price: { type: 'number' } },
      },
    },
  },
})
if (!parsed.ok) throw new Error('the schema is not taken')
const fields = parsed.value

const scalar = (value: Value | null, raw: string | null = value?.toString() ?? null) =>
  ({
    status: value === null ? 'absent' : 'found',
    ...{ value, raw, confidence: 1, citations: [] },
  }) satisfies ScalarAnswer
const items = { status: 'found', complete: true, confidence: 1 } as const

function scoresOf(...documents: [Truth, Record<string, FieldAnswer>][]) {
  const scorer = new Scorer(fields)
  for (const [i, [truth, answers]] of documents.entries()) scorer.count(i, truth, answers)
  return scorer.scores()
}

describe('a scalar', () => {
  it.each<[string, Truth[string], string, ScalarAnswer, number, number]>([
    ['typed number', 31, 'total', scalar(31, 'RM 31.00'), 1, 1],
    ['another number', 31, 'total', scalar(310, '31.0'), 0, 0],
    ['case and white space', 'ABC  Trading', 'company', scalar('abc trading'), 1, 1],
    ['commas', 'ABC, Trading', 'company', scalar('ABC Trading'), 0, 1],
    ['another text', 'ABC', 'company', scalar('ABCD'), 0, 0],
    ['typed date', '2020-03-02', 'date', scalar('2020-03-02', '2 March 2020'), 1, 1],
    [
      'the spelling of the page',
      '2 march 2020',
      'date',
      scalar('2020-03-02', '2 March 2020'),
      1,
      1,
    ],
    ['a value without its type', '2 March', 'date', scalar(null, '2 March'), 1, 1],
  ])('by %s', (_, truth, field, answer, exact, right) => {
    const { fields: by, overall } = scoresOf([{ [field]: truth }, { [field]: answer }])
    expect(by[field]).toMatchObject({ expected: 1, given: 1, exact, right, f1: right })
    expect(by[field]?.wrong).toEqual(right === 1 ? [] : [0])
    expect(overall).toMatchObject({ expected: 1, right })
  })

  it('that is absent counts apart, and what is left out not at all', () => {
    const { fields: by } = scoresOf(
      [{ total: null }, { total: scalar(3), company: scalar('x') }],
      [{ total: null }, { total: scalar(null), company: scalar('x') }],
      [{ total: 4 }, { total: scalar(null) }],
    )
    expect(by.total).toEqual({
      ...{ expected: 1, given: 1, exact: 0, right: 0, f1: 0 },
      ...{ absent: 2, absent_filled: 0.5, wrong: [0, 2] },
    })
    expect(by.company).toMatchObject({ expected: 0, given: 0, exact: null, f1: null, absent: 0 })
  })
})

describe('a list', () => {
  it('matches every value once, exact ones first', () => {
    const answer = { ...items, items: [scalar('1-2'), scalar('12'), scalar('99')] }
    const { fields: by } = scoresOf([{ phones: ['12', '12', '7'] }, { phones: answer }])
    expect(by.phones).toMatchObject({ expected: 3, given: 3, exact: 0.3333, right: 0.6667 })
    expect(by.phones).toMatchObject({ f1: 0.6667, wrong: [0] })
  })

  it('may be empty', () => {
    const { fields: by } = scoresOf([{ phones: [] }, { phones: { ...items, items: [] } }])
    expect(by.phones).toMatchObject({ absent: 1, absent_filled: 0, wrong: [] })
  })
})

it('a table is scored by column too', () => {
  const rows = [
    { name: scalar('tea'), price: scalar(2) },
    { name: scalar('milk'), price: scalar(9) },
  ]
  const truth = {
    items: [
      { name: 'tea', price: 2 },
      { name: 'milk', price: 3 },
    ],
  }
  const { fields: by } = scoresOf([truth, { items: { ...items, rows } }])
  expect(by.items?.columns?.name).toMatchObject({ expected: 2, right: 1 })
  expect(by.items?.columns?.price).toMatchObject({ expected: 2, right: 0.5 })
  expect(by.items).toMatchObject({ expected: 4, right: 0.75 })
})

describe('true values', () => {
  it.each([
    [[], ''],
    [{ nothing: 1 }, '/nothing'],
    [{ total: [1] }, '/total'],
    [{ total: {} }, '/total'],
    [{ phones: '1' }, '/phones'],
    [{ items: [{ nothing: 1 }] }, '/items'],
    [{ items: ['a'] }, '/items'],
    [{ 'a/b': 1 }, '/a~1b'],
  ])('%j are refused where they do not fit', (json, pointer) => {
    expect(parseTruth(json, [fields])).toMatchObject({
      ...{ ok: false, failure: { kind: 'invalid', issues: [{ pointer }] } },
    })
  })

  it('may be of a field that only the other schema has', () => {
    const other = parseSchema({ type: 'object', properties: { amount: { type: 'number' } } })
    if (!other.ok) throw new Error('the schema is not taken')
    expect(parseTruth({ amount: 1, total: 1, items: null }, [fields, other.value]).ok).toBe(true)
    expect(parseTruth({ amount: 1 }, [fields]).ok).toBe(false)
  })
})
