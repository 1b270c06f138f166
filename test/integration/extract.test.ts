// POST /v1/extract from outside: the real Worker, the real model. Nothing here expects particular values of the model, only
// that every answer is what openapi.json says, that equal documents get equal answers, and that nothing is ever a 500.
import { env, exports } from 'cloudflare:workers'
import fc from 'fast-check'
import * as v from 'valibot'
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import orderUrl from '../../samples/order.pdf?inline'
import receipt from '../../samples/receipt.json'
import { ExtractionSchema, ProblemSchema } from '../../src/http/wire'
import { MAX_BODY_BYTES, MAX_FIELDS, MAX_WORDS } from '../../src/limits'
import { uploadRelease } from './bucket'

const order = orderUrl.slice(orderUrl.indexOf(',') + 1)
const orderBytes = Uint8Array.from(atob(order), (char) => char.charCodeAt(0))
const AUTHORIZATION = { authorization: 'Bearer pk_test' }
const JSON_TYPE = { 'content-type': 'application/json' }

const properties = (...names: string[]) =>
  Object.fromEntries(names.map((name) => [name, { type: 'string' }]))
const schemaOf = (fields: object) => ({ type: 'object', properties: fields })
const ADVERTISER = schemaOf(properties('advertiser'))

let logged: string[] = []

beforeAll(uploadRelease)
beforeEach(() => {
  logged = []
  const keep = (line: unknown) => logged.push(String(line))
  vi.spyOn(console, 'log').mockImplementation(keep)
  vi.spyOn(console, 'error').mockImplementation(keep)
})

const send = (path: string, init: RequestInit = {}) =>
  exports.default.fetch(new Request(`http://test${path}`, init))

const post = (body: BodyInit | null, headers: Record<string, string> = {}, query = '') =>
  send(`/v1/extract${query}`, { method: 'POST', body, headers: { ...AUTHORIZATION, ...headers } })

const postJson = (json: unknown) => post(JSON.stringify(json), JSON_TYPE)

async function answerOf(response: Response) {
  expect(response.status).toBe(200)
  return v.parse(ExtractionSchema, await response.json())
}

async function problemOf(response: Response, status: number) {
  expect(response.status).toBe(status)
  expect(response.headers.get('content-type')).toBe('application/problem+json')
  const problem = v.parse(ProblemSchema, await response.json())
  expect(problem.status).toBe(status)
  return problem
}

describe('an answer', () => {
  it('has every field that was asked for, each with its shape', async () => {
    const schema = schemaOf({
      ...properties('company', 'passport_number'),
      date: { type: 'string', format: 'date' },
      total: { type: 'number', 'x-aliases': ['amount due'] },
      payment: { enum: ['cash', 'card'] },
      phones: { type: 'array', items: { type: 'string' } },
      items: { type: 'array', items: schemaOf({ price: { type: 'number' } }) },
    })
    const answer = await answerOf(await postJson({ document: receipt, schema }))
    expect(Object.keys(answer.fields)).toEqual(Object.keys(schema.properties))
    expect(answer.fields).toMatchObject({
      company: { status: expect.any(String) },
      phones: { items: expect.any(Array) },
      items: { rows: expect.any(Array) },
    })
    expect(answer.usage).toMatchObject({ pages: 1, words: 77 })
    expect(answer.passes).toBeGreaterThan(0)
  })

  it('is the same however the file came', async () => {
    const type = 'application/pdf'
    const form = new FormData()
    form.append('file', new Blob([orderBytes], { type }))
    form.append('schema', JSON.stringify(ADVERTISER))
    const query = `?schema=${encodeURIComponent(JSON.stringify(ADVERTISER))}`
    const answers = [
      await answerOf(await postJson({ document: { content: order, type }, schema: ADVERTISER })),
      await answerOf(await post(form)),
      await answerOf(await post(orderBytes, { 'content-type': type }, query)),
    ].map(({ id: _, ...rest }) => rest)
    expect(answers[1]).toEqual(answers[0])
    expect(answers[2]).toEqual(answers[0])
    expect(answers[0]?.usage.pages).toBe(1)
  })

  it('is refused for a document without words: unreadable is not absent', async () => {
    const document = { pages: [{ width: 100, height: 100, words: [] }] }
    const problem = await problemOf(await postJson({ document, schema: ADVERTISER }), 422)
    expect(problem.errors.map(({ pointer }) => pointer)).toEqual(['/document'])
  })

  it('is logged by its size and not by what it says', async () => {
    await answerOf(await postJson({ document: receipt, schema: ADVERTISER }))
    const line = logged.find((text) => text.includes('"event":"request"')) ?? '{}'
    expect(JSON.parse(line)).toMatchObject({
      route: '/v1/extract',
      status: 200,
      pages: 1,
      words: 77,
    })
    expect(JSON.parse(line)).toMatchObject({
      bytes: expect.any(Number),
      passes: expect.any(Number),
    })
    expect(logged.join('\n')).not.toMatch(/YONG|ENTERPRISE|advertiser/)
  })
})

