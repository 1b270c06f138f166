// One tenant floods, another asks once: the flood is answered with 429 beyond its share, and the other waits for one pass of it and
// not for all.
import { beforeAll, beforeEach, expect, it, vi } from 'vitest'
import { MAX_PRESENT_EACH } from '../../../src/limits'
import type { MaskFiller } from '../../../src/model/mask-filler'
import { blankFiller } from '../../fixtures/blank-filler'
import { EXTRACTION, keyFor, newTenant, serviceWith } from './service'

const PASS_MS = 20
/** Passes at once, the most there ever were. */
let [running, most, passes] = [0, 0, 0]
const timedFiller: MaskFiller = {
  info: blankFiller.info,
  async fill(tensors) {
    most = Math.max(most, ++running)
    passes++
    await scheduler.wait(PASS_MS)
    running--
    return blankFiller.fill(tensors)
  },
}
const send = serviceWith(timedFiller)
const keys: Record<string, string> = {}

/** Ten windows of the same words. */
const LONG = {
  ...EXTRACTION,
  document: {
    pages: [
      {
        ...{ width: 100, height: 100 },
        words: Array.from({ length: 2500 }, () => ({ text: 'word', box: [0, 0, 10, 10] })),
      },
    ],
  },
}
const extract = (tenant: string, body: unknown = EXTRACTION) =>
  send('POST', '/v1/extract', keys[tenant], body)

beforeAll(async () => {
  vi.spyOn(console, 'log').mockImplementation(() => undefined)
  for (const tenant of ['flood', 'light', 'other']) {
    await newTenant(send, tenant)
    keys[tenant] = (await keyFor(send, tenant)).key
  }
})
beforeEach(() => void vi.spyOn(console, 'log').mockImplementation(() => undefined))

it('a flood gets its share and no more of the isolate', async () => {
  const flood = Array.from({ length: 2 * MAX_PRESENT_EACH }, () => extract('flood', LONG))
  await vi.waitUntil(() => passes > 3)
  const before = passes
  const light = await extract('light')
  expect(light.status).toBe(200)
  // The one that was running, one of the flood's turn, its own.
  expect(passes - before).toBeLessThanOrEqual(3)
  const others = await Promise.all(Array.from({ length: 5 }, () => extract('other')))
  expect(others.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200])
  expect(passes - before).toBeLessThanOrEqual(16)
  const answers = await Promise.all(flood)
  const refused = answers.filter(({ status }) => status === 429)
  expect(refused).toHaveLength(MAX_PRESENT_EACH)
  for (const { headers } of refused) expect(Number(headers.get('retry-after'))).toBeGreaterThan(0)
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(MAX_PRESENT_EACH)
  expect(most).toBe(1)
  expect((await extract('flood')).status).toBe(200)
}, 60_000)

it('whoever goes away leaves room for others', async () => {
  const client = new AbortController()
  const gone = Array.from({ length: MAX_PRESENT_EACH }, () =>
    send('POST', '/v1/extract', keys.flood, LONG, {}, client.signal),
  )
  await vi.waitUntil(() => running > 0)
  expect((await extract('flood')).status).toBe(429)
  client.abort()
  expect((await extract('flood')).status).toBe(200)
  await Promise.all(gone)
}, 60_000)
