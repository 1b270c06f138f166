// A document of many pages through the whole Worker: what stands on page 37 is found, and said to stand there.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { requestExtraction, type Service } from '../../scripts/cli/api'
import { CONTRACT, CONTRACT_SCHEMA, manyPages } from '../../scripts/cli/many-pages'
import { type LocalWorker, startLocal } from '../../scripts/local'
import { MAX_PAGES, WINDOW_OVERLAP_TOKENS, WINDOW_TOKENS } from '../../src/limits'

const PAGES = 40
const MARKED = 37
/** A third of a page: the windows still run over its ends. */
const LINES = 8

let worker: LocalWorker
let service: Service

beforeAll(async () => {
  worker = await startLocal()
  service = { url: worker.url.origin, key: worker.key }
}, 60_000)
afterAll(() => worker.stop())

const bodyOf = (pages: number, marked: number) => ({
  document: {
    content: Buffer.from(manyPages(pages, marked, LINES)).toString('base64'),
    type: 'application/pdf',
  },
  schema: CONTRACT_SCHEMA,
})

test(`a field on page ${MARKED} of ${PAGES} is found there, in as many passes as there are windows`, async () => {
  const { extraction } = await requestExtraction(service, bodyOf(PAGES, MARKED))
  expect(extraction.fields.contract_number).toMatchObject({
    value: CONTRACT,
    citations: [{ page: MARKED }],
  })
  const { pages, tokens = 0 } = extraction.usage
  expect(pages).toBe(PAGES)
  const step = WINDOW_TOKENS - WINDOW_OVERLAP_TOKENS
  expect(extraction.passes).toBe(Math.ceil((tokens - WINDOW_TOKENS) / step) + 1)
}, 120_000)

test('one page more than the limit is refused before any pass', async () => {
  const refused = requestExtraction(service, bodyOf(MAX_PAGES + 1, 1))
  await expect(refused).rejects.toThrow(`The limit for pages is ${MAX_PAGES} pages.`)
}, 60_000)
