// Quotas with the real Durable Object: counted exactly, told in the RateLimit fields, refused with 429 until the window ends, set by
// the operator alone, and never in the way of revoking a key.
import { env, runInDurableObject } from 'cloudflare:test'
import * as v from 'valibot'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { QuotaSchema } from '../../../src/http/tenancy-wire'
import { ProblemSchema } from '../../../src/http/wire'
import {
  MAX_QUOTA,
  QUOTA_PAGES_MINUTE,
  QUOTA_REQUESTS_MINUTE,
  QUOTA_REQUESTS_MONTH,
  USAGE_DAYS,
} from '../../../src/limits'
import { EXTRACTION, keyFor, newTenant, OPERATOR, serviceWith } from './service'

const send = serviceWith()
const START = Date.UTC(2026, 10, 30, 12, 0, 15)
let made = 0
let tenant = ''
let key = ''

const at = (time: number) => vi.spyOn(Date, 'now').mockReturnValue(time)
const extract = (pages = 1, by = key) =>
  send('POST', '/v1/extract', by, {
    ...EXTRACTION,
    document: { pages: Array.from({ length: pages }, () => EXTRACTION.document.pages[0]) },
  })
const quota = (limits: unknown, by = OPERATOR) =>
  send('PUT', `/v1/tenants/${tenant}/quota`, by, limits)
const reading = async () =>
  v.parse(QuotaSchema, await (await send('GET', `/v1/tenants/${tenant}/quota`, key)).json())

/** `{"requests-minute": {r: 3, t: 45}, ...}` of a RateLimit field. */
function fieldOf(response: Response, name: string) {
  const items = (response.headers.get(name) ?? '').split(', ')
  return Object.fromEntries(
    items.map((item) => {
      const [policy = '', ...parameters] = item.split(';')
      const pairs = parameters.map((parameter) => parameter.split('='))
      return [policy.replaceAll('"', ''), Object.fromEntries(pairs)]
    }),
  )
}

async function refusedBy(response: Response) {
  expect(response.status).toBe(429)
  const { type, detail } = v.parse(ProblemSchema, await response.json())
  expect(type).toBe('urn:pip-kie:problem:rate-limited')
  return { retryAfter: Number(response.headers.get('retry-after')), detail }
}

beforeEach(async () => {
  vi.restoreAllMocks()
  vi.spyOn(console, 'log').mockImplementation(() => undefined)
  at(START)
  tenant = `quota-${++made}`
  await newTenant(send, tenant)
  key = (await keyFor(send, tenant)).key
})

describe('the RateLimit fields', () => {
  it('say what there is and what is left', async () => {
    const first = await extract(2)
    expect(fieldOf(first, 'ratelimit-policy')).toEqual({
      'requests-minute': { q: String(QUOTA_REQUESTS_MINUTE), w: '60' },
      'pages-minute': { q: String(QUOTA_PAGES_MINUTE), w: '60', qu: '"pages"' },
      'requests-month': { q: String(QUOTA_REQUESTS_MONTH), w: String(30 * 86_400) },
      'pages-month': expect.objectContaining({ qu: '"pages"' }),
    })
    const left = fieldOf(first, 'ratelimit')
    expect(left['requests-minute']).toEqual({ r: String(QUOTA_REQUESTS_MINUTE - 1), t: '45' })
    expect(left['pages-minute']).toEqual({ r: String(QUOTA_PAGES_MINUTE - 2), t: '45' })
    expect(left['requests-month']).toMatchObject({ t: String(12 * 3600 - 15) })
    expect(fieldOf(await extract(1), 'ratelimit')['pages-minute']).toMatchObject({
      r: String(QUOTA_PAGES_MINUTE - 3),
    })
  })

  it('are not there for the operator, nor for limits that are not set', async () => {
    expect((await extract(1, OPERATOR)).headers.has('ratelimit')).toBe(false)
    const none = null
    await quota({
      ...{ requests_minute: none, requests_month: none, pages_minute: none, pages_month: 5 },
    })
    expect(Object.keys(fieldOf(await extract(), 'ratelimit'))).toEqual(['pages-month'])
  })
})

