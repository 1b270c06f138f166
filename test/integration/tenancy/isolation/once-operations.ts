// Idempotency keys: the same ones on both sides, each with its own tenant's answers.
import { expect } from 'vitest'
import { EXTRACTION } from '../service'
import { type Operations, schemaOf } from './world'

export const onceOperations: Operations = {
  async 'extract-once'({ own: { model }, name, secret, key, call }) {
    const known = model.once.get(name)
    const body = { ...EXTRACTION, schema: schemaOf(secret) }
    const headers = { 'idempotency-key': name }
    const answer = await call('POST', '/v1/extract', key, body, headers)
    if (known !== undefined && known.secret !== secret) {
      expect(answer.status).toBe(422)
      return
    }
    expect(answer.status).toBe(200)
    expect(answer.headers.has('idempotent-replayed')).toBe(known !== undefined)
    expect(Object.keys(answer.json.fields)).toEqual([secret])
    if (known === undefined) {
      model.pages++
      model.once.set(name, { secret, id: answer.json.id })
    } else {
      expect(answer.json.id).toBe(known.id)
    }
  },
}
