// What kinds of body are taken, and what is said of the others: types that lie, parts that are missing or come twice.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readUpload } from '../../../src/http/upload'

const PDF = new TextEncoder().encode('%PDF-1.7\nrest')
const PNG = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)
const SCHEMA = { type: 'object', properties: { total: { type: 'string' } } }
const WORDS = { pages: [{ width: 1, height: 1, words: [] }] }
const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64')

type Body = string | Uint8Array<ArrayBuffer> | FormData

function post(body: Body, headers: Record<string, string> = {}, query = '') {
  return readUpload(
    new Request(`http://test/v1/extract${query}`, { method: 'POST', body, headers }),
  )
}
const postJson = (json: unknown) =>
  post(JSON.stringify(json), { 'content-type': 'Application/JSON; charset=utf-8' })
const postPdf = (body: Body, query: string) =>
  post(body, { 'content-type': 'application/pdf' }, query)

function form(...parts: [name: string, value: string | Blob][]): FormData {
  const data = new FormData()
  for (const [name, value] of parts) data.append(name, value)
  return data
}
const pdfFile = new Blob([PDF], { type: 'application/pdf' })
const schemaText = JSON.stringify(SCHEMA)

const invalidAt = (...pointers: string[]) => ({
  ok: false,
  failure: { kind: 'invalid', issues: pointers.map((pointer) => ({ pointer })) },
})
const notTaken = { ok: false, failure: { kind: 'unsupported-type' } }
const malformed = { ok: false, failure: { kind: 'malformed' } }

describe('application/json', () => {
  it('with words', async () => {
    expect(await postJson({ document: WORDS, schema: SCHEMA })).toMatchObject({
      ok: true,
      value: { document: { kind: 'words', document: WORDS }, schema: SCHEMA },
    })
  })

  it('with a file', async () => {
    const document = { content: base64(PDF), type: 'application/pdf' }
    const upload = await postJson({ document, schema: 'receipt@3' })
    expect(upload).toMatchObject({
      value: {
        document: { kind: 'file', bytes: PDF, pointer: '/document/content' },
        schema: 'receipt@3',
      },
    })
  })

  it.each([
    ['an array', [], ['/document', '/schema']],
    ['nothing', {}, ['/document', '/schema']],
    ['a stranger', { document: WORDS, schema: SCHEMA, options: {} }, ['/options']],
    ['no page', { document: { pages: [] }, schema: SCHEMA }, ['/document/pages']],
    [
      'no base64',
      { document: { content: 'A', type: 'application/pdf' }, schema: SCHEMA },
      ['/document/content'],
    ],
    [
      'another file',
      { document: { content: base64(PNG), type: 'application/pdf' }, schema: SCHEMA },
      ['/document/content'],
    ],
  ])('with %s is invalid', async (_, json, pointers) => {
    expect(await postJson(json)).toMatchObject(invalidAt(...pointers))
  })

  it('with a file of another type is not taken', async () => {
    const document = { content: base64(PNG), type: 'image/tiff' }
    expect(await postJson({ document, schema: SCHEMA })).toMatchObject(notTaken)
  })
})

describe('multipart/form-data', () => {
  it('with a file and a schema, as text or as a file', async () => {
    const schemaFile = new Blob([schemaText], { type: 'application/json' })
    for (const schema of [schemaText, schemaFile]) {
      expect(await post(form(['file', pdfFile], ['schema', schema]))).toMatchObject({
        value: { document: { kind: 'file', bytes: PDF, pointer: '/file' }, schema: SCHEMA },
      })
    }
  })

  it('with an untyped file goes by its first bytes', async () => {
    const untyped = (bytes: Uint8Array<ArrayBuffer>) =>
      post(form(['file', new Blob([bytes])], ['schema', schemaText]))
    expect((await untyped(PDF)).ok).toBe(true)
    expect((await untyped(PNG)).ok).toBe(true)
    expect(await untyped(new Uint8Array(3))).toMatchObject(notTaken)
  })

  it.each<[string, [string, string | Blob][], string[]]>([
    ['no schema', [['file', pdfFile]], ['/schema']],
    ['no file', [['schema', schemaText]], ['/file']],
    [
      'a text for a file',
      [
        ['file', 'x'],
        ['schema', schemaText],
      ],
      ['/file'],
    ],
    [
      'two files',
      [
        ['file', pdfFile],
        ['file', pdfFile],
        ['schema', schemaText],
      ],
      ['/file'],
    ],
    [
      'two schemas',
      [
        ['file', pdfFile],
        ['schema', '{}'],
        ['schema', '{}'],
      ],
      ['/schema'],
    ],
    [
      'a stranger',
      [
        ['file', pdfFile],
        ['schema', '{}'],
        ['a/b', 'x'],
      ],
      ['/a~1b'],
    ],
    [
      'a file that lies',
      [
        ['file', new Blob([PNG], { type: 'application/pdf' })],
        ['schema', '{}'],
      ],
      ['/file'],
    ],
  ])('with %s is invalid', async (_, parts, pointers) => {
    expect(await post(form(...parts))).toMatchObject(invalidAt(...pointers))
  })

  it('with a schema that is not JSON is malformed', async () => {
    expect(await post(form(['file', pdfFile], ['schema', '{"type"']))).toMatchObject(malformed)
  })

  it.each(['multipart/form-data', 'multipart/form-data; boundary=x'])(
    '%s, broken',
    async (type) => {
      expect(await post('no parts', { 'content-type': type })).toMatchObject(malformed)
    },
  )
})

