// The JSON Schema subset: what is taken, how it is labelled, and where a refusal points.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  MAX_ALIASES,
  MAX_ENUM_OPTIONS,
  MAX_FIELDS,
  MAX_ISSUES,
  MAX_ITEMS,
  MAX_LABEL_CHARS,
} from '../../../src/limits'
import { parseSchema } from '../../../src/schema/parse'

const object = (properties: object, rest: object = {}) => ({ type: 'object', properties, ...rest })

function fieldsOf(json: unknown) {
  const parsed = parseSchema(json)
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.failure))
  return parsed.value
}

function pointersOf(json: unknown): string[] {
  const parsed = parseSchema(json)
  if (parsed.ok || parsed.failure.kind !== 'invalid') throw new Error('Not refused as invalid')
  return parsed.failure.issues.map(({ pointer }) => pointer)
}

const fieldOf = (node: unknown) => fieldsOf(object({ invoiceNumber: node }))[0]
const pointersIn = (node: unknown) => pointersOf(object({ x: node }))

describe('scalars', () => {
  it('take every type and format', () => {
    const nodes: [object, string][] = [
      [{ type: 'string' }, 'string'],
      [{ type: 'number' }, 'number'],
      [{ type: 'integer' }, 'integer'],
      [{ type: 'boolean' }, 'boolean'],
      [{ type: 'string', format: 'date' }, 'date'],
      [{ type: 'string', format: 'date-time' }, 'date-time'],
      [{ type: 'string', format: 'time' }, 'time'],
      [{ type: 'string', format: 'email' }, 'email'],
      [{ type: 'string', format: 'uri' }, 'uri'],
      [{ type: ['number', 'null'] }, 'number'],
      [{ type: ['null', 'string'], format: 'date' }, 'date'],
      [{ enum: ['a', 'b'] }, 'enum'],
      [{ type: 'string', enum: ['a', 'b'] }, 'enum'],
    ]
    for (const [node, type] of nodes) expect(fieldOf(node)).toMatchObject({ kind: 'scalar', type })
  })

  it('are labelled by title, name, aliases and description, each once', () => {
    const labels = (node: object) => {
      const field = fieldOf({ type: 'string', ...node })
      return field?.kind === 'scalar' ? field.labels : []
    }
    expect(labels({})).toEqual(['invoice number'])
    expect(
      labels({ title: 'Bill', 'x-aliases': ['No.', 'bill'], description: ' on\ntop ' }),
    ).toEqual(['Bill', 'invoice number', 'No.', 'on top'])
    expect(labels({ title: 'Invoice Number' })).toEqual(['Invoice Number'])
  })

  it('keep the options of an enum and leave null out', () => {
    expect(fieldOf({ type: ['string', 'null'], enum: ['cash', 'card', null] })).toMatchObject({
      options: ['cash', 'card'],
    })
  })
})

describe('lists and tables', () => {
  it('label the items as the list, then as themselves', () => {
    const items = { type: 'string', description: 'one name' }
    expect(fieldOf({ type: 'array', title: 'Payees', items, maxItems: 3, minItems: 0 })).toEqual({
      kind: 'list',
      name: 'invoiceNumber',
      maxItems: 3,
      item: {
        kind: 'scalar',
        name: 'invoiceNumber',
        type: 'string',
        labels: ['Payees', 'invoice number', 'one name'],
        options: [],
      },
    })
  })

  it('read flat objects as columns', () => {
    const items = object(
      { unitPrice: { type: 'number' }, what: { enum: ['a'] } },
      { required: ['what'], additionalProperties: false },
    )
    const field = fieldOf({ type: ['array', 'null'], items })
    expect(field).toMatchObject({ kind: 'table', label: 'invoice number', maxItems: undefined })
    expect(field?.kind === 'table' && field.columns.map(({ labels }) => labels)).toEqual([
      ['unit price'],
      ['what'],
    ])
  })
})

describe('harmless keywords', () => {
  it('are taken', () => {
    const node = { type: 'string', examples: ['a', 1, null], $comment: 'x' }
    const rest = {
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      $id: 'urn:x',
      title: 't',
    }
    const schema = object({ a: node }, { ...rest, required: ['a'], additionalProperties: false })
    expect(fieldsOf(schema)).toHaveLength(1)
  })
})

