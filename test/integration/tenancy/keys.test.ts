// Tenants and their keys through the admin API, with the real Durable Object and KV: who may do what, what is stored, and that a
// key which is revoked opens nothing from then on, whatever KV still says.
import { env, runInDurableObject } from 'cloudflare:test'
import * as v from 'valibot'
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { sha256Hex } from '../../../src/http/sha256'
import {
  AuditSchema,
  CreatedKeySchema,
  KeyListSchema,
  TenantListSchema,
} from '../../../src/http/tenancy-wire'
import { AUDIT_DAYS, MAX_KEYS, REVOKED_KEY_DAYS } from '../../../src/limits'
import { EXTRACTION, keyFor, newTenant, OPERATOR, serviceWith } from './service'

const send = serviceWith()
let lines: string[] = []

const status = async (response: Promise<Response>) => (await response).status
const extract = (key: string) => send('POST', '/v1/extract', key, EXTRACTION)

beforeEach(() => {
  lines = []
  vi.spyOn(console, 'log').mockImplementation((line) => lines.push(String(line)))
})
beforeAll(async () => {
  await newTenant(send, 'acme')
  await newTenant(send, 'other')
})

describe('a tenant', () => {
  it('is created once, by the operator', async () => {
    expect(await status(send('POST', '/v1/tenants', OPERATOR, { name: 'acme' }))).toBe(409)
    expect(await status(send('POST', '/v1/tenants', OPERATOR, { name: 'operator' }))).toBe(409)
    const { key } = await keyFor(send, 'acme')
    expect(await status(send('POST', '/v1/tenants', key, { name: 'mine' }))).toBe(403)
    expect(await status(send('GET', '/v1/tenants', key))).toBe(403)
    const list = await send('GET', '/v1/tenants', OPERATOR)
    const { tenants } = v.parse(TenantListSchema, await list.json())
    expect(tenants.map(({ name }) => name)).toEqual(['acme', 'other'])
  })

  it.each(['', 'A', '-a', 'a-', 'a/b', 'a b', 'ä', 'x'.repeat(41), 7])(
    'is not called %j',
    async (name) => {
      expect(await status(send('POST', '/v1/tenants', OPERATOR, { name }))).toBe(422)
    },
  )

  it('that was never created has no keys', async () => {
    const keys = '/v1/tenants/nobody/keys'
    expect(await status(send('POST', keys, OPERATOR, { scopes: ['extract'] }))).toBe(404)
    expect(await status(send('GET', keys, OPERATOR))).toBe(404)
    expect(await status(send('GET', '/v1/tenants/nobody/audit', OPERATOR))).toBe(404)
  })
})

