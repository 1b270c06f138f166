// A schema as it may be stored: fields, and at its root `x-form`, which only a stored schema can have. In the schema of a request
// that keyword is refused as unknown: nothing would come of it.
import * as v from 'valibot'
import { fail, ok, type Result } from '../failure'
import { toIssues } from '../issues'
import { MAX_ISSUES } from '../limits'
import type { Field } from './field'
import { type FormRules, FormRulesSchema } from './form-rules'
import { parseSchema } from './parse'

export interface StoredSchema {
  readonly fields: readonly Field[]
  /** undefined: no form may be posted to it. */
  readonly form: FormRules | undefined
}

const KEYWORD = 'x-form'

/** Fails as `invalid`, with what is wrong in both. */
export function parseStored(json: unknown): Result<StoredSchema> {
  if (typeof json !== 'object' || json === null || !Object.hasOwn(json, KEYWORD)) {
    const fields = parseSchema(json)
    return fields.ok ? ok({ fields: fields.value, form: undefined }) : fields
  }
  const entries = Object.entries(json)
  const fields = parseSchema(Object.fromEntries(entries.filter(([name]) => name !== KEYWORD)))
  const form = parseRules(entries.find(([name]) => name === KEYWORD)?.[1])
  if (fields.ok && form.ok) return ok({ fields: fields.value, form: form.value })
  const found = [fields, form].flatMap((read) =>
    !read.ok && read.failure.kind === 'invalid' ? read.failure.issues : [],
  )
  return fail({ kind: 'invalid', issues: found.slice(0, MAX_ISSUES) })
}

function parseRules(json: unknown): Result<FormRules> {
  const rules = v.safeParse(FormRulesSchema, json)
  if (rules.success) return ok(rules.output)
  const issues = toIssues(rules.issues)
  return fail({
    kind: 'invalid',
    issues: issues.map((issue) => ({ ...issue, pointer: `/${KEYWORD}${issue.pointer}` })),
  })
}
