// Uploads from the address to the job, and R2's notifications of uploads that came another way: the local R2 tells nobody, so the
// tests send what Cloudflare documents, through the real queue.
import { runDurableObjectAlarm } from 'cloudflare:test'
import { env, exports } from 'cloudflare:workers'
import * as v from 'valibot'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { LandedUploadSchema, UploadSchema } from '../../src/http/upload-wire'
import { MAX_UPLOAD_BYTES } from '../../src/limits'
import type { Fate } from './faults'
import { longPdf } from './long-pdf'
import { At, lease, plan } from './plans'
import { documentOf, endOf, type Job, keyOf, SCHEMA, send, until } from './service'

const pdf = longPdf(2)

beforeEach(() => {
  plan({})
  lease.ms = 2_000
  vi.spyOn(console, 'log').mockImplementation(() => undefined)
  vi.spyOn(console, 'error').mockImplementation(() => undefined)
})
afterEach(() => void vi.useRealTimers())

async function announce(given: object = {}) {
  const response = await send('POST', '/v1/uploads', given)
  expect(response.status).toBe(201)
  return v.parse(UploadSchema, await response.json())
}

const put = (url: string, body: BodyInit = pdf, headers: Record<string, string> = {}) =>
  exports.default.fetch(new Request(url, { method: 'PUT', body, headers }))

const startJob = (upload: string, key?: string) =>
  send('POST', '/v1/jobs', { upload, schema: SCHEMA }, key)

const objectOf = (id: string) => `uploads/operator/${id}`
const isThere = async (id: string) => (await env.DOCUMENTS.head(objectOf(id))) !== null
const isGone = (id: string) => until(async () => ((await isThere(id)) ? undefined : true))

/** A job that an upload starts is there once its file has landed. */
const isKnown = (job: string | null) =>
  until(async () => ((await send('GET', `/v1/jobs/${job}`)).ok ? true : undefined))

async function later(ms: number): Promise<void> {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + ms })
  await runDurableObjectAlarm(env.TENANTS.getByName('operator'))
}

describe('an upload', () => {
  it('is read by the job that names it, and then deleted', async () => {
    const { id, url, job } = await announce()
    expect(job).toBeNull()
    const landed = await put(url)
    expect([landed.status, await landed.json()]).toEqual([200, { id, job: null }])
    const response = await startJob(id)
    expect(response.status).toBe(202)
    const { id: jobId } = (await response.json()) as Job
    expect(await endOf(jobId)).toMatchObject({
      state: 'succeeded',
      result: { usage: { pages: 2 } },
    })
    await isGone(id)
    expect((await startJob(id)).status).toBe(422)
  })

  it('starts a job by itself where it was announced with a schema', async () => {
    const { id, url, job } = await announce({ schema: SCHEMA })
    const landed = v.parse(LandedUploadSchema, await (await put(url)).json())
    expect(landed).toEqual({ id, job })
    expect(await endOf(job ?? '')).toMatchObject({ state: 'succeeded' })
    await isGone(id)
  })

  it('may be pages of words', async () => {
    const { url, job } = await announce({ schema: SCHEMA, type: 'application/json' })
    await put(url, JSON.stringify(documentOf(3)))
    expect(await endOf(job ?? '')).toMatchObject({
      state: 'succeeded',
      result: { usage: { pages: 3 } },
    })
  })

  it('that is not what it should be fails its job', async () => {
    const { id, url, job } = await announce({ schema: SCHEMA })
    await put(url, 'neither a PDF nor anything')
    expect(await endOf(job ?? '')).toMatchObject({ state: 'failed', problem: { status: 415 } })
    await isGone(id)
  })

  it('comes once, and is read by one job', async () => {
    const { id, url } = await announce()
    await put(url)
    expect((await put(url)).status).toBe(409)
    const both = await Promise.all([startJob(id), startJob(id)])
    expect(both.map(({ status }) => status).toSorted()).toEqual([202, 409])
  })

  it('must have been announced, signed, and be in time', async () => {
    const { url } = await announce()
    const altered = (name: string, value: string) => {
      const changed = new URL(url)
      changed.searchParams.set(name, value)
      return changed.href
    }
    for (const bad of [
      altered('tenant', 'another'),
      altered('until', '9999999999999'),
      altered('signature', 'ab'.repeat(32)),
      altered('signature', 'zz'),
      url.replace('upl_', 'upl_1'),
      url.replace(/\?.*/, ''),
    ]) {
      expect((await put(bad)).status, bad).toBe(403)
    }
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 61 * 60_000 })
    expect((await put(url)).status).toBe(403)
  })

  it('is bounded, announced or not', async () => {
    const { id, url } = await announce()
    const large = new Uint8Array(MAX_UPLOAD_BYTES + 1)
    const length = { 'content-length': String(large.length) }
    expect((await put(url, large, length)).status).toBe(413)
    expect((await put(url, new Blob([large]).stream())).status).toBe(413)
    expect(await isThere(id)).toBe(false)
    expect((await put(url, new Blob([pdf]).stream())).status).toBe(200)
    expect((await env.DOCUMENTS.head(objectOf(id)))?.size).toBe(pdf.length)
  })

  it('is not there for another tenant, nor before its file is', async () => {
    const { id, url } = await announce()
    expect((await startJob(id)).status).toBe(422)
    await put(url)
    const foreign = await keyOf('uploads-other', ['jobs'])
    expect((await startJob(id, foreign)).status).toBe(422)
  })

  it('is refused for a type that no document has, and for a schema that is none', async () => {
    expect((await send('POST', '/v1/uploads', { type: 'text/plain' })).status).toBe(415)
    expect((await send('POST', '/v1/uploads', { schema: { type: 'array' } })).status).toBe(422)
    const weak = await keyOf('uploads-weak', ['extract'])
    expect((await send('POST', '/v1/uploads', {}, weak)).status).toBe(403)
  })

  it('goes when nobody reads it', async () => {
    const [waiting, landed] = [await announce(), await announce()]
    await env.DOCUMENTS.put(objectOf(waiting.id), 'came past us, and R2 did not tell')
    await put(landed.url)
    await later(2 * 3_600_000)
    await isGone(waiting.id)
    expect(await isThere(landed.id)).toBe(true)
    await later(23 * 3_600_000)
    await isGone(landed.id)
  })
})

