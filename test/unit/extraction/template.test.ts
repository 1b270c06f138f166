// Templates: what they say, that they fit, and what is refused.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { templatesOf } from '../../../src/extraction/template'
import { MAX_TEMPLATE_TOKENS } from '../../../src/limits'
import type { Field, ListField, ScalarField, TableField } from '../../../src/schema/field'
import { wordpiece } from './vocabulary'

const scalar = (name: string, rest: Partial<ScalarField> = {}): ScalarField => ({
  kind: 'scalar',
  name,
  type: 'string',
  labels: [name],
  options: [],
  ...rest,
})
const list = (name: string, maxItems?: number): ListField => ({
  kind: 'list',
  name,
  item: scalar(name),
  maxItems,
})
const table = (name: string, columns: readonly string[], maxItems?: number): TableField => ({
  kind: 'table',
  name,
  label: name,
  columns: columns.map((column) => scalar(column)),
  maxItems,
})

const vocabulary = (ids: readonly number[], text: string) =>
  expect(ids).toEqual([101, ...wordpieceIds(text), 102])
const wordpieceIds = (text: string) =>
  text.split(' ').flatMap((word) => (word === 'M' ? [103] : wordpiece.encode(word).ids))

function made(fields: readonly Field[]) {
  const templates = templatesOf(fields, wordpiece)
  if (!templates.ok) throw new Error(JSON.stringify(templates.failure))
  return templates.value
}

function refused(fields: readonly Field[]) {
  const templates = templatesOf(fields, wordpiece)
  if (templates.ok || templates.failure.kind !== 'invalid') throw new Error('Not refused')
  return templates.failure.issues.map(({ pointer }) => pointer)
}

describe('a template', () => {
  it('has labels, masks and options as the protocol orders them', () => {
    const enumerated = scalar('payment', { type: 'enum', options: ['Cash', 'Credit card'] })
    const [template] = made([scalar('total', { labels: ['Total', 'Amount Due'] }), enumerated])
    vocabulary(template?.ids ?? [], 'total / amount due M M payment M M cash , credit card ,')
    expect(template?.slot).toEqual([0, 0, 0, 0, 0, 1, 2, 0, 1, 2, 0, 0, 0, 0, 0, 0])
    expect(template?.maskPositions).toEqual([5, 6, 8, 9])
    expect(template?.parts.map(({ firstMask }) => firstMask)).toEqual([0, 2])
    expect(template?.parts[1]?.options).toEqual([
      { first: 10, last: 10 },
      { first: 12, last: 13 },
    ])
  })

  it('gives every column of a table its run of masks', () => {
    const [template] = made([table('items', ['price', 'what'], 3)])
    vocabulary(template?.ids ?? [], `items / price${' M'.repeat(8)} items / what${' M'.repeat(8)}`)
    expect(template?.parts[0]).toMatchObject({ firstMask: 0, masks: 8 })
  })

  it('cuts labels at 24 tokens', () => {
    const [template] = made([scalar('x', { labels: ['a '.repeat(40)] })])
    expect(template?.ids).toHaveLength(24 + 2 + 2)
  })

  it.each([
    [undefined, 16],
    [1, 8],
    [8, 8],
    [9, 16],
    [16, 16],
    [17, 32],
    [1000, 32],
  ])('has for maxItems %s %i masks', (maxItems, masks) => {
    expect(made([list('names', maxItems)])[0]?.parts[0]?.masks).toBe(masks)
  })

  it('takes fewer masks, then shorter labels, before a table is refused', () => {
    const names = (count: number) => Array.from({ length: count }, (_, i) => `column number ${i}`)
    expect(made([table('t', names(9))])[0]?.parts[0]?.masks).toBe(16)
    expect(made([table('t', names(10))])[0]?.parts[0]?.masks).toBe(8)
    expect(made([table('t', names(14))])[0]?.parts[0]?.masks).toBe(8)
    expect(made([table('long words here', names(13))])[0]?.ids.length).toBeLessThanOrEqual(192)
    expect(refused([scalar('a'), table('t/1', names(15))])).toEqual(['/properties/t~11'])
  })
})

describe('several templates', () => {
  it('hold every field once, whole, and none is too long', () => {
    const label = fc.string({ unit: fc.constantFrom('a', 'b', 'x', ' ', '7'), maxLength: 60 })
    const field = fc.oneof(
      label.map((l) => scalar(`s ${l}`)),
      label.map((l) => list(`l ${l}`)),
      fc.tuple(label, fc.array(label, { minLength: 1, maxLength: 6 })).map(([l, c]) =>
        table(
          `t ${l}`,
          c.map((name, i) => `${i} ${name}`),
        ),
      ),
    )
    fc.assert(
      fc.property(fc.array(field, { maxLength: 30 }), (fields) => {
        const templates = made(fields)
        const parts = templates.flatMap((template) => template.parts)
        expect(new Set(parts.map((part) => part.field))).toEqual(new Set(fields))
        expect(parts).toHaveLength(fields.length)
        for (const { ids, slot, maskPositions } of templates) {
          expect(ids.length).toBeLessThanOrEqual(MAX_TEMPLATE_TOKENS)
          expect(ids.flatMap((id, i) => (id === 103 ? [i] : []))).toEqual(maskPositions)
          expect(slot.flatMap((n, i) => (n > 0 ? [i] : []))).toEqual(maskPositions)
        }
      }),
      { seed: 24, numRuns: 50 },
    )
  })

  it('fill the first up to its last token', () => {
    const wide = (name: string, tokens: number) => scalar(name, { labels: ['a '.repeat(tokens)] })
    const seven = Array.from({ length: 7 }, (_, i) => wide(`f${i}`, 24))
    expect(made([...seven, wide('g', 6)])).toHaveLength(1)
    expect(made([...seven, wide('g', 7)])).toHaveLength(2)
  })
})

describe('a field that cannot be asked', () => {
  it('is an enum beyond one template', () => {
    const options = (count: number) => Array.from({ length: count }, (_, i) => `a b c d ${i}`)
    const choice = (count: number) => scalar('x', { type: 'enum', options: options(count) })
    expect(made([choice(31)])).toHaveLength(1)
    expect(refused([choice(32)])).toEqual(['/properties/x'])
  })

  it('has a name or an option of which no token is left', () => {
    expect(refused([scalar('\u200b')])).toEqual(['/properties/\u200b'])
    expect(refused([scalar('x', { type: 'enum', options: ['\u200b'] })])).toEqual(['/properties/x'])
  })
})
