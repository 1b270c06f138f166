// Pictures from outside: both Workers, the real decoders, the real OCR, the real model. What a word reads is asserted only where
// the print is clear; that the fence of onnxruntime (ort.ts) is needed is told by the first test.
import { env, exports } from 'cloudflare:workers'
import * as v from 'valibot'
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import receiptUrl from '../../samples/receipt.jpg?inline'
import { ExtractionSchema, ProblemSchema } from '../../src/http/wire'
import pngUrl from '../fixtures/pictures/receipt.png?inline'
import webpUrl from '../fixtures/pictures/receipt.webp?inline'
import scanUrl from '../fixtures/pictures/scan.pdf?inline'
import sidewaysUrl from '../fixtures/pictures/sideways.jpg?inline'
import { uploadRelease } from './bucket'

const bytesOf = (url: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(url.slice(url.indexOf(',') + 1)), (char) => char.charCodeAt(0))
const receipt = bytesOf(receiptUrl)
/** A PNG of one black pixel. */
const BLANK =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg=='
const AUTHORIZATION = { authorization: 'Bearer pk_test' }
const SCHEMA = { type: 'object', properties: { total: { type: 'string' } } }
const QUERY = `?schema=${encodeURIComponent(JSON.stringify(SCHEMA))}`

beforeAll(uploadRelease)
beforeEach(() => {
  vi.spyOn(console, 'log').mockImplementation(() => undefined)
  vi.spyOn(console, 'error').mockImplementation(() => undefined)
})

const post = (body: BodyInit, headers: Record<string, string> = {}, query = '') =>
  exports.default.fetch(
    new Request(`http://test/v1/extract${query}`, {
      method: 'POST',
      body,
      headers: { ...AUTHORIZATION, ...headers },
    }),
  )

const postPicture = (bytes: Uint8Array<ArrayBuffer>, type: string) =>
  post(bytes, { 'content-type': type }, QUERY)

async function answerOf(response: Response) {
  expect(response.status).toBe(200)
  return v.parse(ExtractionSchema, await response.json())
}

async function problemOf(response: Response, status: number) {
  expect(response.status).toBe(status)
  return v.parse(ProblemSchema, await response.json())
}

/** What the OCR Worker itself makes of a picture. */
async function wordsOf(bytes: Uint8Array<ArrayBuffer>) {
  const page = await env.OCR.read(bytes)
  if (!page.ok) throw new Error(`refused: ${page.failure.kind}`)
  return page.value
}

it('workerd still lets nobody compile WebAssembly from bytes, so that ort.ts must not', async () => {
  const empty = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0])
  await expect(WebAssembly.instantiate(empty as never)).rejects.toThrow()
})

describe('a picture', () => {
  it('is read in all the forms that a PDF may come in', async () => {
    const type = 'image/jpeg'
    const form = new FormData()
    form.append('file', new Blob([receipt], { type }))
    form.append('schema', JSON.stringify(SCHEMA))
    const content = receiptUrl.slice(receiptUrl.indexOf(',') + 1)
    const json = JSON.stringify({ document: { content, type }, schema: SCHEMA })
    const answers = [
      await answerOf(await postPicture(receipt, type)),
      await answerOf(await post(form)),
      await answerOf(await post(json, { 'content-type': 'application/json' })),
    ].map(({ id: _, ...rest }) => rest)
    expect(answers[1]).toEqual(answers[0])
    expect(answers[2]).toEqual(answers[0])
    expect(answers[0]?.usage.words).toBeGreaterThan(50)
  }, 120_000)

  it.each([
    ['PNG', pngUrl],
    ['WebP', webpUrl],
    ['a JPEG on its side, as its EXIF says,', sidewaysUrl],
  ])('%s has words in their places, upright', async (_, url) => {
    const { width, height, words } = await wordsOf(bytesOf(url))
    expect([width, height]).toEqual([744, 373])
    const title = words.find(({ text }) => text === 'ENTERPRISE')
    expect(title?.confidence).toBeGreaterThan(0.5)
    const [x0 = 0, y0 = 0, x1 = 0, y1 = 0] = title?.box ?? []
    expect(x1 - x0).toBeGreaterThan(y1 - y0)
    for (const { box } of words) {
      expect(box[0]).toBeGreaterThanOrEqual(0)
      expect(box[3]).toBeLessThanOrEqual(height)
    }
  })
})

it('a scanned page of a PDF is read where it stands, in the units of its page', async () => {
  const pdf = bytesOf(scanUrl)
  const fields = { company: { type: 'string' } }
  const query = `?schema=${encodeURIComponent(JSON.stringify({ type: 'object', properties: fields }))}`
  const answer = await answerOf(await post(pdf, { 'content-type': 'application/pdf' }, query))
  expect(answer.usage.pages).toBe(2)
  expect(answer.usage.words).toBeGreaterThan(15)
  for (const { page, box } of Object.values(answer.fields).flatMap((it) =>
    'citations' in it ? it.citations : [],
  )) {
    if (page === 2) expect(box[2]).toBeLessThanOrEqual(744 / 2)
  }
})

it('a page without print is no fault of the service: it has no words', async () => {
  const blank = bytesOf(BLANK)
  await problemOf(await postPicture(blank, 'image/png'), 422)
  expect(await wordsOf(blank)).toEqual({ width: 1, height: 1, words: [] })
})

describe('a refusal', () => {
  it('of a picture that is cut off or is none', async () => {
    await problemOf(await postPicture(receipt.slice(0, 100), 'image/jpeg'), 422)
    await problemOf(await postPicture(bytesOf(pngUrl).slice(0, 2000), 'image/png'), 422)
    await problemOf(await postPicture(Uint8Array.of(1, 2, 3), 'image/png'), 422)
  })

  it('of a picture that is said to be another kind', async () => {
    const problem = await problemOf(await postPicture(receipt, 'image/png'), 422)
    expect(problem.errors[0]?.detail).toContain('image/jpeg')
  })

  it('of a picture with more pixels than can be decoded, before it is', async () => {
    const huge = bytesOf(pngUrl)
    new DataView(huge.buffer).setUint32(20, 1_000_000)
    const problem = await problemOf(await postPicture(huge, 'image/png'), 413)
    expect(problem.detail).toContain('pixels')
  })
})
