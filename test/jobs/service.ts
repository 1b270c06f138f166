// Calls of the Worker under test, and the documents that its jobs get.
import { exports } from 'cloudflare:workers'
import * as v from 'valibot'
import { expect } from 'vitest'
import { JobWithResultSchema } from '../../src/http/job-wire'

export type Job = v.InferOutput<typeof JobWithResultSchema>

/** An operator's key: its hash stands in vitest.config.ts. */
const OPERATOR = 'pk_test'

export const send = (
  method: string,
  path: string,
  body?: unknown,
  key = OPERATOR,
): Promise<Response> =>
  exports.default.fetch(
    new Request(`http://test${path}`, {
      method,
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }),
  )

/** A body as it is. */
export const sendRaw = (path: string, body: BodyInit, type?: string): Promise<Response> =>
  exports.default.fetch(
    new Request(`http://test${path}`, {
      method: 'POST',
      body,
      headers: {
        authorization: `Bearer ${OPERATOR}`,
        ...(type === undefined ? {} : { 'content-type': type }),
      },
    }),
  )

/** A key of a new tenant. */
export async function keyOf(tenant: string, scopes: readonly string[]): Promise<string> {
  expect((await send('POST', '/v1/tenants', { name: tenant })).status).toBe(201)
  const made = await send('POST', `/v1/tenants/${tenant}/keys`, { scopes })
  expect(made.status).toBe(201)
  return ((await made.json()) as { key: string }).key
}

/** Pages of as many words. */
export const documentOf = (pages: number, words = 1) => ({
  pages: Array.from({ length: pages }, (_, page) => ({
    width: 100,
    height: 100,
    words: Array.from({ length: words }, (_, i) => ({
      text: `word${page}`,
      box: [0, i % 100, 10, (i % 100) + 1],
    })),
  })),
})

export const SCHEMA = { type: 'object', properties: { total: { type: 'number' } } }

export const postJob = (document: unknown = documentOf(1), key?: string) =>
  send('POST', '/v1/jobs', { document, schema: SCHEMA }, key)

export async function startJob(document?: unknown): Promise<string> {
  const response = await postJob(document)
  expect(response.status).toBe(202)
  const { id }: { id: string } = await response.json()
  return id
}

export async function readJob(id: string): Promise<Job> {
  const response = await send('GET', `/v1/jobs/${id}`)
  expect(response.status).toBe(200)
  return v.parse(JobWithResultSchema, await response.json())
}

/** Polls until the job is over. A Durable Object that is killed just then has whoever asks told to ask again. */
export async function endOf(id: string): Promise<Job> {
  return until(async () => {
    const response = await send('GET', `/v1/jobs/${id}`)
    if (response.status === 503) return undefined
    expect(response.status).toBe(200)
    const job = v.parse(JobWithResultSchema, await response.json())
    return ['queued', 'running'].includes(job.state) ? undefined : job
  })
}

export async function until<T>(look: () => Promise<T | undefined>, ms = 90_000): Promise<T> {
  for (const start = performance.now(); ; ) {
    const seen = await look()
    if (seen !== undefined) return seen
    if (performance.now() - start > ms) throw new Error(`not seen within ${ms} ms`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
