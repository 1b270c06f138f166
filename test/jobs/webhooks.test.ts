// Webhooks from a job's end to the receiver: real Durable Objects and queue, and a receiver in Node. Every message is verified by the
// package standardwebhooks.

import { runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { Webhook } from 'standardwebhooks'
import * as v from 'valibot'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { AuditSchema } from '../../src/http/tenancy-wire'
import {
  DeliveryListSchema,
  EndpointListSchema,
  EndpointSchema,
  EndpointWithSecretSchema,
  MessageSchema,
} from '../../src/http/webhook-wire'
import { MAX_ENDPOINTS } from '../../src/limits'
import type { Tenant } from '../../src/storage/tenant'
import { plan } from './plans'
import type { Received } from './receiver'
import { documentOf, type Job, keyOf, postJob, send, until } from './service'

const SCOPES = ['jobs', 'admin']
let tenants = 0
let key = ''
let name = ''

beforeEach(async () => {
  plan({})
  vi.spyOn(console, 'log').mockImplementation(() => undefined)
  vi.spyOn(console, 'error').mockImplementation(() => undefined)
  name = `hooks-${tenants++}`
  key = await keyOf(name, SCOPES)
})

const url = (inbox: string, answers = '204') =>
  `https://hooks.example.com/${name}/${inbox}?answers=${answers}`

async function inbox(of: string): Promise<Received[]> {
  return (await fetch(`https://hooks.example.com/${name}/${of}`)).json()
}

async function addEndpoint(given: object) {
  const response = await send('POST', '/v1/webhooks', given, key)
  expect(response.status).toBe(201)
  return v.parse(EndpointWithSecretSchema, await response.json())
}

async function runJob(document: unknown = documentOf(1)): Promise<string> {
  const { id } = (await (await postJob(document, key)).json()) as Job
  return id
}

async function deliveriesOf(id: string) {
  const response = await send('GET', `/v1/webhooks/${id}/deliveries`, undefined, key)
  return v.parse(DeliveryListSchema, await response.json()).deliveries
}

const settled = (id: string, count = 1) =>
  until(async () => {
    const deliveries = await deliveriesOf(id)
    const isDone = deliveries.every(({ state }) => state !== 'pending')
    return deliveries.length >= count && isDone ? deliveries : undefined
  })

const verify = (secret: string, { body, headers }: Received) =>
  v.parse(MessageSchema, new Webhook(secret).verify(body, headers))

describe('a message', () => {
  it('is sent once for every job, to every endpoint that wants it, signed', async () => {
    const all = await addEndpoint({ url: url('all') })
    const failures = await addEndpoint({ url: url('failures'), events: ['job.failed'] })
    const good = await runJob()
    const bad = await runJob({ content: btoa('%PDF-1.7 and no more'), type: 'application/pdf' })
    await settled(all.id, 2)
    await settled(failures.id)
    const messages = (await inbox('all')).map((got) => verify(all.secret, got))
    expect(messages.map(({ type, data }) => [type, data.id]).toSorted()).toEqual(
      [
        ['job.failed', bad],
        ['job.succeeded', good],
      ].toSorted(),
    )
    const [failure, ...more] = await inbox('failures')
    expect(more).toEqual([])
    expect(verify(failures.secret, failure as Received).data).toMatchObject({
      state: 'failed',
      problem: { status: 422 },
    })
    // The same message everywhere has the same id.
    const ids = (await inbox('all')).map(({ headers }) => headers['webhook-id'])
    expect(new Set(ids).size).toBe(2)
    expect(ids).toContain(failure?.headers['webhook-id'])
  })

  it('is sent again under its id until it is taken', async () => {
    const { id, secret } = await addEndpoint({ url: url('later', '500,302,204') })
    await runJob()
    const [delivery] = await settled(id)
    expect(delivery).toMatchObject({
      state: 'delivered',
      attempts: 3,
      last_status: 204,
      next_at: null,
    })
    const got = await inbox('later')
    expect(new Set(got.map(({ headers }) => headers['webhook-id']))).toEqual(
      new Set([delivery?.id]),
    )
    for (const one of got) verify(secret, one)
  })

  it('is given up in the end, and may be replayed', async () => {
    const { id } = await addEndpoint({ url: url('down', '500,500,500,500,204') })
    await runJob()
    const [delivery] = await settled(id)
    expect(delivery).toMatchObject({ state: 'failed', attempts: 4, last_status: 500 })
    const path = `/v1/webhooks/${id}/deliveries/${delivery?.id}/replay`
    expect((await send('POST', path, undefined, key)).status).toBe(202)
    const [again] = await settled(id)
    expect(again).toMatchObject({ id: delivery?.id, state: 'delivered', last_error: null })
    expect(await inbox('down')).toHaveLength(5)
    const none = `/v1/webhooks/${id}/deliveries/msg_none/replay`
    expect((await send('POST', none, undefined, key)).status).toBe(404)
  })

  it('survives the death of the Durable Object that sends it', async () => {
    const { id, secret } = await addEndpoint({ url: url('dies') })
    await runJob()
    const stub = env.TENANTS.getByName(name)
    await runInDurableObject(stub, (_: Tenant, state) => state.abort('killed')).catch(
      () => undefined,
    )
    await settled(id)
    const got = await inbox('dies')
    expect(got.length).toBeGreaterThan(0)
    expect(new Set(got.map((one) => verify(secret, one).data.id)).size).toBe(1)
  })
})

it('a rotated secret is valid beside the new one for a day', async () => {
  const { id, secret: old } = await addEndpoint({ url: url('rotated') })
  const response = await send('POST', `/v1/webhooks/${id}/rotate`, undefined, key)
  const rotated = v.parse(EndpointWithSecretSchema, await response.json())
  expect(rotated.secrets.map(({ until: end }) => end === null)).toEqual([false, true])
  const end = Date.parse(rotated.secrets[0]?.until ?? '')
  expect(end - Date.now()).toBeGreaterThan(23 * 3_600_000)
  await runJob()
  await settled(id)
  const [both] = await inbox('rotated')
  for (const secret of [old, rotated.secret]) verify(secret, both as Received)
  await runInDurableObject(env.TENANTS.getByName(name), (_: Tenant, { storage }) => {
    storage.sql.exec('UPDATE webhook_secrets SET until = 1 WHERE until IS NOT NULL')
  })
  await runJob()
  await settled(id, 2)
  const last = (await inbox('rotated')).at(-1) as Received
  verify(rotated.secret, last)
  expect(() => verify(old, last)).toThrow()
})

describe('an endpoint', () => {
  it('is made, read, changed and removed, and each is audited', async () => {
    const { secret, ...made } = await addEndpoint({ url: url('one'), label: 'till' })
    expect(secret).toMatch(/^whsec_/)
    const path = `/v1/webhooks/${made.id}`
    const read = async () =>
      v.parse(EndpointSchema, await (await send('GET', path, undefined, key)).json())
    expect(await read()).toEqual(made)
    const change = { url: url('two'), events: ['job.failed'] }
    expect((await send('PATCH', path, change, key)).status).toBe(200)
    expect(await read()).toEqual({ ...made, ...change })
    const listed = await (await send('GET', '/v1/webhooks', undefined, key)).text()
    expect(v.parse(EndpointListSchema, JSON.parse(listed)).webhooks).toHaveLength(1)
    expect(listed).not.toContain(secret)
    expect((await send('DELETE', path, undefined, key)).status).toBe(204)
    expect((await send('GET', path, undefined, key)).status).toBe(404)
    const audit = await send('GET', `/v1/tenants/${name}/audit`, undefined, key)
    const { entries } = v.parse(AuditSchema, await audit.json())
    expect(entries.map(({ action }) => action).slice(0, 3)).toEqual([
      'webhook.delete',
      'webhook.change',
      'webhook.create',
    ])
  })

  it('is its tenant’s alone', async () => {
    const { id } = await addEndpoint({ url: url('mine') })
    const foreign = await keyOf(`${name}-other`, SCOPES)
    for (const [method, path] of [
      ['GET', ''],
      ['DELETE', ''],
      ['POST', '/rotate'],
      ['GET', '/deliveries'],
    ] as const) {
      const response = await send(method, `/v1/webhooks/${id}${path}`, undefined, foreign)
      expect(response.status).toBe(404)
    }
    expect(await (await send('GET', '/v1/webhooks', undefined, foreign)).json()).toEqual({
      webhooks: [],
    })
    const weak = await keyOf(`${name}-weak`, ['jobs'])
    expect((await send('GET', '/v1/webhooks', undefined, weak)).status).toBe(403)
  })

  it.each(['http://hooks.example.com/', 'https://127.0.0.1/', 'https://localhost/', 'x'])(
    'is not taken at %s',
    async (target) => {
      const response = await send('POST', '/v1/webhooks', { url: target }, key)
      expect(response.status).toBe(422)
      expect(await response.json()).toMatchObject({ errors: [{ pointer: '/url' }] })
    },
  )

  it('is one of not too many', async () => {
    for (let i = 0; i < MAX_ENDPOINTS; i++) await addEndpoint({ url: url(`n${i}`) })
    expect((await send('POST', '/v1/webhooks', { url: url('x') }, key)).status).toBe(409)
  })
})
