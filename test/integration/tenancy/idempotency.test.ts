// Idempotency-Key with the real Durable Object: one request works and the others get its answer, in flight 409, another payload 422,
// nothing readable is kept, and a request that died lets go of its key.
import { env, runInDurableObject } from 'cloudflare:test'
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { ok } from '../../../src/failure'
import { fingerprinted } from '../../../src/http/fingerprint'
import { sha256Hex } from '../../../src/http/sha256'
import {
  IDEMPOTENCY_HOURS,
  IDEMPOTENCY_LEASE_MS,
  MAX_IDEMPOTENCY_KEY_CHARS,
  MAX_KEPT_ANSWER_BYTES,
} from '../../../src/limits'
import type { MaskFiller } from '../../../src/model/mask-filler'
import { IdempotencyTable } from '../../../src/storage/idempotency-table'
import { blankFiller } from '../../fixtures/blank-filler'
import { EXTRACTION, keyFor, newTenant, OPERATOR, serviceWith } from './service'

/** Passes that the model was asked for, and what they wait for. */
let passes = 0
let gate: Promise<void> = Promise.resolve()
const slowFiller: MaskFiller = {
  info: blankFiller.info,
  async fill(tensors) {
    passes++
    await gate
    return blankFiller.fill(tensors)
  },
}
const send = serviceWith(slowFiller)
let key = ''
let other = ''
let n = 0

const extract = (idempotencyKey: string, body: unknown = EXTRACTION, by = key) =>
  send('POST', '/v1/extract', by, body, { 'idempotency-key': idempotencyKey })
const fresh = () => `try-${++n}`
const rows = () =>
  runInDurableObject(env.TENANTS.getByName('once'), (_, { storage }) =>
    storage.sql.exec('SELECT * FROM idempotency').toArray(),
  )

beforeAll(async () => {
  vi.spyOn(console, 'log').mockImplementation(() => undefined)
  await newTenant(send, 'once')
  key = (await keyFor(send, 'once')).key
  other = (await keyFor(send, 'once')).key
})
beforeEach(() => {
  vi.restoreAllMocks()
  vi.spyOn(console, 'log').mockImplementation(() => undefined)
  passes = 0
  gate = Promise.resolve()
})