describe('a refusal', () => {
  const words = { document: receipt, schema: ADVERTISER }

  it('of a caller without a known key', async () => {
    for (const authorization of ['', 'Bearer pk_other']) {
      const response = await post(JSON.stringify(words), { ...JSON_TYPE, authorization })
      expect(response.headers.get('www-authenticate')).toContain('Bearer')
      await problemOf(response, 401)
    }
  })

  it('of a method or a path', async () => {
    const response = await send('/v1/extract')
    expect(response.headers.get('allow')).toBe('POST')
    await problemOf(response, 405)
    await problemOf(await send('/v1/nothing'), 404)
  })

  it.each<[number, BodyInit | null, Record<string, string>]>([
    [400, '{', JSON_TYPE],
    [400, null, JSON_TYPE],
    [400, 'x', { 'content-type': 'multipart/form-data; boundary=y' }],
    [415, 'x', { 'content-type': 'image/tiff' }],
    [415, '{}', { ...JSON_TYPE, 'content-encoding': 'gzip' }],
    [422, '{}', JSON_TYPE],
  ])('with %d', async (status, body, headers) => {
    await problemOf(await post(body, headers), status)
  })

  it('of a body over the limit, announced or not', async () => {
    const spaces = ' '.repeat(MAX_BODY_BYTES + 1)
    const announced = await problemOf(await post(spaces, JSON_TYPE), 413)
    expect(announced.detail).toContain(String(MAX_BODY_BYTES))
    const body = new Blob([spaces]).stream()
    await problemOf(await post(body, JSON_TYPE), 413)
    await problemOf(await post(' '.repeat(MAX_BODY_BYTES), JSON_TYPE), 400)
  })

  it('points into the request', async () => {
    const pointers = async (json: unknown) =>
      (await problemOf(await postJson(json), 422)).errors.map(({ pointer }) => pointer)
    const broken = schemaOf({ a: { type: 'null' } })
    expect(await pointers({ ...words, schema: broken })).toEqual(['/schema/properties/a/type'])
    expect(await pointers({ ...words, schema: 'receipt@3' })).toEqual(['/schema'])
    expect(await pointers({ ...words, document: {} })).toEqual(['/document/pages'])
    const many = properties(...Array.from({ length: MAX_FIELDS + 1 }, (_, i) => `f${i}`))
    expect(await pointers({ ...words, schema: schemaOf(many) })).toEqual(['/schema/properties'])
    const content = btoa('%PDF-1.7 and no more')
    const document = { content, type: 'application/pdf' }
    expect(await pointers({ ...words, document })).toEqual(['/document/content'])
  })

  it('of more words than the limit', async () => {
    const one = { text: 'x', box: [0, 0, 1, 1] }
    const page = { width: 9, height: 9, words: Array(MAX_WORDS + 1).fill(one) }
    const problem = await problemOf(await postJson({ ...words, document: { pages: [page] } }), 413)
    expect(problem.detail).toContain(String(MAX_WORDS))
  })

  it('of a PDF that inflates beyond the limit', async () => {
    const zeros = new Blob([new Uint8Array(40 << 20)]).stream()
    const bomb = await new Response(zeros.pipeThrough(new CompressionStream('deflate'))).blob()
    const body = new Blob(['%PDF-1.7\n1 0 obj <<>>\nstream\n', bomb, '\nendstream\nendobj\n'])
    const query = `?schema=${encodeURIComponent(JSON.stringify(ADVERTISER))}`
    const bytes = await body.arrayBuffer()
    await problemOf(await post(bytes, { 'content-type': 'application/pdf' }, query), 413)
  })
})