describe('application/pdf', () => {
  it('with a schema in the query', async () => {
    expect(await postPdf(PDF, `?schema=${encodeURIComponent(schemaText)}`)).toMatchObject({
      value: { document: { kind: 'file', bytes: PDF, pointer: '' }, schema: SCHEMA },
    })
    expect(await postPdf(PDF, '?schema=receipt@3')).toMatchObject({
      value: { schema: 'receipt@3' },
    })
  })

  it.each(['', '?schemas=x', '?schema=a&schema=b'])('with %j is invalid', async (query) => {
    expect(await postPdf(PDF, query)).toMatchObject(invalidAt('/schema'))
  })

  it('that is something else is invalid', async () => {
    expect(await postPdf(PNG, '?schema=a')).toMatchObject(invalidAt(''))
    expect(await postPdf(PDF, '?schema=%7B')).toMatchObject(malformed)
  })
})

describe('image/png', () => {
  it('goes as a PDF does, and says what it is', async () => {
    const document = { kind: 'file', type: 'image/png', bytes: PNG }
    const file = { content: base64(PNG), type: 'image/png' }
    const picture = new Blob([PNG], { type: 'image/png' })
    expect(await post(PNG, { 'content-type': 'image/png' }, '?schema=a')).toMatchObject({
      value: { document },
    })
    expect(await postJson({ document: file, schema: SCHEMA })).toMatchObject({
      value: { document: { ...document, pointer: '/document/content' } },
    })
    expect(await post(form(['file', picture], ['schema', schemaText]))).toMatchObject({
      value: { document: { ...document, pointer: '/file' } },
    })
  })
})

describe('other bodies', () => {
  it.each(['', 'text/plain', 'image/tiff', 'application/xml', 'application/jsonx'])(
    '%j is not taken',
    async (type) => {
      expect(await post('{}', { 'content-type': type })).toMatchObject(notTaken)
    },
  )

  it('that are encoded are not taken', async () => {
    const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip' }
    expect(await post('{}', headers)).toMatchObject({ failure: { kind: 'unsupported-encoding' } })
    expect(await post('{}', { ...headers, 'content-encoding': 'identity' })).toMatchObject(
      invalidAt('/document', '/schema'),
    )
  })

  it('never make it throw, nor speak of what they hold', async () => {
    await fc.assert(
      fc.asyncProperty(anyRequest, async (json) => {
        const upload = await postJson(json)
        if (!upload.ok) expect(JSON.stringify(upload.failure)).not.toContain(SECRET)
      }),
      { numRuns: 500 },
    )
  })
})

const SECRET = 'pssst'
const anything = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom(SECRET, 'a\ud800', -1, 0, 1e308, 1e-308, null, [], {}, [SECRET], WORDS),
)
const box = fc.oneof(fc.array(fc.oneof(fc.double(), anything), { maxLength: 5 }), anything)
const word = fc.record(
  { text: fc.oneof(fc.string({ unit: 'binary' }), anything), box },
  { requiredKeys: [] },
)
const page = fc.record(
  {
    width: fc.oneof(fc.double(), anything),
    height: fc.integer(),
    words: fc.oneof(fc.array(word), anything),
  },
  { requiredKeys: [] },
)
const document = fc.oneof(
  fc.record({ pages: fc.oneof(fc.array(fc.oneof(page, anything)), anything) }),
  fc.record({
    content: fc.oneof(fc.base64String(), anything),
    type: fc.constantFrom('application/pdf', SECRET, 7),
  }),
  anything,
)
const anyRequest = fc.oneof(
  fc.record({ document, schema: anything }, { requiredKeys: [] }),
  anything,
)
