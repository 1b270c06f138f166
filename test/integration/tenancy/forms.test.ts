// Forms as browsers post them, with the real Durable Object and KV: who may post what from where, what comes back, where visitors
// are sent and how long their answers wait. The same in a real browser: test/e2e/form.test.ts.
import { env, runInDurableObject } from 'cloudflare:test'
import * as v from 'valibot'
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import orderUrl from '../../../samples/order.pdf?inline'
import { signGrant } from '../../../src/http/form-token'
import { FormExtractionSchema, FormTokenSchema } from '../../../src/http/form-wire'
import { ProblemSchema } from '../../../src/http/wire'
import {
  KEPT_EXTRACTION_SECONDS,
  MAX_FORM_CHARS,
  MAX_FORM_FIELDS,
  MAX_FORM_POSTS,
} from '../../../src/limits'
import {
  appWith,
  EXTRACTION,
  keyFor,
  newTenant,
  OPERATOR,
  serviceWith,
  type TenantKey,
} from './service'

const SHOP = 'https://shop.example'
const THANKS = 'https://shop.example/thanks'
const RULES = { origins: [SHOP], redirects: [THANKS, 'https://shop.example/sorry?lang=de'] }
const FIELDS = { type: 'object', properties: { advertiser: { type: 'string' } } }
const pdf = new Blob(
  [Uint8Array.from(atob(orderUrl.slice(orderUrl.indexOf(',') + 1)), (c) => c.charCodeAt(0))],
  { type: 'application/pdf' },
)

const send = serviceWith()
const app = appWith()
let tenant: TenantKey = { id: '', key: '' }

beforeAll(async () => {
  vi.spyOn(console, 'log').mockImplementation(() => undefined)
  await newTenant(send, 'shop')
  tenant = await keyFor(send, 'shop')
  await send('PUT', '/v1/schemas/order', tenant.key, { ...FIELDS, 'x-form': RULES })
})
beforeEach(() => {
  vi.spyOn(console, 'log').mockImplementation(() => undefined)
})

const mint = (body: object = { origin: SHOP }, schema = 'order', key = tenant.key) =>
  send('POST', `/v1/forms/${schema}/tokens`, key, body)

async function newToken(body?: object, schema?: string, key?: string): Promise<string> {
  const response = await mint(body, schema, key)
  expect(response.status).toBe(201)
  return v.parse(FormTokenSchema, await response.json()).token
}

type Entries = readonly (readonly [name: string, value: string | Blob])[]

async function post(
  entries: Entries,
  { schema = 'order', origin = SHOP }: { schema?: string; origin?: string | null } = {},
): Promise<Response> {
  const body = new FormData()
  for (const [name, value] of entries) body.append(name, value)
  const headers: Record<string, string> = origin === null ? {} : { origin }
  return app.request(`/v1/forms/${schema}`, { method: 'POST', body, headers }, env)
}

const sound = async (): Promise<Entries> => [
  ['pip-token', await newToken()],
  ['file', pdf],
]

async function problemOf(response: Response, status: number) {
  const problem = v.parse(ProblemSchema, await response.json())
  expect([response.status, problem.detail]).toEqual([status, expect.any(String)])
  return problem
}

async function forbidden(response: Response): Promise<string> {
  return (await problemOf(response, 403)).detail
}

async function pointersOf(response: Response): Promise<string[]> {
  return (await problemOf(response, 422)).errors.map(({ pointer }) => pointer)
}

