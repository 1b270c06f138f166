// POST /v1/schemas/{name}/evaluate: what a change of a label does, by a model that finds a value where the template speaks of money.
import * as v from 'valibot'
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { EvaluationSchema } from '../../../src/http/evaluation-wire'
import { MAX_EVALUATED, MAX_PAGES } from '../../../src/limits'
import type { MaskFiller } from '../../../src/model/mask-filler'
import { blankFiller } from '../../fixtures/blank-filler'
import { keyFor, newTenant, serviceWith, wordpiece } from './service'

const [MONEY] = wordpiece.encode('money').ids

/** Every first mask points at the first word of the page, if there is MONEY before it. */
const moneyFiller: MaskFiller = {
  info: blankFiller.info,
  async fill({ batch, masks, length, inputIds, segment, slot, maskPositions }) {
    const page = segment.indexOf(1)
    const knows = inputIds.subarray(0, page).includes(MONEY ?? -1)
    const scores = () => {
      const all = new Float32Array(batch * masks * length)
      for (const [m, position] of maskPositions.entries()) {
        all[m * length + (knows && slot[position] === 1 ? page : 0)] = 12
      }
      return all
    }
    return { ok: true, value: { start: scores(), end: scores() } }
  },
}
const send = serviceWith(moneyFiller)
let key = ''

const schemaOf = (...aliases: string[]) => ({
  type: 'object',
  properties: { total: { type: 'number', 'x-aliases': aliases } },
})
const documentOf = (text: string) => ({
  pages: [{ width: 100, height: 100, words: [{ text, box: [0, 0, 50, 10] }] }],
})
const DOCUMENTS = [
  { document: documentOf('31'), fields: { total: 31 } },
  { document: documentOf('7'), fields: { total: 8 } },
  { document: documentOf('5'), fields: { total: null } },
]
const evaluate = (name: string, body: unknown, by = key) =>
  send('POST', `/v1/schemas/${name}/evaluate`, by, body)
const issuesOf = async (response: Response) => {
  expect(response.status).toBe(422)
  const { errors }: { errors: { pointer: string }[] } = await response.json()
  return errors.map(({ pointer }) => pointer)
}

beforeAll(async () => {
  vi.spyOn(console, 'log').mockImplementation(() => undefined)
  await newTenant(send, 'evaluates')
  key = (await keyFor(send, 'evaluates')).key
  await send('PUT', '/v1/schemas/bill', key, schemaOf())
})
beforeEach(() => void vi.spyOn(console, 'log').mockImplementation(() => undefined))

describe('an evaluation', () => {
  it('says what the stored schema gets right and what a candidate would', async () => {
    const response = await evaluate('bill', { documents: DOCUMENTS, candidate: schemaOf('money') })
    expect(response.status).toBe(200)
    const answer = v.parse(EvaluationSchema, await response.json())
    expect(answer).toMatchObject({
      documents: 3,
      scores: { schema: 'bill@1', overall: { right: 0, absent_filled: 0 } },
      candidate: { schema: null, passes: 3 },
    })
    expect(answer.candidate?.fields.total).toMatchObject({
      ...{ expected: 2, given: 3, right: 0.5, absent: 1, absent_filled: 1, wrong: [1, 2] },
    })
  })

  it('takes a version, and a stored schema as the candidate', async () => {
    await send('PUT', '/v1/schemas/bill', key, schemaOf('money'))
    const response = await evaluate('bill', { documents: DOCUMENTS, candidate: 'bill@1' })
    expect(await response.json()).toMatchObject({
      scores: { schema: 'bill@2', overall: { right: 0.5 } },
      candidate: { schema: 'bill@1', overall: { right: 0 } },
    })
    const first = await evaluate('bill@1', { documents: DOCUMENTS })
    expect(await first.json()).toMatchObject({ scores: { schema: 'bill@1' } })
  })

  it('counts the pages that the model reads, once a schema', async () => {
    const usage = async () => {
      const response = await send('GET', '/v1/tenants/evaluates/quota', key)
      const { usage }: { usage: { month: { pages: number } } } = await response.json()
      return usage.month.pages
    }
    const before = await usage()
    await evaluate('bill', { documents: DOCUMENTS, candidate: schemaOf('money') })
    expect((await usage()) - before).toBe(6)
  })
})

describe('what is refused', () => {
  it('is a schema that is not there or not the caller’s', async () => {
    expect((await evaluate('none', { documents: DOCUMENTS })).status).toBe(404)
    await newTenant(send, 'evaluates-not')
    const other = await keyFor(send, 'evaluates-not')
    expect((await evaluate('bill@1', { documents: DOCUMENTS }, other.key)).status).toBe(404)
    const { key: extractOnly } = await keyFor(send, 'evaluates', ['extract'])
    expect((await evaluate('bill', { documents: DOCUMENTS }, extractOnly)).status).toBe(403)
  })

  it('is told by its place', async () => {
    const at = async (body: unknown) => issuesOf(await evaluate('bill', body))
    expect(await at({})).toEqual(['/documents'])
    expect(await at({ documents: [] })).toEqual(['/documents'])
    expect(await at({ documents: DOCUMENTS, candidate: 'none' })).toEqual(['/candidate'])
    const wrong = { type: 'object', properties: { a: { type: 'null' } } }
    expect(await at({ documents: DOCUMENTS, candidate: wrong })).toEqual([
      '/candidate/properties/a/type',
    ])
    const [document] = DOCUMENTS
    const truth = { document: document?.document, fields: { sum: 1 } }
    expect(await at({ documents: [document, truth] })).toEqual(['/documents/1/fields/sum'])
    const words = { document: { pages: [] }, fields: {} }
    expect(await at({ documents: [document, words] })).toEqual(['/documents/1/document/pages'])
    const empty = { document: documentOf(' '), fields: {} }
    expect(await at({ documents: [document, empty] })).toEqual(['/documents/1/document'])
  })

  it('is more than one request may ask', async () => {
    const many = (n: number, of: unknown) => ({ documents: Array.from({ length: n }, () => of) })
    const [one] = DOCUMENTS
    expect((await evaluate('bill', many(MAX_EVALUATED, one))).status).toBe(200)
    expect((await evaluate('bill', many(MAX_EVALUATED + 1, one))).status).toBe(422)
    const page = documentOf('1').pages[0]
    const pages = (n: number) => ({ pages: Array.from({ length: n }, () => page) })
    const two = { document: pages(MAX_PAGES / 2 + 1), fields: {} }
    expect((await evaluate('bill', many(2, two))).status).toBe(413)
  })
})
