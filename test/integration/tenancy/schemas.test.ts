// Stored schemas with the real Durable Object and KV: versions, entity tags, pages, and that a version never changes or goes.
import { env } from 'cloudflare:test'
import * as v from 'valibot'
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import {
  SchemaHistorySchema,
  SchemaListSchema,
  StoredSchemaSchema,
} from '../../../src/http/schema-wire'
import { ExtractionSchema } from '../../../src/http/wire'
import { MAX_PAGE_ENTRIES, MAX_SCHEMA_CHARS } from '../../../src/limits'
import { EXTRACTION, keyFor, newTenant, OPERATOR, serviceWith } from './service'

const send = serviceWith()
const schemaOf = (...names: string[]) => ({
  type: 'object',
  properties: Object.fromEntries(names.map((name) => [name, { type: 'string' }])),
})
let key = ''

const put = (name: string, schema: unknown, headers: Record<string, string> = {}) =>
  send('PUT', `/v1/schemas/${name}`, key, schema, headers)
const get = (path: string, headers: Record<string, string> = {}) =>
  send('GET', `/v1/schemas${path}`, key, undefined, headers)
const hide = (name: string, headers: Record<string, string> = {}) =>
  send('DELETE', `/v1/schemas/${name}`, key, undefined, headers)
const extract = (schema: unknown, by = serviceWith()) =>
  by('POST', '/v1/extract', key, { ...EXTRACTION, schema })

async function fieldsOf(response: Response) {
  expect(response.status).toBe(200)
  const { schema, fields } = v.parse(ExtractionSchema, await response.json())
  return { schema, fields: Object.keys(fields) }
}

beforeAll(async () => {
  vi.spyOn(console, 'log').mockImplementation(() => undefined)
  await newTenant(send, 'stored')
})
beforeEach(async () => {
  vi.spyOn(console, 'log').mockImplementation(() => undefined)
  key ||= (await keyFor(send, 'stored')).key
})

describe('a version', () => {
  it('is added by PUT, and the same again adds none', async () => {
    const first = await put('receipt', schemaOf('total', 'date'))
    expect(first.status).toBe(201)
    expect(first.headers.get('location')).toBe('/v1/schemas/receipt@1')
    const stored = v.parse(StoredSchemaSchema, await first.json())
    expect(stored).toMatchObject({ name: 'receipt', version: 1, schema: schemaOf('total', 'date') })
    expect(first.headers.get('etag')).toBe(stored.etag)
    const again = await put('receipt', schemaOf('total', 'date'))
    expect([again.status, again.headers.get('etag')]).toEqual([200, stored.etag])
    // The order of the fields is the order of the answer: another order is another schema.
    const second = await put('receipt', schemaOf('date', 'total'))
    expect([second.status, await second.json()]).toMatchObject([201, { version: 2 }])
  })

  it('is used by name, or by name and version, and the answer says which', async () => {
    await put('used', schemaOf('a'))
    expect(await fieldsOf(await extract('used'))).toEqual({ schema: 'used@1', fields: ['a'] })
    const isolate = serviceWith()
    expect(await fieldsOf(await extract('used', isolate))).toMatchObject({ schema: 'used@1' })
    await put('used', schemaOf('b'))
    expect(await fieldsOf(await extract('used', isolate))).toEqual({
      schema: 'used@2',
      fields: ['b'],
    })
    expect(await fieldsOf(await extract('used@1', isolate))).toEqual({
      schema: 'used@1',
      fields: ['a'],
    })
  })

  it('is found in KV, and without KV in the Durable Object', async () => {
    await put('copied', schemaOf('a'))
    expect(await env.DIRECTORY.get('schema/stored/copied@1')).toBe(JSON.stringify(schemaOf('a')))
    await env.DIRECTORY.delete('schema/stored/copied@1')
    expect(await fieldsOf(await extract('copied@1'))).toMatchObject({ fields: ['a'] })
  })

  it.each(['nothing', 'nothing@1', 'receipt@99', 'a b', 'receipt@0', ''])(
    '%j is not there',
    async (name) => {
      const response = await extract(name)
      expect(response.status).toBe(422)
      expect(await response.json()).toMatchObject({ errors: [{ pointer: '/schema' }] })
    },
  )

  it('cannot be put or hidden by its number', async () => {
    expect((await put('receipt@1', schemaOf('x'))).status).toBe(422)
    expect((await hide('receipt@1')).status).toBe(422)
  })

  it('is only what extraction takes', async () => {
    const wrong = await put('wrong', { type: 'object', properties: { a: { type: 'null' } } })
    expect(wrong.status).toBe(422)
    expect(await wrong.json()).toMatchObject({ errors: [{ pointer: '/properties/a/type' }] })
    const text = 'x'.repeat(190)
    const field = { type: 'string', enum: Array.from({ length: 32 }, (_, i) => `${i}${text}`) }
    const names = Array.from({ length: 50 }, (_, i) => [`f${i}`, field])
    const large = { type: 'object', properties: Object.fromEntries(names) }
    expect(JSON.stringify(large).length).toBeGreaterThan(MAX_SCHEMA_CHARS)
    expect((await put('large', large)).status).toBe(413)
  })
})

