// Quotas: what one tenant may use and has used is never what the other may and has.
import { expect } from 'vitest'
import { EXTRACTION, OPERATOR } from '../service'
import type { Operations } from './world'

export const quotaOperations: Operations = {
  async 'quota-set'({ own, n, key, call, send }) {
    const path = `/v1/tenants/${own.name}/quota`
    const limits = { requests_month: 100_000 + n, pages_month: 200_000 + n }
    expect((await call('PUT', path, key, limits)).status).toBe(403)
    expect((await send('PUT', path, OPERATOR, limits)).status).toBe(200)
    own.model.limits = limits
  },

  async 'quota-read'({ own, key, call }) {
    const { json } = await call('GET', `/v1/tenants/${own.name}/quota`, key)
    expect(json.limits).toMatchObject(own.model.limits)
    const { requests, pages, jobs } = own.model
    expect(json.usage.month.requests).toBe(requests)
    // A page a job, as soon as it is worked on.
    expect(json.usage.month.pages).toBeGreaterThanOrEqual(pages)
    expect(json.usage.month.pages).toBeLessThanOrEqual(pages + jobs.length)
  },

  async 'quota-exhausted'({ own, key, call, send }) {
    const path = `/v1/tenants/${own.name}/quota`
    await send('PUT', path, OPERATOR, { ...own.model.limits, requests_minute: 0 })
    const refused = await call('POST', '/v1/extract', key, EXTRACTION)
    expect([refused.status, refused.headers.has('retry-after')]).toEqual([429, true])
    await send('PUT', path, OPERATOR, own.model.limits)
  },
}