describe('refusals point at the place', () => {
  it.each([
    ['not an object', 3, ['']],
    ['null', null, ['']],
    ['an array', [], ['/type', '/properties']],
    ['a boolean schema', true, ['']],
    ['no type', { properties: { a: { type: 'string' } } }, ['/type']],
    ['another type', { type: 'array', properties: { a: { type: 'string' } } }, ['/type']],
    ['no properties', { type: 'object' }, ['/properties']],
    ['empty properties', object({}), ['/properties']],
    ['properties in an array', object([]), ['/properties']],
    ['unknown keyword', object({ a: { type: 'string' } }, { $defs: {} }), ['/$defs']],
    [
      'open objects',
      object({ a: { type: 'string' } }, { additionalProperties: true }),
      ['/additionalProperties'],
    ],
    ['blank name', object({ ' ': { type: 'string' } }), ['/properties/ ']],
    ['empty name', object({ '': { type: 'string' } }), ['/properties/']],
    [
      '__proto__',
      JSON.parse('{"type":"object","properties":{"__proto__":{"type":"string"}}}'),
      ['/properties/__proto__'],
    ],
  ])('%s', (_, json, pointers) => {
    expect(pointersOf(json)).toEqual(pointers)
  })

  it.each([
    ['no type', {}, ['/properties/x/type']],
    ['unknown type', { type: 'money' }, ['/properties/x/type']],
    ['null alone', { type: 'null' }, ['/properties/x/type']],
    ['two types', { type: ['string', 'number'] }, ['/properties/x/type']],
    ['unknown format', { type: 'string', format: 'iban' }, ['/properties/x/format']],
    ['format of a number', { type: 'number', format: 'date' }, ['/properties/x/format']],
    ['pattern', { type: 'string', pattern: 'a' }, ['/properties/x/pattern']],
    ['reference', { $ref: '#/$defs/a' }, ['/properties/x/$ref']],
    ['nested object', object({ a: { type: 'string' } }), ['/properties/x/type']],
    ['array of nothing', { type: 'array' }, ['/properties/x/items']],
    ['array of arrays', { type: 'array', items: { type: 'array' } }, ['/properties/x/items/type']],
    [
      'tuples',
      { type: 'array', prefixItems: [], items: { type: 'string' } },
      ['/properties/x/prefixItems'],
    ],
    [
      'deep objects',
      { type: 'array', items: object({ 'a/b~c': object({}) }) },
      ['/properties/x/items/properties/a~1b~0c/type'],
    ],
    ['empty enum', { enum: [] }, ['/properties/x/enum']],
    ['enum of null', { enum: [null] }, ['/properties/x/enum']],
    ['enum of numbers', { enum: ['a', 5] }, ['/properties/x/enum/1']],
    ['enum of a number type', { type: 'integer', enum: ['1'] }, ['/properties/x/type']],
    ['enum with a format', { enum: ['a'], format: 'date' }, ['/properties/x/format']],
    ['enum twice', { enum: ['a', 'a'] }, ['/properties/x/enum']],
    ['aliases in a string', { type: 'string', 'x-aliases': 'a' }, ['/properties/x/x-aliases']],
    ['blank alias', { type: 'string', 'x-aliases': ['a', ' '] }, ['/properties/x/x-aliases/1']],
    [
      'half an item',
      { type: 'array', items: { type: 'string' }, maxItems: 1.5 },
      ['/properties/x/maxItems'],
    ],
    [
      'no item',
      { type: 'array', items: { type: 'string' }, maxItems: 0 },
      ['/properties/x/maxItems'],
    ],
  ])('%s', (_, node, pointers) => {
    expect(pointersIn(node)).toEqual(pointers)
  })
})

describe('limits, on both sides', () => {
  const many = (count: number, node: unknown) =>
    object(Object.fromEntries(Array.from({ length: count }, (_, i) => [`f${i}`, node])))
  const strings = (count: number) => Array.from({ length: count }, (_, i) => `s${i}`)
  const text = { type: 'string' }

  it('fields and columns', () => {
    expect(fieldsOf(many(MAX_FIELDS, text))).toHaveLength(MAX_FIELDS)
    expect(pointersOf(many(MAX_FIELDS + 1, text))).toEqual(['/properties'])
    const table = (columns: number) => object({ t: { type: 'array', items: many(columns, text) } })
    expect(fieldsOf(table(MAX_FIELDS - 1))).toHaveLength(1)
    expect(pointersOf(table(MAX_FIELDS))).toEqual(['/properties/t/items/properties'])
  })

  it('options, aliases, characters, items', () => {
    const sides: [taken: object, refused: object, pointer: string][] = [
      [{ enum: strings(MAX_ENUM_OPTIONS) }, { enum: strings(MAX_ENUM_OPTIONS + 1) }, 'enum'],
      [
        { ...text, 'x-aliases': strings(MAX_ALIASES) },
        { ...text, 'x-aliases': strings(MAX_ALIASES + 1) },
        'x-aliases',
      ],
      [
        { ...text, title: 'a'.repeat(MAX_LABEL_CHARS) },
        { ...text, title: 'a'.repeat(MAX_LABEL_CHARS + 1) },
        'title',
      ],
      [
        { type: 'array', items: text, maxItems: MAX_ITEMS },
        { type: 'array', items: text, maxItems: MAX_ITEMS + 1 },
        'maxItems',
      ],
    ]
    for (const [taken, refused, pointer] of sides) {
      expect(fieldOf(taken)).toBeDefined()
      expect(pointersIn(refused)).toEqual([`/properties/x/${pointer}`])
    }
  })

  it('names', () => {
    expect(fieldsOf(object({ ['a'.repeat(MAX_LABEL_CHARS)]: text }))).toHaveLength(1)
    expect(pointersOf(object({ ['a'.repeat(MAX_LABEL_CHARS + 1)]: text }))).toHaveLength(1)
  })

  it('findings', () => {
    expect(pointersOf(many(MAX_FIELDS, {}))).toHaveLength(MAX_ISSUES)
  })

  it('depth, which is never walked', () => {
    let deep: unknown = text
    for (let i = 0; i < 50_000; i++) deep = { type: 'array', items: deep }
    expect(pointersIn(deep)).toEqual(['/properties/x/items/type'])
  })
})

it('never throws and leaves no prototype changed', () => {
  const keyword = fc.constantFrom('type', 'properties', 'items', 'enum', '__proto__', 'constructor')
  const value = fc.oneof(fc.jsonValue(), fc.constantFrom('object', 'array', 'string'))
  const node = fc.dictionary(keyword, fc.oneof(value, fc.dictionary(keyword, value)))
  fc.assert(
    fc.property(fc.oneof(node, fc.jsonValue()), (json) => {
      parseSchema(json)
      expect(Object.keys(Object.prototype)).toEqual([])
    }),
    { seed: 3 },
  )
})