describe('a request that comes again', () => {
  it('gets the same answer, and the model is not asked', async () => {
    const id = fresh()
    const first = await extract(id)
    expect([first.status, first.headers.has('idempotent-replayed')]).toEqual([200, false])
    const answer = await first.text()
    const again = await extract(`"${id}"`)
    expect(again.status).toBe(200)
    expect(again.headers.get('idempotent-replayed')).toBe('true')
    expect(again.headers.get('content-type')).toBe(first.headers.get('content-type'))
    expect(again.headers.get('x-request-id')).not.toBe(first.headers.get('x-request-id'))
    expect(await again.text()).toBe(answer)
    expect(passes).toBe(1)
  })

  it('is another without the key, with another key, and by another API key', async () => {
    const id = fresh()
    const ids = []
    for (const response of [
      await extract(id),
      await send('POST', '/v1/extract', key, EXTRACTION),
      await extract(fresh()),
      await extract(id, EXTRACTION, other),
    ]) {
      ids.push(((await response.json()) as { id: string }).id)
    }
    expect(new Set(ids).size).toBe(4)
  })

  it('is a 422 with another payload or to another address', async () => {
    const id = fresh()
    await extract(id)
    const document = { pages: [{ width: 1, height: 1, words: [] }] }
    expect((await extract(id, { ...EXTRACTION, document })).status).toBe(422)
    const query = await send('POST', '/v1/extract?a=b', key, EXTRACTION, { 'idempotency-key': id })
    expect(query.status).toBe(422)
    const keys = '/v1/tenants/once/keys'
    const elsewhere = await send('POST', keys, key, EXTRACTION, { 'idempotency-key': id })
    expect(elsewhere.status).toBe(422)
    expect((await extract(id)).status).toBe(200)
  })

  it('is a 409 while the first is in flight', async () => {
    let open: () => void = () => undefined
    gate = new Promise((resolve) => {
      open = resolve
    })
    const id = fresh()
    const first = extract(id)
    await vi.waitUntil(() => passes === 1)
    const statuses = await Promise.all([extract(id), extract(id)])
    expect(statuses.map(({ status }) => status)).toEqual([409, 409])
    open()
    expect((await first).status).toBe(200)
    expect((await extract(id)).headers.get('idempotent-replayed')).toBe('true')
    expect(passes).toBe(1)
  })

  it('works once, however many come at once', async () => {
    const id = fresh()
    const responses = await Promise.all(Array.from({ length: 8 }, () => extract(id)))
    const done = responses.filter(({ status }) => status === 200)
    expect(done.length).toBeGreaterThan(0)
    expect(responses.filter(({ status }) => status === 409).length).toBe(8 - done.length)
    expect(passes).toBe(1)
  })

  it('may be tried again where it was refused or failed', async () => {
    const id = fresh()
    const named = { ...EXTRACTION, schema: 'comes-later' }
    expect((await extract(id, named)).status).toBe(422)
    await send('PUT', '/v1/schemas/comes-later', key, EXTRACTION.schema)
    expect((await extract(id, named)).status).toBe(200)
  })

  it('is known as a form too, though its boundary is drawn anew', async () => {
    const printOf = (value: string, boundary: string) => {
      const part = `--${boundary}\r\ncontent-disposition: form-data; name="a"\r\n\r\n${value}\r\n`
      const headers = { 'content-type': `multipart/form-data; boundary=${boundary}` }
      const body = `${part}--${boundary}--\r\n`
      return fingerprinted(new Request('http://a/b', { method: 'POST', body, headers })).digest()
    }
    const long = 'x'.repeat(100_000)
    expect(await printOf(long, 'one')).toBe(await printOf(long, 'another-one'))
    expect(await printOf(long, 'one')).not.toBe(await printOf(`${long}y`, 'one'))
  })
})

describe('what is kept', () => {
  it('is the key in clear for nobody, though its creator may ask for it again', async () => {
    const id = fresh()
    const create = () =>
      send('POST', '/v1/tenants/once/keys', key, { scopes: ['extract'] }, { 'idempotency-key': id })
    const [first, again] = [await create(), await create()]
    const created: { key: string; id: string } = await first.json()
    expect([first.status, again.status]).toEqual([201, 201])
    expect(again.headers.get('cache-control')).toBe('no-store')
    expect(await again.json()).toEqual(created)
    const kept = (await rows()).map(({ answer }) =>
      new TextDecoder('latin1').decode(answer as ArrayBuffer),
    )
    expect(kept.length).toBeGreaterThan(0)
    expect(kept.join()).not.toContain(created.key.slice(3, 25))
    expect(kept.join()).not.toContain(created.id)
  })

  it('is kept for its time and then gone', async () => {
    const id = fresh()
    await extract(id)
    const now = Date.now()
    const clock = vi.spyOn(Date, 'now')
    clock.mockReturnValue(now + IDEMPOTENCY_HOURS * 3_600_000 - 1000)
    expect((await extract(id)).headers.has('idempotent-replayed')).toBe(true)
    clock.mockReturnValue(now + IDEMPOTENCY_HOURS * 3_600_000 + 1000)
    const later = await extract(id)
    expect([later.status, later.headers.has('idempotent-replayed')]).toEqual([200, false])
    clock.mockReturnValue(now + 3 * IDEMPOTENCY_HOURS * 3_600_000)
    await runInDurableObject(env.TENANTS.getByName('once'), (tenant) => tenant.alarm())
    expect(await rows()).toEqual([])
  })

  it('of the operator is with the operator', async () => {
    const id = fresh()
    const create = () =>
      send('POST', '/v1/tenants', OPERATOR, { name: 'by-key' }, { 'idempotency-key': id })
    expect((await create()).status).toBe(201)
    expect((await create()).status).toBe(201)
    expect((await send('POST', '/v1/tenants', OPERATOR, { name: 'by-key' })).status).toBe(409)
  })
})