describe('entity tags', () => {
  it('keep two writers from overwriting each other unseen', async () => {
    expect((await put('tagged', schemaOf('a'), { 'if-match': '*' })).status).toBe(412)
    const made = await put('tagged', schemaOf('a'), { 'if-none-match': '*' })
    expect(made.status).toBe(201)
    expect((await put('tagged', schemaOf('b'), { 'if-none-match': '*' })).status).toBe(412)
    const seen = made.headers.get('etag') ?? ''
    const both = await Promise.all(
      ['b', 'c'].map((name) => put('tagged', schemaOf(name), { 'if-match': seen })),
    )
    expect(both.map(({ status }) => status).toSorted()).toEqual([201, 412])
    expect((await hide('tagged', { 'if-match': seen })).status).toBe(412)
  })

  it('spare a reader what was seen', async () => {
    const etag = (await put('read', schemaOf('a'))).headers.get('etag') ?? ''
    const same = await get('/read', { 'if-none-match': etag })
    expect([same.status, await same.text()]).toEqual([304, ''])
    await put('read', schemaOf('b'))
    expect((await get('/read', { 'if-none-match': etag })).status).toBe(200)
    expect((await get('/read@1', { 'if-none-match': etag })).status).toBe(304)
  })
})

it('hiding takes the name away and no version', async () => {
  await put('hidden', schemaOf('a'))
  await put('hidden', schemaOf('b'))
  expect((await hide('hidden')).status).toBe(204)
  expect((await hide('hidden')).status).toBe(404)
  expect((await get('/hidden')).status).toBe(404)
  expect((await extract('hidden')).status).toBe(422)
  expect(await (await get('')).text()).not.toContain('hidden')
  expect(await fieldsOf(await extract('hidden@2'))).toMatchObject({ fields: ['b'] })
  const history = v.parse(SchemaHistorySchema, await (await get('/hidden/versions')).json())
  expect(history.versions.map(({ version }) => version)).toEqual([2, 1])
  // It comes back with a version of its own, even when it says what the last one said.
  expect(await (await put('hidden', schemaOf('b'))).json()).toMatchObject({ version: 3 })
  expect(await fieldsOf(await extract('hidden'))).toMatchObject({ schema: 'hidden@3' })
})

it('lists come in pages', async () => {
  const other = await keyFor(send, 'stored')
  await newTenant(send, 'pages')
  key = (await keyFor(send, 'pages')).key
  const names = Array.from(
    { length: MAX_PAGE_ENTRIES + 2 },
    (_, i) => `s${String(i).padStart(4, '0')}`,
  )
  for (const name of names) await put(name, schemaOf('a'))
  const first = v.parse(SchemaListSchema, await (await get('')).json())
  const second = v.parse(SchemaListSchema, await (await get(`?after=${first.next}`)).json())
  expect([...first.schemas, ...second.schemas].map(({ name }) => name)).toEqual(names)
  expect(second.next).toBeNull()
  expect((await get('/s0000/versions?before=x')).status).toBe(422)
  expect((await get('/none/versions')).status).toBe(404)
  key = other.key
})

it('wants the scope schemas, but not to be used', async () => {
  const { key: extractOnly } = await keyFor(send, 'stored', ['extract'])
  expect((await send('GET', '/v1/schemas', extractOnly)).status).toBe(403)
  expect((await send('PUT', '/v1/schemas/x', extractOnly, schemaOf('a'))).status).toBe(403)
  const body = { ...EXTRACTION, schema: 'receipt@1' }
  expect((await send('POST', '/v1/extract', extractOnly, body)).status).toBe(200)
  expect((await send('POST', '/v1/schemas/x', OPERATOR)).headers.get('allow')).toBe(
    'PUT, GET, DELETE',
  )
})
