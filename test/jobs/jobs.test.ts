// Jobs from outside: the real queue, R2 and Durable Objects, a model that answers at once.

import { runDurableObjectAlarm } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import * as v from 'valibot'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import orderUrl from '../../samples/order.pdf?inline'
import { JobListSchema } from '../../src/http/job-wire'
import type { Problem } from '../../src/http/problem'
import { JOB_DAYS, MAX_JOB_PAGES, MAX_PAGE_ENTRIES, MAX_PAGES } from '../../src/limits'
import type { Fate, Plan } from './faults'
import { longPdf } from './long-pdf'
import { plan } from './plans'
import {
  documentOf,
  endOf,
  type Job,
  keyOf,
  postJob,
  readJob,
  SCHEMA,
  send,
  sendRaw,
  startJob,
  until,
} from './service'

const PDF = 'application/pdf'
const order = orderUrl.slice(orderUrl.indexOf(',') + 1)
const orderBytes = Uint8Array.from(atob(order), (char) => char.charCodeAt(0))

/** Fails at every await that `what` fits. */
const failing = (what: RegExp): Plan => ({
  fate: (met) => (what.test(met) ? 'fail-before' : 'pass'),
})

/** Notes every await; at each that saves there is time to look. */
const slowly = (seen: string[]): Plan => ({
  fate: async (what): Promise<Fate> => {
    seen.push(what)
    if (what === 'Tenant.saveJob') await new Promise((resolve) => setTimeout(resolve, 20))
    return 'pass'
  },
})

beforeEach(() => {
  plan({})
  vi.spyOn(console, 'log').mockImplementation(() => undefined)
  vi.spyOn(console, 'error').mockImplementation(() => undefined)
})
afterEach(() => void vi.useRealTimers())

const objects = async () => (await env.DOCUMENTS.list()).objects.map(({ key }) => key)
const goneFromR2 = (id: string) =>
  until(async () => ((await objects()).some((key) => key.includes(id)) ? undefined : true))

async function later(ms: number, tenant = 'operator'): Promise<void> {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + ms })
  await runDurableObjectAlarm(env.TENANTS.getByName(tenant))
}

async function accepted(response: Response): Promise<string> {
  expect(response.status).toBe(202)
  return ((await response.json()) as Job).id
}

