// A document of a set through a service that answers by rote: what is asked, what is taken from the answer, how it scores.
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { ask } from '../../../scripts/evaluate/ask.ts'
import type { Sample } from '../../../scripts/evaluate/datasets.ts'
import { MAX_FIELDS } from '../../../src/limits'

interface Asked {
  document: { pages: { words: unknown[] }[] }
  schema: { properties: Record<string, { type: string }> }
}

const asked: Asked[] = []
let server: Server

const scalar = (raw: string | null, confidence = 0.9) => ({ raw, confidence })

/** Says "busy" once, then gives every field its own name as its value. */
beforeAll(async () => {
  server = createServer(async (request, response) => {
    let text = ''
    for await (const chunk of request) text += chunk
    if (asked.length === 0) response.writeHead(503, { 'retry-after': '0' }).end('{}')
    asked.push(JSON.parse(text))
    const { properties } = JSON.parse(text).schema
    const fields = Object.entries<{ type: string }>(properties).map(([name, { type }]) => [
      name,
      type === 'array' ? { items: [scalar(name), scalar(null)] } : scalar(name, 0.1),
    ])
    if (!response.headersSent) response.end(JSON.stringify({ fields: Object.fromEntries(fields) }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})
afterAll(() => server.close())

it('asks for every field, in as many requests as it takes, and comes back after a 503', async () => {
  const { port } = server.address() as AddressInfo
  const names = Array.from({ length: MAX_FIELDS }, (_, i) => `field ${i}`)
  const sample: Sample = {
    id: 'a',
    page: { width: 10, height: 10 },
    pages: [
      { width: 10, height: 10 },
      { width: 10, height: 10 },
    ],
    words: [
      { text: 'x', box: [0, 0, 1, 1] },
      { text: 'y', box: [0, 0, 1, 1], page: 1 },
    ],
    fields: {},
  }
  const questions = [
    ...names.map((field) => ({ field, kind: 'scalar' as const })),
    { field: 'list', kind: 'list' as const },
  ]
  const answer = await ask({ url: `http://127.0.0.1:${port}`, key: 'k' }, 'set', sample, questions)

  expect(asked.map(({ schema }) => Object.keys(schema.properties).length)).toEqual([
    MAX_FIELDS,
    MAX_FIELDS,
    1,
  ])
  expect(asked[0]?.document.pages.map(({ words }) => words.length)).toEqual([1, 1])
  expect(answer.given.get('field 7')).toEqual([{ text: 'field 7', confidence: 0.1 }])
  expect(answer.given.get('list')).toEqual([{ text: 'list', confidence: 0.9 }])
  expect(answer.truncated).toBe(false)
})
