// Two tenants doing everything there is in random order, with the same names and with each other's ids, cursors and entity tags:
// each gets exactly what a model of one tenant alone says it gets, so that no operation of one is ever seen by the other.
import fc from 'fast-check'
import { beforeEach, expect, it, vi } from 'vitest'
import { EXTRACTION, keyFor, newTenant, serviceWith, type TenantKey } from './service'

const send = serviceWith()
const SIDES = ['a', 'b'] as const
type Side = (typeof SIDES)[number]
const NAMES = ['one', 'two'] as const

/** What one tenant has, as far as it is told. */
class Model {
  readonly versions = new Map<string, string[]>()
  readonly hidden = new Set<string>()
  etags = new Map<string, string>()

  newest(name: string): number | undefined {
    const made = this.versions.get(name)?.length
    return this.hidden.has(name) ? undefined : made
  }
}

interface World {
  readonly tenants: Readonly<Record<Side, { name: string; keys: TenantKey[]; model: Model }>>
}

/** Fields are named after the tenant, so that a leak shows in any body. */
const secretOf = (side: Side, n: number) => `${side}-secret-${n}`
const schemaOf = (field: string) => ({
  type: 'object',
  properties: { [field]: { type: 'string' } },
})
const other = (side: Side): Side => (side === 'a' ? 'b' : 'a')

const command = fc.record({
  side: fc.constantFrom(...SIDES),
  what: fc.constantFrom(
    ...([
      'put',
      'put-matched',
      'put-foreign-etag',
      'get',
      'list',
      'history',
      'hide',
      'extract',
    ] as const),
    ...([
      'key-create',
      'key-list',
      'foreign-key-revoke',
      'foreign-admin',
      'audit',
      'foreign-cursor',
    ] as const),
  ),
  name: fc.constantFrom(...NAMES),
  version: fc.integer({ min: 0, max: 3 }),
  n: fc.integer({ min: 0, max: 2 }),
})
type Command = typeof command extends fc.Arbitrary<infer T> ? T : never