describe('a job', () => {
  it('ends with what /v1/extract would have answered, and leaves no document', async () => {
    const response = await postJob(documentOf(2))
    const { id, state } = (await response.clone().json()) as Job
    expect(state).toBe('queued')
    expect(response.headers.get('location')).toBe(`/v1/jobs/${await accepted(response)}`)
    const job = await endOf(id)
    expect(job).toMatchObject({
      state: 'succeeded',
      schema: null,
      problem: null,
      progress: { pages: 2, pages_done: 2 },
    })
    const body = { document: documentOf(2), schema: SCHEMA }
    const answer = (await (await send('POST', '/v1/extract', body)).json()) as object
    expect({ ...job.result, id: '' }).toEqual({ ...answer, id: '' })
    await goneFromR2(id)
  })

  it('takes a document in all the forms that /v1/extract takes', async () => {
    const form = new FormData()
    form.append('file', new Blob([orderBytes], { type: PDF }))
    form.append('schema', JSON.stringify(SCHEMA))
    const query = `?schema=${encodeURIComponent(JSON.stringify(SCHEMA))}`
    const ids = [
      await accepted(await postJob({ content: order, type: PDF })),
      await accepted(await sendRaw(`/v1/jobs`, form)),
      await accepted(await sendRaw(`/v1/jobs${query}`, orderBytes, PDF)),
    ]
    for (const id of ids) {
      const { state, result } = await endOf(id)
      expect([state, result?.usage.pages]).toEqual(['succeeded', 1])
    }
  })

  it('reads more pages than a request may, in several steps, and tells how far it is', async () => {
    const pages = MAX_PAGES + 35
    const query = `?schema=${encodeURIComponent(JSON.stringify(SCHEMA))}`
    const refused = await sendRaw(`/v1/extract${query}`, longPdf(pages), PDF)
    expect(refused.status).toBe(413)
    expect(((await refused.json()) as Problem).detail).toContain('POST /v1/jobs')
    const seen: string[] = []
    plan({ consumer: slowly(seen) })
    const id = await accepted(await sendRaw(`/v1/jobs${query}`, longPdf(pages), PDF))
    const told = new Set<number>()
    const { state, result, progress } = await until(async () => {
      const job = await readJob(id)
      told.add(job.progress.pages_done)
      return job.state === 'succeeded' ? job : undefined
    })
    expect([state, result?.usage.pages, progress.pages_done]).toEqual(['succeeded', pages, pages])
    expect(told.size).toBeGreaterThan(3)
    expect(seen).toContain('Tenant.pauseJob')
    // The file is read once, its words from then on.
    expect(seen.filter((what) => what === 'R2.put')).toHaveLength(1)
    await goneFromR2(id)
  })

  it('uses the version of a stored schema that was newest when it was asked for', async () => {
    plan({ consumer: failing(/leaseJob/) })
    await send('PUT', '/v1/schemas/kept', SCHEMA)
    const response = await send('POST', '/v1/jobs', { document: documentOf(1), schema: 'kept' })
    const id = await accepted(response)
    await send('PUT', '/v1/schemas/kept', { type: 'object', properties: { b: { type: 'string' } } })
    plan({})
    const { schema, result } = await endOf(id)
    expect([schema, result?.schema]).toEqual(['kept@1', 'kept@1'])
    expect(Object.keys(result?.fields ?? {})).toEqual(['total'])
  })

  it('fails with a problem where the document is at fault', async () => {
    const broken = btoa('%PDF-1.7 and no more')
    const job = await endOf(await startJob({ content: broken, type: PDF }))
    expect(job).toMatchObject({ state: 'failed', result: null, result_until: null })
    expect(job.problem).toMatchObject({
      status: 422,
      instance: `urn:pip-kie:job:${job.id}`,
      errors: [{ pointer: '/document' }],
    })
    await goneFromR2(job.id)
  })

  it('fails when it was tried often enough', async () => {
    plan({ consumer: failing(/Model/) })
    const job = await endOf(await startJob())
    expect(job).toMatchObject({ state: 'failed', problem: { status: 503 } })
    await goneFromR2(job.id)
  })

  it('fails when all its messages end in the dead-letter queue', async () => {
    plan({ consumer: failing(/leaseJob/) })
    const job = await endOf(await startJob())
    expect(job).toMatchObject({ state: 'failed', problem: { status: 503 } })
  })
})

describe('a request for a job', () => {
  it('is refused as one for an extraction is', async () => {
    const words = { document: documentOf(1), schema: SCHEMA }
    const status = async (body: unknown) => (await send('POST', '/v1/jobs', body)).status
    expect(await status({ ...words, schema: 'nothing' })).toBe(422)
    expect(await status({ ...words, document: {} })).toBe(422)
    expect(await status({ ...words, document: { content: 'x', type: 'text/plain' } })).toBe(415)
    expect(await status({ ...words, document: documentOf(MAX_JOB_PAGES + 1) })).toBe(413)
    await endOf(await accepted(await postJob(documentOf(MAX_JOB_PAGES))))
  })

  it('wants the scope jobs', async () => {
    const key = await keyOf('scoped', ['extract', 'schemas', 'admin'])
    expect((await postJob(documentOf(1), key)).status).toBe(403)
    expect((await send('GET', '/v1/jobs', undefined, key)).status).toBe(403)
  })
})