describe('a posted form', () => {
  it('is answered as JSON, with its other fields as they were', async () => {
    const other = [
      ['customer', ' Ann\u00e4 \r\n& Co "x" '],
      ['topping', 'a'],
      ['__proto__', ''],
      ['topping', 'b'],
    ] as const
    const response = await post([...(await sound()), ...other])
    expect(response.status).toBe(200)
    expect(response.headers.get('cache-control')).toBe('no-store')
    const answer = v.parse(FormExtractionSchema, await response.json())
    expect(answer.form).toEqual(other.map(([name, value]) => ({ name, value })))
    expect(answer).toMatchObject({ schema: 'order@1', fields: { advertiser: expect.any(Object) } })
    expect(answer.usage.pages).toBe(1)
  })

  it('wants a file of a type that is taken, whatever the browser calls it', async () => {
    const [token] = await sound()
    if (token === undefined) throw new Error('no token')
    expect(await pointersOf(await post([token]))).toEqual(['/file'])
    expect(await pointersOf(await post([token, ['file', new Blob([])]]))).toEqual(['/file'])
    expect(await pointersOf(await post([token, ['file', 'text']]))).toEqual(['/file'])
    const [second, extra] = [
      ['file', pdf],
      ['photo', pdf],
    ] as const
    expect(await pointersOf(await post([token, second, second]))).toEqual(['/file'])
    expect(await pointersOf(await post([token, second, extra]))).toEqual(['/photo'])
    await problemOf(await post([token, ['file', new Blob(['hello'])]]), 415)
    const misnamed = new Blob([pdf], { type: 'text/plain' })
    expect((await post([token, ['file', misnamed]])).status).toBe(200)
  })

  it('has no more fields and characters than the limits', async () => {
    const many = (count: number): Entries => Array.from({ length: count }, (_, i) => [`f${i}`, ''])
    expect((await post([...(await sound()), ...many(MAX_FORM_FIELDS)])).status).toBe(200)
    await problemOf(await post([...(await sound()), ...many(MAX_FORM_FIELDS + 1)]), 413)
    const long = (chars: number): Entries => [['n', 'x'.repeat(chars - 1)]]
    expect((await post([...(await sound()), ...long(MAX_FORM_CHARS)])).status).toBe(200)
    await problemOf(await post([...(await sound()), ...long(MAX_FORM_CHARS + 1)]), 413)
  })

  it('is a form', async () => {
    const init = { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } }
    await problemOf(await app.request('/v1/forms/order', init, env), 415)
  })
})

