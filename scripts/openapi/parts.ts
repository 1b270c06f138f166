// The pieces that every path of openapi.json is made of.
import { ref } from './schemas'

export const JSON_TYPE = 'application/json'

export const problem = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: ref('Problem') } },
})

/** References to the shared responses Problem400, Problem401, ... */
export const problems = (...statuses: number[]) =>
  Object.fromEntries(
    statuses.map((status) => [String(status), { $ref: `#/components/responses/Problem${status}` }]),
  )

export const takes = (schema: string) => ({
  required: true,
  content: { [JSON_TYPE]: { schema: ref(schema) } },
})

export const answers = (description: string, schema: string) => ({
  description,
  content: { [JSON_TYPE]: { schema: ref(schema) } },
})

export const inPath = (name: string, description: string) => ({
  name,
  in: 'path',
  required: true,
  description,
  schema: { type: 'string' },
})

export const inQuery = (name: string, description: string) => ({
  name,
  in: 'query',
  description,
  schema: { type: 'string' },
})

export const inHeader = (name: string, description: string) => ({
  name,
  in: 'header',
  description,
  schema: { type: 'string' },
})
