// Keys and audit, by each other's ids, names and cursors.
import { expect } from 'vitest'
import type { TenantKey } from '../service'
import { NAMES, type Operations, type Tenant } from './world'

function expectOwn({ keys, name, model }: Tenant, entries: readonly { subject: string }[]): void {
  const ids = [...keys.map(({ id }) => id), ...model.jobs, ...model.webhooks, ...model.removed]
  const known = new Set([...ids, name, ...NAMES])
  for (const { subject } of entries) expect(known).toContain(subject.split('@')[0])
}

export const keyOperations: Operations = {
  async 'key-create'({ own, key, call }) {
    if (own.keys.length > 4) return
    const path = `/v1/tenants/${own.name}/keys`
    const { status, json } = await call('POST', path, key, { scopes: ['extract'] })
    expect(status).toBe(201)
    own.keys.push(json)
  },

  async 'key-list'({ own, key, call }) {
    const { json } = await call('GET', `/v1/tenants/${own.name}/keys`, key)
    const ids = json.keys.map(({ id }: TenantKey) => id).toSorted()
    expect(ids).toEqual(own.keys.map(({ id }) => id).toSorted())
  },

  async 'foreign-key-revoke'({ own, foreign, n, key, call }) {
    const id = foreign.keys[n % foreign.keys.length]?.id ?? ''
    expect((await call('DELETE', `/v1/tenants/${own.name}/keys/${id}`, key)).status).toBe(404)
    expect((await call('DELETE', `/v1/tenants/${foreign.name}/keys/${id}`, key)).status).toBe(404)
  },

  async 'foreign-admin'({ foreign, key, call }) {
    for (const part of ['keys', 'audit', 'quota']) {
      expect((await call('GET', `/v1/tenants/${foreign.name}/${part}`, key)).status).toBe(404)
    }
    const quota = `/v1/tenants/${foreign.name}/quota`
    expect((await call('PUT', quota, key, { requests_minute: 0 })).status).toBe(404)
    const keys = `/v1/tenants/${foreign.name}/keys`
    expect((await call('POST', keys, key, { scopes: ['admin'] })).status).toBe(404)
  },

  async audit({ own, key, call }) {
    const { status, json } = await call('GET', `/v1/tenants/${own.name}/audit`, key)
    expect(status).toBe(200)
    expectOwn(own, json.entries)
  },

  async 'foreign-cursor'({ own, foreign, key, call, send }) {
    const theirs = await send('GET', `/v1/tenants/${foreign.name}/audit`, foreign.keys[0]?.key)
    const { entries }: { entries: { id: number }[] } = await theirs.json()
    const path = `/v1/tenants/${own.name}/audit?before=${entries[0]?.id ?? 1}`
    const { status, json } = await call('GET', path, key)
    expect(status).toBe(200)
    expectOwn(own, json.entries)
  },
}
