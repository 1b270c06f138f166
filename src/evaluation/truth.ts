// The true values of one document as its tenant gives them: by field, each a scalar, a list or rows as the schema has it. null, [] or
// a row's null say that the document has none; a field that is left out is not scored, so that documents need not be told whole.
import { fail, type Issue, ok, type Result } from '../failure'
import { pointerOf } from '../issues'
import { MAX_ISSUES } from '../limits'
import type { Field } from '../schema/field'

export type TrueScalar = string | number | boolean | null
export type TrueRow = Readonly<Record<string, TrueScalar>>
export type TrueValue = TrueScalar | readonly TrueScalar[] | readonly TrueRow[]
export type Truth = Readonly<Record<string, TrueValue>>

/** Fails as `invalid` with pointers into `json`: a field that no schema has, or a value of another shape than its field. */
export function parseTruth(json: unknown, schemas: readonly (readonly Field[])[]): Result<Truth> {
  if (!isRecord(json)) return fail({ kind: 'invalid', issues: [{ pointer: '', detail: SHAPE }] })
  const issues: Issue[] = []
  for (const [name, value] of Object.entries(json)) {
    const fields = schemas.flatMap((all) => all.filter((field) => field.name === name))
    const pointer = pointerOf([name])
    if (fields.length === 0) issues.push({ pointer, detail: 'There is no such field' })
    for (const field of fields) {
      if (!fits(field, value)) issues.push({ pointer, detail: expected(field) })
    }
  }
  if (issues.length > 0) return fail({ kind: 'invalid', issues: issues.slice(0, MAX_ISSUES) })
  return ok(json as Truth)
}

const SHAPE = 'Expected an object of true values by field'

function fits(field: Field, value: unknown): boolean {
  if (field.kind === 'scalar') return isScalar(value)
  if (value === null) return true
  if (!Array.isArray(value)) return false
  if (field.kind === 'list') return value.every(isScalar)
  const columns = new Set(field.columns.map(({ name }) => name))
  return value.every(
    (row) =>
      isRecord(row) &&
      Object.entries(row).every(([name, cell]) => columns.has(name) && isScalar(cell)),
  )
}

function expected({ kind }: Field): string {
  if (kind === 'scalar') return 'Expected a string, a number, a boolean or null'
  return kind === 'list'
    ? 'Expected a list of strings, numbers or booleans, or null'
    : 'Expected a list of rows by column, or null'
}

const isScalar = (value: unknown): value is TrueScalar =>
  value === null || ['string', 'number', 'boolean'].includes(typeof value)

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