describe('a quota', () => {
  it('of requests lets through what it says and no more, until the minute ends', async () => {
    await quota({ requests_minute: 3 })
    const statuses = await Promise.all(
      Array.from({ length: 8 }, async () => (await extract()).status),
    )
    expect(statuses.toSorted()).toEqual([200, 200, 200, 429, 429, 429, 429, 429])
    const { retryAfter, detail } = await refusedBy(await extract())
    expect(retryAfter).toBe(45)
    expect(detail).toContain('"requests-minute"')
    at(START + 44_999)
    expect((await extract()).status).toBe(429)
    at(START + 45_000)
    expect((await extract()).status).toBe(200)
    // What was refused was not counted.
    expect((await reading()).usage.month.requests).toBe(4)
  })

  it('of a month ends with the calendar month', async () => {
    await quota({ requests_month: 1 })
    expect((await extract()).status).toBe(200)
    at(START + 3_600_000)
    expect((await refusedBy(await extract())).retryAfter).toBe(11 * 3600 - 15)
    at(Date.UTC(2026, 11, 1))
    expect((await extract()).status).toBe(200)
  })

  it('of pages counts what the model reads', async () => {
    await quota({ pages_minute: 5 })
    expect((await extract(4)).status).toBe(200)
    expect((await refusedBy(await extract(2))).detail).toContain('"pages-minute"')
    expect((await extract(1)).status).toBe(200)
    expect((await refusedBy(await extract(1))).retryAfter).toBe(45)
    expect((await send('GET', '/v1/schemas', key)).status).toBe(200)
    expect((await reading()).usage.minute).toMatchObject({ pages: 5, requests: 5 })
  })

  it('of pages that no minute will ever be enough for is no reason to come back', async () => {
    await quota({ pages_minute: 5 })
    const response = await extract(6)
    expect(response.status).toBe(413)
    expect(v.parse(ProblemSchema, await response.json()).detail).toContain('5 pages')
  })

  it('gives pages back that the model did not come to', async () => {
    const away = serviceWith({
      info: async () => ({
        ok: false,
        failure: { kind: 'unavailable', detail: 'away', retryAfterSeconds: 1 },
      }),
      fill: async () => Promise.reject(new Error('never asked')),
    })
    expect((await away('POST', '/v1/extract', key, EXTRACTION)).status).toBe(503)
    expect((await reading()).usage).toMatchObject({
      minute: { requests: 1, pages: 0 },
      month: { requests: 1, pages: 0 },
    })
  })

  it('that is used up keeps nobody from revoking a key', async () => {
    const leaked = await keyFor(send, tenant)
    await quota({ requests_minute: 0, requests_month: 0 })
    expect((await extract(1, leaked.key)).status).toBe(429)
    const path = `/v1/tenants/${tenant}/keys/${leaked.id}`
    expect((await send('DELETE', path, key)).status).toBe(204)
    expect((await extract(1, leaked.key)).status).toBe(401)
  })

  it('is not touched by requests that may not be made', async () => {
    const { key: schemasOnly } = await keyFor(send, tenant, ['schemas'])
    expect((await extract(1, schemasOnly)).status).toBe(403)
    expect((await reading()).usage.month.requests).toBe(0)
  })

  it('of one tenant is no other tenant’s', async () => {
    await quota({ requests_minute: 0 })
    await newTenant(send, `${tenant}-other`)
    const other = await keyFor(send, `${tenant}-other`)
    expect((await extract()).status).toBe(429)
    expect((await extract(1, other.key)).status).toBe(200)
  })
})

describe('setting a quota', () => {
  it('is the operator’s, and what is left out is at its default', async () => {
    expect((await quota({ requests_minute: 10 }, key)).status).toBe(403)
    expect((await quota({ requests_minute: 10, pages_minute: null })).status).toBe(200)
    expect((await reading()).limits).toMatchObject({ requests_minute: 10, pages_minute: null })
    expect((await quota({})).status).toBe(200)
    const { limits } = await reading()
    expect(limits.requests_minute).toBe(QUOTA_REQUESTS_MINUTE)
    expect(limits.pages_minute).toBe(QUOTA_PAGES_MINUTE)
    const audit = await send('GET', `/v1/tenants/${tenant}/audit`, key)
    expect(await audit.text()).toContain('quota.set')
  })

  it.each([{ requests_minute: -1 }, { requests_minute: 1.5 }, { pages_month: MAX_QUOTA + 1 }])(
    'takes no %j',
    async (limits) => expect((await quota(limits)).status).toBe(422),
  )

  it('takes the most there is, names no unknown policy, and needs a tenant', async () => {
    expect((await quota({ pages_month: MAX_QUOTA })).status).toBe(200)
    expect((await quota({ pages_year: 1 })).status).toBe(422)
    expect((await send('PUT', '/v1/tenants/nobody/quota', OPERATOR, {})).status).toBe(404)
    expect((await send('GET', '/v1/tenants/nobody/quota', OPERATOR)).status).toBe(404)
  })
})

it('counts are swept when nobody asks for them any more', async () => {
  await extract()
  const rows = (time: number) => {
    at(time)
    return runInDurableObject(env.TENANTS.getByName(tenant), async (object, { storage }) => {
      await object.alarm()
      return storage.sql.exec('SELECT span FROM usage').toArray().length
    })
  }
  expect(await rows(START)).toBe(2)
  expect(await rows(START + 2 * 3_600_000)).toBe(1)
  const month = Date.UTC(2026, 10, 1)
  expect(await rows(month + USAGE_DAYS * 86_400_000)).toBe(1)
  expect(await rows(month + USAGE_DAYS * 86_400_000 + 1)).toBe(0)
})