describe('a form token', () => {
  it('is for an origin, a schema and a tenant that have forms', async () => {
    expect(await pointersOf(await mint({ origin: 'https://other.example' }))).toEqual(['/origin'])
    expect(await pointersOf(await mint({}))).toEqual(['/origin'])
    expect(await pointersOf(await mint({ origin: SHOP, expires_in: 0 }))).toEqual(['/expires_in'])
    await problemOf(await mint({ origin: SHOP }, 'none'), 404)
    await send('PUT', '/v1/schemas/plain', tenant.key, FIELDS)
    await problemOf(await mint({ origin: SHOP }, 'plain'), 409)
    const { key } = await keyFor(send, 'shop', ['schemas'])
    await problemOf(await mint({ origin: SHOP }, 'order', key), 403)
    await newTenant(send, 'stranger')
    const stranger = await keyFor(send, 'stranger')
    await problemOf(await mint({ origin: SHOP }, 'order', stranger.key), 404)
  })

  it('opens nothing from another origin, or from none', async () => {
    const entries = await sound()
    for (const origin of ['https://evil.example', 'null', 'http://shop.example', null]) {
      expect(await forbidden(await post(entries, { origin }))).toContain('origin')
    }
  })

  it('opens nothing once it is changed, made up, missing or not the first field', async () => {
    const token = await newToken()
    const [head = '', mac = ''] = token.split('.')
    const payload = JSON.parse(atob(head.slice(3).replaceAll('-', '+').replaceAll('_', '/')))
    const forged = btoa(JSON.stringify({ ...payload, tenant: 'stranger' })).replaceAll('=', '')
    const secret = ['of-somebody-else-and-long-enough-as-well']
    const stranger = await signGrant(payload, secret)
    for (const bad of ['', 'x', token.slice(0, -1), `ft_${forged}.${mac}`, stranger, `${token}.`]) {
      expect(
        await forbidden(
          await post([
            ['pip-token', bad],
            ['file', pdf],
          ]),
        ),
      ).toContain('not a form token')
    }
    expect(
      await forbidden(
        await post([
          ['file', pdf],
          ['pip-token', token],
        ]),
      ),
    ).toContain('first field')
    expect(await forbidden(await post([['file', pdf]]))).toContain('first field')
    expect(await forbidden(await post([['pip-token', 'x'.repeat(5000)]]))).toContain('first field')
  })

  it('stops an upload before it is read', async () => {
    let pulled = 0
    const head = '--b\r\ncontent-disposition: form-data; name="pip-token"\r\n\r\nft_x.y\r\n--b\r\n'
    const body = new ReadableStream({
      pull(controller) {
        const chunk = pulled++ === 0 ? new TextEncoder().encode(head) : new Uint8Array(65_536)
        if (pulled > 200) controller.close()
        else controller.enqueue(chunk)
      },
    })
    const headers = { origin: SHOP, 'content-type': 'multipart/form-data; boundary=b' }
    const request = new Request('http://test/v1/forms/order', { method: 'POST', body, headers })
    await problemOf(await app.fetch(request, env), 403)
    expect(pulled).toBeLessThan(10)
  })

  it('is for its schema alone, and for the version it was made with', async () => {
    await send('PUT', '/v1/schemas/grown', tenant.key, { ...FIELDS, 'x-form': RULES })
    const token = await newToken({ origin: SHOP }, 'grown')
    await send('PUT', '/v1/schemas/grown', tenant.key, FIELDS)
    const entries: Entries = [
      ['pip-token', token],
      ['file', pdf],
    ]
    for (const schema of ['grown', 'grown@1']) {
      expect(await (await post(entries, { schema })).json()).toMatchObject({ schema: 'grown@1' })
    }
    expect(await forbidden(await post(entries, { schema: 'grown@2' }))).toContain('another schema')
    expect(await forbidden(await post(entries))).toContain('another schema')
  })

  it('expires', async () => {
    const token = await newToken({ origin: SHOP, expires_in: 1 })
    await new Promise((resolve) => setTimeout(resolve, 1_100))
    expect(
      await forbidden(
        await post([
          ['pip-token', token],
          ['file', pdf],
        ]),
      ),
    ).toContain('expired')
  })

  it('is void once the key that made it is revoked', async () => {
    const { id, key } = await keyFor(send, 'shop')
    const entries: Entries = [
      ['pip-token', await newToken({ origin: SHOP }, 'order', key)],
      ['file', pdf],
    ]
    expect((await post(entries)).status).toBe(200)
    await send('DELETE', `/v1/tenants/shop/keys/${id}`, OPERATOR)
    expect(await forbidden(await post(entries))).toContain('revoked')
  })

  it(`is good for ${MAX_FORM_POSTS} posts`, async () => {
    const [token] = await sound()
    if (token === undefined) throw new Error('no token')
    for (let i = 0; i < MAX_FORM_POSTS; i++) expect((await post([token])).status).toBe(422)
    expect(await forbidden(await post([token]))).toContain('too often')
  })

  it('may be an operator\u2019s', async () => {
    await send('PUT', '/v1/schemas/own', OPERATOR, { ...FIELDS, 'x-form': RULES })
    const token = await newToken({ origin: SHOP }, 'own', OPERATOR)
    expect(
      (
        await post(
          [
            ['pip-token', token],
            ['file', pdf],
          ],
          { schema: 'own' },
        )
      ).status,
    ).toBe(200)
  })
})

