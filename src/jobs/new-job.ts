// What a job has from the request that asks for it: its id, and what it keeps of its schema.
import { fail, ok, type Result } from '../failure'
import type { Asked } from '../http/asked-fields'
import { MAX_SCHEMA_CHARS } from '../limits'

export const newJobId = (): string => `job_${crypto.randomUUID().replaceAll('-', '')}`

/** The version that was meant, or the whole of it. */
export function schemaText(schema: unknown, { reference }: Asked): Result<string> {
  const text = reference ?? JSON.stringify(schema)
  if (text.length <= MAX_SCHEMA_CHARS) return ok(text)
  const limit = { limit: 'the schema of a job', max: MAX_SCHEMA_CHARS, unit: 'characters' }
  return fail({ kind: 'too-large', ...limit })
}