describe('a request that died in flight', () => {
  it('holds its key for a lease and not longer, and changes nothing when it comes back', async () => {
    await runInDurableObject(env.TENANTS.getByName('dead'), async (_, { storage }) => {
      const table = new IdempotencyTable(storage.sql)
      const [dead, next] = ['dead', 'next'].map((token) => ({ caller: 'k', key: 'i', token }))
      if (dead === undefined || next === undefined) return
      const bytes = (text: string) => new TextEncoder().encode(text)
      expect(table.begin(0, dead)).toEqual({ state: 'new' })
      expect(table.begin(IDEMPOTENCY_LEASE_MS - 1, next)).toEqual({ state: 'in-flight' })
      table.renew(10, dead)
      expect(table.begin(IDEMPOTENCY_LEASE_MS + 9, next)).toEqual({ state: 'in-flight' })
      const later = IDEMPOTENCY_LEASE_MS + 10
      expect(table.begin(later, next)).toEqual({ state: 'new' })
      table.renew(later, dead)
      table.release(dead)
      table.complete(later, dead, 'f', bytes('dead'))
      expect(table.begin(later, dead)).toEqual({ state: 'in-flight' })
      table.complete(later, next, 'f', bytes('next'))
      expect(table.begin(later, dead)).toEqual({
        ...{ state: 'done', fingerprint: 'f', answer: bytes('next') },
      })
      table.release(dead)
      expect(table.begin(later, dead).state).toBe('done')
    })
  })

  it('is asked for again after its lease, and works', async () => {
    const id = fresh()
    const token = 'of-an-isolate-that-is-gone'
    const { id: caller } = await keyFor(send, 'once')
    const ticket = { caller, key: await sha256Hex(id), token }
    expect(await env.TENANTS.getByName('once').beginIdempotency(ticket)).toEqual(
      ok({ state: 'new' }),
    )
    const begin = (now: number) => {
      vi.spyOn(Date, 'now').mockReturnValue(now)
      return env.TENANTS.getByName('once').beginIdempotency({ ...ticket, token: 'next' })
    }
    const now = Date.now()
    expect(await begin(now)).toEqual(ok({ state: 'in-flight' }))
    expect(await begin(now + IDEMPOTENCY_LEASE_MS)).toEqual(ok({ state: 'new' }))
  })
})

it('no more is kept than there is room for', async () => {
  await runInDurableObject(env.TENANTS.getByName('full'), async (_, { storage }) => {
    const size = storage.sql.databaseSize
    const ticket = { caller: 'k', key: 'i', token: 't' }
    expect(new IdempotencyTable(storage.sql, size - 1).begin(0, ticket).state).toBe('full')
    expect(new IdempotencyTable(storage.sql, size).begin(0, ticket).state).toBe('new')
  })
})

it('what is too large to keep lets the next try work', async () => {
  await runInDurableObject(env.TENANTS.getByName('large'), async (_, { storage }) => {
    const table = new IdempotencyTable(storage.sql)
    const after = (bytes: number) => {
      const ticket = { caller: 'k', key: String(bytes), token: 't' }
      table.begin(0, ticket)
      table.complete(0, ticket, 'f', new Uint8Array(bytes))
      return table.begin(0, ticket).state
    }
    expect(after(MAX_KEPT_ANSWER_BYTES)).toBe('done')
    expect(after(MAX_KEPT_ANSWER_BYTES + 1)).toBe('new')
  })
})

it.each([
  ['x'.repeat(MAX_IDEMPOTENCY_KEY_CHARS), 200],
  ['x'.repeat(MAX_IDEMPOTENCY_KEY_CHARS + 1), 400],
  ['', 400],
  ['a b', 400],
  ['"', 400],
])('the key %j is a %d', async (id, status) => {
  expect((await extract(id)).status).toBe(status)
})