describe('a notification of R2', () => {
  const notify = (key: string, action = 'PutObject') =>
    env.UPLOADS.send({
      account: '3f4b7e3dcab231cbfdaa90a6a28bd548',
      action,
      bucket: 'pip-kie-documents',
      object: { key, size: pdf.length, eTag: 'c846ff7a18f28c2e262116d6e8719ef0' },
      eventTime: '2026-11-25T01:02:03.004Z',
    })

  it('starts the job of what was uploaded past the Worker, once', async () => {
    const { id, job } = await announce({ schema: SCHEMA })
    await env.DOCUMENTS.put(objectOf(id), pdf)
    for (let i = 0; i < 3; i++) await notify(objectOf(id))
    await isKnown(job)
    expect(await endOf(job ?? '')).toMatchObject({ state: 'succeeded' })
    await isGone(id)
    const { jobs }: { jobs: Job[] } = await (await send('GET', '/v1/jobs')).json()
    expect(jobs.filter((listed) => listed.id === job)).toHaveLength(1)
  })

  it('of what nobody waits for has it deleted; of anything else nothing happens', async () => {
    const mine = `jobs/operator/job_x/document`
    await env.DOCUMENTS.put(mine, 'x')
    await env.DOCUMENTS.put(objectOf('upl_stray'), 'x')
    const { id } = await announce()
    await env.DOCUMENTS.put(objectOf(id), pdf)
    await notify(mine)
    await notify(objectOf(id), 'DeleteObject')
    await env.UPLOADS.send('rubbish')
    await notify(objectOf('upl_stray'))
    await isGone('upl_stray')
    expect(await env.DOCUMENTS.head(mine)).not.toBeNull()
    expect(await isThere(id)).toBe(true)
    await env.DOCUMENTS.delete(mine)
  })

  it.each<Fate>(['kill-before', 'kill-after', 'fail-before', 'fail-after'])(
    'is heard when its consumer meets a %s',
    async (fate) => {
      // The notification has one await; those of the job that it starts are in kills.test.ts.
      for (let n = 1; n <= 2; n++) {
        plan({ consumer: new At(n, fate) })
        const { id, job } = await announce({ schema: SCHEMA })
        await env.DOCUMENTS.put(objectOf(id), pdf)
        await notify(objectOf(id))
        await isKnown(job)
        expect(await endOf(job ?? '')).toMatchObject({ state: 'succeeded' })
        await isGone(id)
      }
    },
  )
})

it('a file whose PUT is killed at any await can be put again, and is not lost', async () => {
  for (const fate of ['kill-before', 'kill-after'] as const) {
    for (let n = 1; n <= 3; n++) {
      const { url, job } = await announce({ schema: SCHEMA })
      const request = new At(n, fate)
      plan({ request })
      expect((await put(url)).status).toBe(503)
      plan({})
      expect(request.seen).toHaveLength(n)
      const again = await put(url)
      // The file landed the first time, and nobody heard.
      if (fate === 'kill-after' && n === 3) expect(again.status).toBe(409)
      else expect(again.status).toBe(200)
      expect(await endOf(job ?? '')).toMatchObject({ state: 'succeeded' })
    }
  }
})