describe('a visitor', () => {
  const thanks = (entries: Entries) => post([...entries, ['pip-success', THANKS]])
  const idIn = (response: Response) =>
    new URL(response.headers.get('location') ?? '').searchParams.get('extraction') ?? ''
  const fetched = (id: string, key = tenant.key) => send('GET', `/v1/extractions/${id}`, key)

  it('is sent on, and the answer waits for the tenant alone', async () => {
    const response = await thanks([...(await sound()), ['customer', 'Anna']])
    expect([response.status, await response.text()]).toEqual([303, ''])
    expect(response.headers.get('location')).toMatch(
      /^https:\/\/shop\.example\/thanks\?extraction=ext_/,
    )
    const id = idIn(response)
    const answer = v.parse(FormExtractionSchema, await (await fetched(id)).json())
    expect(answer).toMatchObject({ id, form: [{ name: 'customer', value: 'Anna' }] })
    const stranger = await keyFor(send, 'shop')
    expect((await fetched(id, stranger.key)).status).toBe(200)
    await newTenant(send, 'nosy')
    const nosy = await keyFor(send, 'nosy')
    await problemOf(await fetched(id, nosy.key), 404)
    expect((await send('DELETE', `/v1/extractions/${id}`, nosy.key)).status).toBe(404)
    expect((await fetched(id, '')).status).toBe(401)
    expect((await send('DELETE', `/v1/extractions/${id}`, tenant.key)).status).toBe(204)
    await problemOf(await fetched(id), 404)
  })

  it('is sent nowhere that the schema does not list', async () => {
    const entries = await sound()
    for (const address of [
      'https://evil.example/',
      '/thanks',
      'https://shop.example/',
      '',
      `${THANKS}#a`,
    ]) {
      expect(await pointersOf(await post([...entries, ['pip-success', address]]))).toEqual([
        '/pip-success',
      ])
      expect(await pointersOf(await post([...entries, ['pip-failure', address]]))).toEqual([
        '/pip-failure',
      ])
    }
  })

  it('is told of a failure where the form names an address for it', async () => {
    const [token] = await sound()
    if (token === undefined) throw new Error('no token')
    const sorry = ['pip-failure', RULES.redirects[1] ?? ''] as const
    const response = await post([token, ['file', new Blob(['hello'])], sorry])
    expect(response.status).toBe(303)
    const address = new URL(response.headers.get('location') ?? '')
    expect(address.href).toMatch(
      /^https:\/\/shop\.example\/sorry\?lang=de&problem=unsupported-type&request=/,
    )
    // Without a good token nobody is sent anywhere.
    expect((await post([['pip-token', 'x'], sorry])).status).toBe(403)
  })

  it('leaves an answer that goes when its time is over', async () => {
    const id = idIn(await thanks(await sound()))
    const stub = env.TENANTS.getByName('shop')
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + KEPT_EXTRACTION_SECONDS * 1000 + 1 })
    try {
      await problemOf(await fetched(id), 404)
      const left = await runInDurableObject(stub, async (object, { storage }) => {
        await object.alarm()
        return ['extractions', 'form_posts'].map(
          (table) => storage.sql.exec<{ n: number }>(`SELECT count(*) AS n FROM ${table}`).one().n,
        )
      })
      expect(left).toEqual([0, 0])
    } finally {
      vi.useRealTimers()
    }
  })
})

describe('x-form', () => {
  const put = (rules: unknown) =>
    send('PUT', '/v1/schemas/rules', tenant.key, { ...FIELDS, 'x-form': rules })

  it.each<[string, unknown, string[]]>([
    ['no origin', { origins: [] }, ['/x-form/origins']],
    ['an origin with a path', { origins: ['https://a.example/'] }, ['/x-form/origins/0']],
    ['an origin in the clear', { origins: ['http://a.example'] }, ['/x-form/origins/0']],
    ['the origin of everybody', { origins: ['null'] }, ['/x-form/origins/0']],
    [
      'an address in the clear',
      { origins: [SHOP], redirects: ['http://a.example/'] },
      ['/x-form/redirects/0'],
    ],
    [
      'no address',
      { origins: [SHOP], redirects: ['javascript:alert(1)'] },
      ['/x-form/redirects/0'],
    ],
    [
      'a password',
      { origins: [SHOP], redirects: ['https://a:b@a.example/'] },
      ['/x-form/redirects/0'],
    ],
    [
      'a fragment',
      { origins: [SHOP], redirects: ['https://a.example/#'] },
      ['/x-form/redirects/0'],
    ],
    ['something else', { origins: [SHOP], success: THANKS }, ['/x-form/success']],
    ['nothing', null, ['/x-form']],
  ])('with %s is refused', async (_, rules, pointers) => {
    expect(await pointersOf(await put(rules))).toEqual(pointers)
  })

  it('may name this machine in the clear', async () => {
    const local = { origins: ['http://127.0.0.1:8080'], redirects: ['http://localhost/x?a=b'] }
    expect((await put(local)).status).toBe(201)
  })

  it('is for stored schemas: in a request nothing would come of it', async () => {
    const body = { ...EXTRACTION, schema: { ...FIELDS, 'x-form': RULES } }
    const response = await send('POST', '/v1/extract', tenant.key, body)
    expect(await pointersOf(response)).toEqual(['/schema/x-form'])
  })
})
