// Webhooks, by each other's ids. They ask for an event that does not happen here, so nothing is ever sent.
import { expect } from 'vitest'
import type { Operations } from './world'

export const webhookOperations: Operations = {
  async 'webhook-create'({ own: { model }, secret, key, call }) {
    if (model.webhooks.length > 4) return
    const body = { url: `https://hooks.example.com/${secret}`, events: ['job.succeeded'] }
    const { status, json } = await call('POST', '/v1/webhooks', key, body)
    expect(status).toBe(201)
    model.webhooks.push(json.id)
  },

  async 'webhook-list'({ own: { model }, key, call }) {
    const { json } = await call('GET', '/v1/webhooks', key)
    const ids = json.webhooks.map(({ id }: { id: string }) => id)
    expect(ids.toSorted()).toEqual(model.webhooks.toSorted())
  },

  async 'webhook-remove'({ own: { model }, key, call }) {
    const id = model.webhooks.pop()
    if (id === undefined) return
    model.removed.push(id)
    expect((await call('DELETE', `/v1/webhooks/${id}`, key)).status).toBe(204)
  },

  async 'foreign-webhook'({ foreign, n, key, call }) {
    const id = foreign.model.webhooks.at(-1 - n)
    if (id === undefined) return
    const path = `/v1/webhooks/${id}`
    expect((await call('GET', path, key)).status).toBe(404)
    expect((await call('PATCH', path, key, { label: 'mine' })).status).toBe(404)
    expect((await call('POST', `${path}/rotate`, key)).status).toBe(404)
    expect((await call('GET', `${path}/deliveries`, key)).status).toBe(404)
    expect((await call('DELETE', path, key)).status).toBe(404)
  },
}
