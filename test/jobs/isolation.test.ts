// Two tenants with jobs, uploads and webhooks in random order, reaching for each other's by id and by cursor: each gets what is its own
// and 404 for everything else, and no answer ever holds a name of the other's fields.
import fc from 'fast-check'
import { beforeEach, expect, it, vi } from 'vitest'
import { lease, plan } from './plans'
import { documentOf, keyOf, send, until } from './service'

const SIDES = ['a', 'b'] as const
type Side = (typeof SIDES)[number]

interface Tenant {
  readonly key: string
  readonly jobs: string[]
  /** Announced, with a file or without. */
  readonly uploads: { readonly id: string; readonly url: string }[]
  readonly hooks: string[]
}

interface Turn {
  readonly own: Tenant
  readonly foreign: Tenant
  readonly schema: object
  readonly n: number
  call(method: string, path: string, body?: unknown): Promise<{ status: number; json: Answer }>
}

interface Answer {
  readonly id: string
  readonly url: string
  readonly next: string | null
  readonly state: string
  readonly result: { readonly fields: object } | null
  readonly jobs: readonly { readonly id: string }[]
  readonly webhooks: readonly { readonly id: string }[]
}

const pick = <T>(list: readonly T[], n: number): T | undefined => list[n % (list.length || 1)]
const idsOf = (list: readonly { readonly id: string }[]) => list.map(({ id }) => id).toSorted()

const OPERATIONS: Readonly<Record<string, (turn: Turn) => Promise<void>>> = {
  async post({ own, schema, call }) {
    const { status, json } = await call('POST', '/v1/jobs', { document: documentOf(1), schema })
    expect(status).toBe(202)
    own.jobs.push(json.id)
  },

  async get({ own, schema, n, call }) {
    const id = pick(own.jobs, n)
    if (id === undefined) return
    const { status, json } = await call('GET', `/v1/jobs/${id}`)
    expect(status).toBe(200)
    const [field] = Object.keys(Object(schema).properties)
    if (json.result !== null) expect(Object.keys(json.result.fields)).toEqual([field])
  },

  async list({ own, call }) {
    const { json } = await call('GET', '/v1/jobs')
    expect(idsOf(json.jobs)).toEqual(own.jobs.toSorted())
  },

  async cursor({ own, n, call }) {
    const { json } = await call('GET', `/v1/jobs?before=${n}`)
    for (const { id } of json.jobs) expect(own.jobs).toContain(id)
  },

  async cancel({ own, n, call }) {
    const id = pick(own.jobs, n)
    if (id !== undefined) expect((await call('DELETE', `/v1/jobs/${id}`)).status).toBe(200)
  },

  async announce({ own, call }) {
    const { status, json } = await call('POST', '/v1/uploads', {})
    expect(status).toBe(201)
    own.uploads.push({ id: json.id, url: json.url })
  },

  async use({ own, schema, n, call }) {
    const upload = pick(own.uploads, n)
    if (upload === undefined) return
    await send('PUT', upload.url.replace('http://test', ''), documentOf(1))
    const { status, json } = await call('POST', '/v1/jobs', { upload: upload.id, schema })
    expect([202, 409, 422]).toContain(status)
    if (status === 202) own.jobs.push(json.id)
  },

  async hook({ own, call }) {
    if (own.hooks.length > 2) return
    const { status, json } = await call('POST', '/v1/webhooks', { url: 'https://example.com/' })
    expect(status).toBe(201)
    own.hooks.push(json.id)
  },

  async hooks({ own, call }) {
    const { json } = await call('GET', '/v1/webhooks')
    expect(idsOf(json.webhooks)).toEqual(own.hooks.toSorted())
  },

  async 'foreign job'({ foreign, n, call }) {
    const id = pick(foreign.jobs, n)
    for (const method of id === undefined ? [] : ['GET', 'DELETE']) {
      expect((await call(method, `/v1/jobs/${id}`)).status).toBe(404)
    }
  },

  async 'foreign upload'({ foreign, schema, n, call }) {
    const upload = pick(foreign.uploads, n)
    if (upload === undefined) return
    const body = { upload: upload.id, schema }
    expect((await call('POST', '/v1/jobs', body)).status).toBe(422)
  },

  async 'foreign hook'({ foreign, n, call }) {
    const path = `/v1/webhooks/${pick(foreign.hooks, n) ?? 'hook_none'}`
    const tries = [
      call('GET', path),
      call('DELETE', path),
      call('PATCH', path, { label: 'mine' }),
      call('POST', `${path}/rotate`),
      call('GET', `${path}/deliveries`),
      call('POST', `${path}/deliveries/msg_x/replay`),
    ]
    for (const { status } of await Promise.all(tries)) expect(status).toBe(404)
  },
}

beforeEach(() => {
  plan({})
  lease.ms = 10_000
  vi.spyOn(console, 'log').mockImplementation(() => undefined)
  vi.spyOn(console, 'error').mockImplementation(() => undefined)
})

const draw = fc.record({
  side: fc.constantFrom(...SIDES),
  what: fc.constantFrom(...Object.keys(OPERATIONS)),
  n: fc.integer({ min: 0, max: 5 }),
})

it('whatever two tenants do with jobs, neither reads or changes what the other has', async () => {
  let runs = 0
  await fc.assert(
    fc.asyncProperty(fc.array(draw, { minLength: 15, maxLength: 40 }), async (draws) => {
      runs++
      const tenant = async (side: Side): Promise<Tenant> => ({
        key: await keyOf(`${side}-jobs-${runs}`, ['jobs', 'admin']),
        ...{ jobs: [], uploads: [], hooks: [] },
      })
      const tenants = { a: await tenant('a'), b: await tenant('b') }
      for (const { side, what, n } of draws) {
        const other = side === 'a' ? 'b' : 'a'
        const [own, foreign] = [tenants[side], tenants[other]]
        const schema = { type: 'object', properties: { [`${side}_secret`]: { type: 'string' } } }
        const call: Turn['call'] = async (method, path, body) => {
          const response = await send(method, path, body, own.key)
          const text = await response.text()
          expect(text, `${side} ${what}`).not.toContain(`${other}_secret`)
          return { status: response.status, json: text === '' ? undefined : JSON.parse(text) }
        }
        await OPERATIONS[what]?.({ own, foreign, schema, n, call })
      }
      // What one cancelled or removed is its own; all the others came to their end.
      for (const { key, jobs } of Object.values(tenants)) {
        for (const id of jobs) {
          await until(async () => {
            const response = await send('GET', `/v1/jobs/${id}`, undefined, key)
            const { state } = (await response.json()) as Answer
            return state === 'queued' || state === 'running' ? undefined : true
          })
        }
      }
    }),
    { numRuns: 12 },
  )
})