describe('a key', () => {
  it('is shown once, and only its hash is stored', async () => {
    const response = await send('POST', '/v1/tenants/acme/keys', OPERATOR, {
      scopes: ['extract'],
      label: 'tills',
    })
    expect(response.headers.get('cache-control')).toBe('no-store')
    const created = v.parse(CreatedKeySchema, await response.json())
    expect(await status(extract(created.key))).toBe(200)
    const list = await (await send('GET', '/v1/tenants/acme/keys', OPERATOR)).json()
    const { key: _, ...info } = created
    expect(v.parse(KeyListSchema, list).keys).toContainEqual(info)
    const [rows, record] = await Promise.all([
      runInDurableObject(env.TENANTS.getByName('acme'), (_, { storage }) =>
        ['keys', 'audit', 'tenant'].flatMap((t) =>
          storage.sql.exec(`SELECT * FROM ${t}`).toArray(),
        ),
      ),
      env.DIRECTORY.get(`key/${await sha256Hex(created.key)}`),
    ])
    expect(record).not.toBeNull()
    expect(JSON.stringify([rows, record, lines])).not.toContain(created.key.slice(3, 25))
  })

  it('does what its scopes say', async () => {
    const { key } = await keyFor(send, 'acme', ['schemas'])
    expect(await status(extract(key))).toBe(403)
    expect(await status(send('GET', '/v1/tenants/acme/keys', key))).toBe(403)
    const keys = '/v1/tenants/acme/keys'
    for (const scopes of [[], ['root'], undefined, 'extract']) {
      expect(await status(send('POST', keys, OPERATOR, { scopes }))).toBe(422)
    }
  })

  it('with the scope admin acts on its own tenant and sees no other', async () => {
    const [mine, theirs] = [await keyFor(send, 'acme'), await keyFor(send, 'other')]
    const made = await send('POST', '/v1/tenants/acme/keys', mine.key, { scopes: ['extract'] })
    expect(made.status).toBe(201)
    for (const tenant of ['other', 'nobody', 'operator']) {
      const path = `/v1/tenants/${tenant}`
      expect(await status(send('GET', `${path}/keys`, mine.key))).toBe(404)
      expect(await status(send('GET', `${path}/audit`, mine.key))).toBe(404)
      expect(await status(send('POST', `${path}/keys`, mine.key, { scopes: ['extract'] }))).toBe(
        404,
      )
      expect(await status(send('DELETE', `${path}/keys/${theirs.id}`, mine.key))).toBe(404)
    }
    expect(await status(send('DELETE', `/v1/tenants/acme/keys/${theirs.id}`, mine.key))).toBe(404)
    expect(await status(extract(theirs.key))).toBe(200)
  })

  it('that is revoked opens nothing from then on, even where KV still has it', async () => {
    const { id, key } = await keyFor(send, 'acme')
    const hash = await sha256Hex(key)
    const record = await env.DIRECTORY.get(`key/${hash}`)
    expect(await status(extract(key))).toBe(200)
    expect(await status(send('DELETE', `/v1/tenants/acme/keys/${id}`, OPERATOR))).toBe(204)
    expect(await status(extract(key))).toBe(401)
    await env.DIRECTORY.put(`key/${hash}`, record ?? '')
    expect(await status(extract(key))).toBe(401)
    expect(await status(serviceWith()('POST', '/v1/extract', key, EXTRACTION))).toBe(401)
    expect(await status(send('DELETE', `/v1/tenants/acme/keys/${id}`, OPERATOR))).toBe(204)
  })

  it('that is in KV alone opens nothing', async () => {
    const { key } = await keyFor(send, 'acme')
    const hash = await sha256Hex(key)
    const forged = { id: 'key_forged', tenant: 'other', scopes: ['extract'] }
    await env.DIRECTORY.put(`key/${hash}`, JSON.stringify(forged))
    expect(await status(extract(key))).toBe(401)
  })

  it('cannot be made when there are as many as there may be', async () => {
    await newTenant(send, 'full')
    for (let i = 0; i < MAX_KEYS; i++) await keyFor(send, 'full', ['extract'])
    const keys = '/v1/tenants/full/keys'
    expect(await status(send('POST', keys, OPERATOR, { scopes: ['extract'] }))).toBe(409)
  })
})

it('a store that fails is a 503, and nobody gets in', async () => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined)
  const { key } = await keyFor(send, 'acme')
  vi.spyOn(env.DIRECTORY, 'get').mockRejectedValue(new Error('away'))
  const response = await extract(key)
  vi.restoreAllMocks()
  expect(response.status).toBe(503)
  expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0)
})

it('every action leaves an entry and a line, and they are swept when their time is over', async () => {
  await newTenant(send, 'audited')
  const { id, key } = await keyFor(send, 'audited')
  await send('DELETE', `/v1/tenants/audited/keys/${id}`, key)
  const response = await send('GET', '/v1/tenants/audited/audit', OPERATOR)
  const { entries, next } = v.parse(AuditSchema, await response.json())
  expect(next).toBeNull()
  expect(entries.map(({ action, subject }) => [action, subject])).toEqual([
    ['key.revoke', id],
    ['key.create', id],
    ['tenant.create', 'audited'],
  ])
  expect(entries[0]?.actor).toBe(id)
  const logged = lines.map((line) => JSON.parse(line)).filter(({ event }) => event === 'audit')
  expect(logged.map(({ tenant, action }) => [tenant, action])).toEqual([
    ['audited', 'tenant.create'],
    ['audited', 'key.create'],
    ['audited', 'key.revoke'],
  ])
  expect(logged[2]?.request).toBe(entries[0]?.request)

  const left = await runInDurableObject(
    env.TENANTS.getByName('audited'),
    async (tenant, { storage }) => {
      expect(await storage.getAlarm()).not.toBeNull()
      const age = (table: string, column: string, days: number) =>
        storage.sql.exec(`UPDATE ${table} SET ${column} = ${column} - ?`, days * 86_400_000)
      const count = (table: string) => storage.sql.exec(`SELECT * FROM ${table}`).toArray().length
      age('audit', 'at', AUDIT_DAYS - 1)
      age('keys', 'revoked_at', REVOKED_KEY_DAYS - 1)
      await tenant.alarm()
      const kept = [count('audit'), count('keys')]
      age('audit', 'at', 2)
      age('keys', 'revoked_at', 2)
      await tenant.alarm()
      return [...kept, count('audit'), count('keys')]
    },
  )
  expect(left).toEqual([3, 1, 0, 0])
})
