// The fields that a request asks for: a JSON Schema that it brings, or the name of a stored one. Findings are under /schema.
import type { Context } from 'hono'
import { fail, ok, type Result } from '../failure'
import { under } from '../issues'
import type { Field } from '../schema/field'
import { parseSchema } from '../schema/parse'
import { parseReference, REFERENCE_DETAIL } from '../schema/reference'
import type { AppEnv } from '../services'
import type { SchemaReader } from '../storage/schema-store'

/** `reference` is that of a stored schema, `receipt@3`: the caller learns which version was used. */
export interface Asked {
  readonly fields: readonly Field[]
  readonly reference: string | undefined
}

/** @param schema JSON, not yet parsed */
export async function askedFields(
  c: Context<AppEnv>,
  schema: unknown,
  schemas: SchemaReader,
): Promise<Result<Asked>> {
  if (typeof schema === 'string') {
    const named = parseReference(schema)
    if (named === undefined) return refuse(REFERENCE_DETAIL)
    const stored = await schemas.read(c.env, c.get('caller').tenant, named)
    if (stored.ok) return stored
    return stored.failure.kind === 'not-found' ? refuse('There is no such schema') : stored
  }
  const fields = parseSchema(schema)
  if (!fields.ok) return fail(under('/schema', fields.failure))
  return ok({ fields: fields.value, reference: undefined })
}

const refuse = (detail: string) =>
  fail({ kind: 'invalid', issues: [{ pointer: '/schema', detail }] })