describe('a job that is deleted', () => {
  it('is cancelled where it has not ended, and stays so', async () => {
    plan({ consumer: failing(/leaseJob/) })
    const id = await startJob()
    const response = await send('DELETE', `/v1/jobs/${id}`)
    expect([response.status, await response.json()]).toMatchObject([200, { state: 'cancelled' }])
    plan({})
    await goneFromR2(id)
    await endOf(await startJob())
    expect(await readJob(id)).toMatchObject({ state: 'cancelled', result: null })
  })

  it('is let go of by the consumer that reads it', async () => {
    const seen: string[] = []
    let goOn: (fate: 'pass') => void = () => undefined
    const held = new Promise<'pass'>((resolve) => {
      goOn = resolve
    })
    plan({
      consumer: {
        fate: (what) => (seen.push(what) && what === 'Tenant.saveJob' ? held : 'pass'),
      },
    })
    const id = await startJob(documentOf(1, 1_000))
    await until(async () => (seen.includes('Tenant.saveJob') ? true : undefined))
    await send('DELETE', `/v1/jobs/${id}`)
    goOn('pass')
    plan({})
    await endOf(await startJob())
    expect(seen).toContain('Model.fill')
    expect(seen).not.toContain('Tenant.finishJob')
    expect(await readJob(id)).toMatchObject({ state: 'cancelled', result: null })
  })

  it('loses its result where it has ended', async () => {
    const id = await startJob()
    await endOf(id)
    expect((await send('DELETE', `/v1/jobs/${id}`)).status).toBe(200)
    expect(await readJob(id)).toMatchObject({
      state: 'succeeded',
      result: null,
      result_until: null,
    })
  })
})

it('a result is kept as long as is configured, a job without it for some days more', async () => {
  const id = await startJob()
  const { result_until } = await endOf(id)
  expect(env.JOB_RESULT_HOURS).toBe('24')
  expect(Date.parse(result_until ?? '') - Date.now()).toBeGreaterThan(23 * 3_600_000)
  await later(23 * 3_600_000)
  expect((await readJob(id)).result).not.toBeNull()
  await later(2 * 3_600_000)
  expect(await readJob(id)).toMatchObject({ state: 'succeeded', result: null })
  await later(JOB_DAYS * 86_400_000)
  expect((await send('GET', `/v1/jobs/${id}`)).status).toBe(404)
})

it('the pages of a job count against the quota, once, and wait for it', async () => {
  const key = await keyOf('counted', ['jobs', 'admin'])
  const quota = '/v1/tenants/counted/quota'
  expect((await send('PUT', quota, { pages_month: 3 })).status).toBe(200)
  const used = async () => {
    const { usage } = (await (await send('GET', quota, undefined, key)).json()) as {
      usage: { month: { pages: number } }
    }
    return usage.month.pages
  }
  const start = async (pages: number) => accepted(await postJob(documentOf(pages), key))
  const state = async (id: string) =>
    ((await (await send('GET', `/v1/jobs/${id}`, undefined, key)).json()) as Job).state
  const is = (id: string, wanted: string) =>
    until(async () => ((await state(id)) === wanted ? true : undefined))
  const first = await start(2)
  await is(first, 'succeeded')
  const [second, tooLong] = [await start(2), await start(4)]
  await is(tooLong, 'failed')
  expect(await state(second)).toBe('queued')
  expect(await used()).toBe(2)
  await later(32 * 86_400_000, 'counted')
  await is(second, 'succeeded')
  expect(await used()).toBe(2)
})

it('jobs are listed newest first, in pages, and only to their tenant', async () => {
  const [key, foreign] = [await keyOf('lists', ['jobs']), await keyOf('other', ['jobs'])]
  plan({ alarm: failing(/Queue/) })
  const ids: string[] = []
  for (let i = 0; i < MAX_PAGE_ENTRIES + 2; i++) {
    ids.unshift(await accepted(await postJob(documentOf(1), key)))
  }
  const page = async (query: string, by = key) =>
    v.parse(JobListSchema, await (await send('GET', `/v1/jobs${query}`, undefined, by)).json())
  const first = await page('')
  const second = await page(`?before=${first.next}`)
  expect([...first.jobs, ...second.jobs].map(({ id }) => id)).toEqual(ids)
  expect(second.next).toBeNull()
  expect(await page('', foreign)).toEqual({ jobs: [], next: null })
  expect((await page(`?before=${first.next}`, foreign)).jobs).toEqual([])
  for (const method of ['GET', 'DELETE']) {
    expect((await send(method, `/v1/jobs/${ids[0]}`, undefined, foreign)).status).toBe(404)
  }
})
