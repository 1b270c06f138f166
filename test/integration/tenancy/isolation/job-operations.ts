// Jobs, by each other's ids and cursors. How far they come is nothing to this test: whose they are is.
import { expect } from 'vitest'
import { EXTRACTION } from '../service'
import { type Operations, schemaOf } from './world'

export const jobOperations: Operations = {
  async 'job-create'({ own: { model }, secret, key, call }) {
    const body = { ...EXTRACTION, schema: schemaOf(secret) }
    const { status, json } = await call('POST', '/v1/jobs', key, body)
    expect(status).toBe(202)
    model.jobs.push(json.id)
  },

  async 'job-create-once'({ own: { model }, n, key, call }) {
    const body = { ...EXTRACTION, schema: schemaOf('same') }
    const headers = { 'idempotency-key': `job-${n}` }
    const { status, json, headers: sent } = await call('POST', '/v1/jobs', key, body, headers)
    expect(status).toBe(202)
    expect(sent.has('idempotent-replayed')).toBe(model.jobs.includes(json.id))
    if (!model.jobs.includes(json.id)) model.jobs.push(json.id)
  },

  async 'job-read'({ own: { model }, n, key, call }) {
    const id = model.jobs.at(-1 - n)
    if (id === undefined) return
    const { status, json } = await call('GET', `/v1/jobs/${id}`, key)
    expect([status, json.id]).toEqual([200, id])
  },

  async 'job-list'({ own: { model }, key, call }) {
    const { json } = await call('GET', '/v1/jobs', key)
    const ids = json.jobs.map(({ id }: { id: string }) => id)
    expect(ids.toSorted()).toEqual(model.jobs.toSorted())
  },

  async 'job-cancel'({ own: { model }, n, key, call }) {
    const id = model.jobs.at(-1 - n)
    if (id === undefined) return
    expect((await call('DELETE', `/v1/jobs/${id}`, key)).status).toBe(200)
  },

  async 'foreign-job'({ own, foreign, n, key, call, send }) {
    const id = foreign.model.jobs.at(-1 - n)
    if (id === undefined) return
    for (const method of ['GET', 'DELETE']) {
      expect((await call(method, `/v1/jobs/${id}`, key)).status).toBe(404)
    }
    const theirs = await send('GET', '/v1/jobs', foreign.keys[0]?.key)
    foreign.model.requests++
    const { next }: { next: string | null } = await theirs.json()
    const { json } = await call('GET', `/v1/jobs?before=${next ?? 1_000_000}`, key)
    for (const job of json.jobs) expect(own.model.jobs).toContain(job.id)
  },
}
