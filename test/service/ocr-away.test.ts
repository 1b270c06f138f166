// The OCR Worker out of reach: pictures and scans are refused for the time being, everything else goes on.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { documentFrom } from '../../scripts/cli/document'
import { type LocalWorker, startLocal } from '../../scripts/local'

const SAMPLES = join(import.meta.dirname, '../../samples')
const SCAN = join(import.meta.dirname, '../fixtures/pictures/scan.pdf')
const SCHEMA = { type: 'object', properties: { total: { type: 'string' } } }

let worker: LocalWorker
beforeAll(async () => {
  worker = await startLocal({ withoutOcr: true })
}, 60_000)
afterAll(() => worker.stop())

const post = async (path: string) =>
  fetch(new URL('/v1/extract', worker.url), {
    method: 'POST',
    headers: { authorization: `Bearer ${worker.key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ document: await documentFrom(path), schema: SCHEMA }),
  })

it.each([join(SAMPLES, 'receipt.jpg'), SCAN])('%s has to wait', async (path) => {
  const response = await post(path)
  expect(response.status).toBe(503)
  expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0)
  expect(await response.json()).toMatchObject({
    type: 'urn:pip-kie:problem:unavailable',
    detail: expect.stringContaining('pictures'),
  })
})

it.each(['receipt.json', 'order.pdf'])(
  '%s does not',
  async (file) => {
    expect((await post(join(SAMPLES, file))).status).toBe(200)
  },
  60_000,
)

it('and a broken picture is still the fault of the picture', async () => {
  const bytes = (await readFile(join(SAMPLES, 'receipt.jpg'))).subarray(0, 50)
  const document = { content: bytes.toString('base64'), type: 'image/jpeg' }
  const response = await fetch(new URL('/v1/extract', worker.url), {
    method: 'POST',
    headers: { authorization: `Bearer ${worker.key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ document, schema: SCHEMA }),
  })
  expect(response.status).toBe(422)
})
