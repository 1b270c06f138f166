// Stored schemas, and what uses them: the same names on both sides.
import { expect } from 'vitest'
import { EXTRACTION } from '../service'
import { NAMES, type Operations, schemaOf, type Turn } from './world'

async function put(turn: Turn, headers: Record<string, string> = {}): Promise<void> {
  const { own, name, secret, key, call } = turn
  const { model } = own
  const before = model.newest(name)
  const made = model.versions.get(name) ?? []
  const isSame = before !== undefined && made.at(-1) === secret
  const path = `/v1/schemas/${name}`
  const { status, json } = await call('PUT', path, key, schemaOf(secret), headers)
  expect(status).toBe(isSame ? 200 : 201)
  if (!isSame) model.versions.set(name, [...made, secret])
  model.hidden.delete(name)
  expect(json.version).toBe(model.newest(name))
  model.etags.set(name, json.etag)
}

const referenceOf = ({ name, version }: Turn) => (version === 0 ? name : `${name}@${version}`)

export const schemaOperations: Operations = {
  put: (turn) => put(turn),

  async 'put-matched'(turn) {
    const etag = turn.own.model.etags.get(turn.name)
    if (turn.own.model.newest(turn.name) === undefined || etag === undefined) return
    await put(turn, { 'if-match': etag })
  },

  async 'foreign-etag'({ own, foreign, name, secret, key, call }) {
    const etag = foreign.model.etags.get(name)
    if (etag === undefined || etag === own.model.etags.get(name)) return
    const headers = { 'if-match': etag }
    const { status } = await call('PUT', `/v1/schemas/${name}`, key, schemaOf(secret), headers)
    expect(status).toBe(412)
  },

  async get(turn) {
    const field = turn.own.model.field(turn.name, turn.version)
    const path = `/v1/schemas/${referenceOf(turn)}`
    const { status, json } = await turn.call('GET', path, turn.key)
    expect(status).toBe(field === undefined ? 404 : 200)
    if (field !== undefined) expect(json.schema).toEqual(schemaOf(field))
  },

  async list({ own: { model }, key, call }) {
    const { json } = await call('GET', '/v1/schemas', key)
    const listed = json.schemas.map((entry: { name: string; version: number }) => [
      entry.name,
      entry.version,
    ])
    const visible = NAMES.filter((one) => model.newest(one) !== undefined)
    expect(listed).toEqual(visible.map((one) => [one, model.newest(one)]))
  },

  async history({ own: { model }, name, key, call }) {
    const made = model.versions.get(name)?.length ?? 0
    const { status, json } = await call('GET', `/v1/schemas/${name}/versions`, key)
    expect(status).toBe(made === 0 ? 404 : 200)
    if (made > 0) expect(json.versions).toHaveLength(made)
  },

  async hide({ own: { model }, name, key, call }) {
    const { status } = await call('DELETE', `/v1/schemas/${name}`, key)
    expect(status).toBe(model.newest(name) === undefined ? 404 : 204)
    if (model.newest(name) !== undefined) model.hidden.add(name)
  },

  async extract(turn) {
    const { model } = turn.own
    const field = model.field(turn.name, turn.version)
    const body = { ...EXTRACTION, schema: referenceOf(turn) }
    const { status, json } = await turn.call('POST', '/v1/extract', turn.key, body)
    expect(status).toBe(field === undefined ? 422 : 200)
    if (field === undefined) return
    expect(Object.keys(json.fields)).toEqual([field])
    model.pages++
  },

  async evaluate(turn) {
    const { model } = turn.own
    const field = model.field(turn.name, turn.version)
    const documents = [
      { document: EXTRACTION.document, fields: field === undefined ? {} : { [field]: 'x' } },
    ]
    const path = `/v1/schemas/${referenceOf(turn)}/evaluate`
    const { status, json } = await turn.call('POST', path, turn.key, { documents })
    expect(status).toBe(field === undefined ? 404 : 200)
    if (field === undefined) return
    expect(Object.keys(json.scores.fields)).toEqual([field])
    model.pages++
  },
}