describe('whatever is sent', () => {
  const SECRET = 'pssst'
  const anything = fc.oneof(
    fc.jsonValue({ maxDepth: 2 }),
    fc.constantFrom(SECRET, 'a\ud800', 1e308, [], {}),
  )
  const side = fc.oneof(fc.constantFrom(1e-300, 0.5, 100, 1e9), fc.double(), anything)
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 12 }),
    fc.constantFrom('', ' ', '\u0301', 'a\udfff'),
  )
  const box = fc.tuple(
    fc.constantFrom(-1, 0, 1),
    fc.constant(0),
    fc.constantFrom(1, 2, 1e9),
    fc.integer(),
  )
  const word = fc.record({
    text: fc.oneof({ weight: 9, arbitrary: text }, anything),
    box: fc.oneof({ weight: 9, arbitrary: box }, anything),
  })
  const page = fc.record({ width: side, height: side, words: fc.array(word, { maxLength: 6 }) })
  const type = fc.constantFrom('string', 'number', 'integer', 'boolean', 'array', 'object', SECRET)
  const field = fc.record(
    {
      type,
      format: fc.constantFrom('date', 'uri', SECRET),
      enum: fc.array(text),
      items: anything,
      title: anything,
    },
    { requiredKeys: ['type'] },
  )
  const name = fc.oneof(text, fc.constantFrom('__proto__', 'constructor', 'a/b~c', '1'))
  const schema = fc.oneof(fc.dictionary(name, fc.oneof(field, anything)).map(schemaOf), anything)
  const document = fc.record({ pages: fc.array(page, { maxLength: 3 }) })

  it('is answered or refused, and never a 500', async () => {
    const request = fc.record({ document: fc.oneof(document, anything), schema })
    await fc.assert(
      fc.asyncProperty(request, async (json) => {
        const response = await postJson(json)
        if (response.status === 200) await answerOf(response)
        else {
          const problem = await problemOf(response, response.status)
          expect(problem.status).toBeLessThan(500)
          expect(JSON.stringify(problem)).not.toContain(`"${SECRET}"`)
        }
      }),
      { numRuns: 150 },
    )
  }, 120_000)

  it('lies under a valid schema, is answered', async () => {
    const plain = fc.record({ text, box: fc.constant([0, 0, 1, 1]) })
    const read = fc.constant({ text: 'Total', box: [0, 0, 1, 1] })
    const request = fc.record({
      document: fc.record({
        pages: fc.array(
          fc.record({
            width: fc.constant(9),
            height: fc.constant(9),
            words: fc.tuple(read, fc.array(plain)).map(([first, rest]) => [first, ...rest]),
          }),
          { minLength: 1, maxLength: 2 },
        ),
      }),
      schema: fc.constant(
        schemaOf({ total: { type: 'number' }, day: { type: 'string', format: 'date' } }),
      ),
    })
    await fc.assert(
      fc.asyncProperty(request, async (json) => void (await answerOf(await postJson(json)))),
      { numRuns: 15 },
    )
  }, 120_000)
})

it('describes itself without a key', async () => {
  expect(env.API_KEY_HASHES).not.toBe('')
  expect(await (await send('/openapi.json')).json()).toMatchObject({ openapi: '3.1.1' })
})