async function run(world: World, { side, what, name, version, n }: Command): Promise<void> {
  const { name: tenant, keys, model } = world.tenants[side]
  const foreign = world.tenants[other(side)]
  const key = keys[0]?.key ?? ''
  const secret = secretOf(side, n)
  const path = `/v1/schemas/${name}`
  const call = async (...given: Parameters<typeof send>) => {
    const response = await send(...given)
    const text = await response.text()
    expect(text, `${side} ${what}`).not.toContain(`${other(side)}-secret`)
    for (const { id } of foreign.keys) expect(text).not.toContain(`"id":"${id}"`)
    return {
      status: response.status,
      json: text === '' ? undefined : JSON.parse(text),
      headers: response.headers,
    }
  }
  const put = async (headers: Record<string, string>) => {
    const before = model.newest(name)
    const made = model.versions.get(name) ?? []
    const isSame = before !== undefined && made.at(-1) === secret
    const { status, json } = await call('PUT', path, key, schemaOf(secret), headers)
    expect(status).toBe(isSame ? 200 : 201)
    if (!isSame) model.versions.set(name, [...made, secret])
    model.hidden.delete(name)
    expect(json.version).toBe(model.newest(name))
    model.etags.set(name, json.etag)
  }
  switch (what) {
    case 'put':
      return put({})
    case 'put-matched': {
      const etag = model.etags.get(name)
      return model.newest(name) === undefined || etag === undefined
        ? undefined
        : put({ 'if-match': etag })
    }
    case 'put-foreign-etag': {
      const etag = foreign.model.etags.get(name)
      if (etag === undefined || etag === model.etags.get(name)) return
      const { status } = await call('PUT', path, key, schemaOf(secret), { 'if-match': etag })
      return expect(status).toBe(412)
    }
    case 'get': {
      const wanted = version === 0 ? model.newest(name) : version
      const field = model.versions.get(name)?.[(wanted ?? 0) - 1]
      const { status, json } = await call('GET', version === 0 ? path : `${path}@${version}`, key)
      expect(status).toBe(field === undefined ? 404 : 200)
      if (field !== undefined) expect(json.schema).toEqual(schemaOf(field))
      return
    }
    case 'extract': {
      const wanted = version === 0 ? model.newest(name) : version
      const field = model.versions.get(name)?.[(wanted ?? 0) - 1]
      const schema = version === 0 ? name : `${name}@${version}`
      const { status, json } = await call('POST', '/v1/extract', key, { ...EXTRACTION, schema })
      expect(status).toBe(field === undefined ? 422 : 200)
      if (field !== undefined) expect(Object.keys(json.fields)).toEqual([field])
      return
    }
    case 'list': {
      const { json } = await call('GET', '/v1/schemas', key)
      const listed = json.schemas.map((entry: { name: string; version: number }) => [
        entry.name,
        entry.version,
      ])
      const visible = NAMES.filter((one) => model.newest(one) !== undefined)
      return expect(listed).toEqual(visible.map((one) => [one, model.newest(one)]))
    }
    case 'history': {
      const made = model.versions.get(name)?.length ?? 0
      const { status, json } = await call('GET', `${path}/versions`, key)
      expect(status).toBe(made === 0 ? 404 : 200)
      if (made > 0) expect(json.versions).toHaveLength(made)
      return
    }
    case 'hide': {
      const { status } = await call('DELETE', path, key)
      expect(status).toBe(model.newest(name) === undefined ? 404 : 204)
      if (model.newest(name) !== undefined) model.hidden.add(name)
      return
    }
    case 'key-create': {
      if (keys.length > 4) return
      const { status, json } = await call('POST', `/v1/tenants/${tenant}/keys`, key, {
        scopes: ['extract'],
      })
      expect(status).toBe(201)
      return void keys.push(json)
    }
    case 'key-list': {
      const { json } = await call('GET', `/v1/tenants/${tenant}/keys`, key)
      const ids = json.keys.map(({ id }: TenantKey) => id).toSorted()
      return expect(ids).toEqual(keys.map(({ id }) => id).toSorted())
    }
    case 'foreign-key-revoke': {
      const id = foreign.keys[n % foreign.keys.length]?.id ?? ''
      expect((await call('DELETE', `/v1/tenants/${tenant}/keys/${id}`, key)).status).toBe(404)
      expect((await call('DELETE', `/v1/tenants/${foreign.name}/keys/${id}`, key)).status).toBe(404)
      return
    }
    case 'foreign-admin':
      for (const part of ['keys', 'audit']) {
        expect((await call('GET', `/v1/tenants/${foreign.name}/${part}`, key)).status).toBe(404)
      }
      return
    case 'audit':
    case 'foreign-cursor': {
      const theirs = await send('GET', `/v1/tenants/${foreign.name}/audit`, foreign.keys[0]?.key)
      const { entries }: { entries: { id: number }[] } = await theirs.json()
      const query = what === 'audit' ? '' : `?before=${entries[0]?.id ?? 1}`
      const { status, json } = await call('GET', `/v1/tenants/${tenant}/audit${query}`, key)
      expect(status).toBe(200)
      const own = new Set([...keys.map(({ id }) => id), tenant, ...NAMES])
      for (const { subject } of json.entries) expect(own).toContain(String(subject).split('@')[0])
    }
  }
}

beforeEach(() => void vi.spyOn(console, 'log').mockImplementation(() => undefined))

it('whatever two tenants do, neither reads or changes what the other has', async () => {
  let runs = 0
  await fc.assert(
    fc.asyncProperty(fc.array(command, { minLength: 10, maxLength: 40 }), async (commands) => {
      runs++
      const tenant = async (side: Side) => {
        const name = `${side}-${runs}`
        await newTenant(send, name)
        return { name, keys: [await keyFor(send, name)], model: new Model() }
      }
      const world = { tenants: { a: await tenant('a'), b: await tenant('b') } }
      for (const one of commands) await run(world, one)
      // And both at once: each in its own order, the other's in between wherever the platform puts them.
      await Promise.all(
        SIDES.map(async (side) => {
          for (const one of commands)
            if (one.side === side && !one.what.includes('foreign')) await run(world, one)
        }),
      )
    }),
    { numRuns: 12 },
  )
}, 180_000)
