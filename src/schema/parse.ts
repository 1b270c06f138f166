// The field schema of a request (a JSON Schema subset, api.md) to Fields, once; everything after it trusts the type.
// It never descends into a keyword that it does not take, so depth needs no limit of its own. All findings are told,
// up to MAX_ISSUES, by a pointer relative to the schema.
import * as v from 'valibot'
import { fail, type Issue, ok, type Result } from '../failure'
import { pointerOf, toIssues } from '../issues'
import { MAX_FIELDS, MAX_ISSUES, MAX_LABEL_CHARS } from '../limits'
import type { Field, ListField, ScalarField, ScalarType, TableField } from './field'
import { humanise } from './humanise'
import { ArrayKeywords, ObjectKeywords, type Scalar, ScalarKeywords } from './keywords'
import { distinct, labelsOf } from './labels'

/** What is being read: findings so far, and how many fields and columns. */
interface Reading {
  readonly issues: Issue[]
  fields: number
}

/** A place in the schema, as the segments of its pointer. */
type Place = readonly string[]

/** Fields in the order of `properties`. Fails as `invalid`. */
export function parseSchema(json: unknown): Result<readonly Field[]> {
  const reading: Reading = { issues: [], fields: 0 }
  const fields = parseProperties(reading, json, [], parseField)?.properties ?? []
  const { issues } = reading
  return issues.length > 0
    ? fail({ kind: 'invalid', issues: issues.slice(0, MAX_ISSUES) })
    : ok(fields)
}

/** An object's keywords and its properties, each read by `parse`; undefined when its keywords are not right. */
function parseProperties<T>(
  reading: Reading,
  json: unknown,
  at: Place,
  parse: (reading: Reading, name: string, json: unknown, at: Place) => T | undefined,
) {
  const object = check(reading, ObjectKeywords, json, at)
  if (object === undefined) return undefined
  const place = [...at, 'properties']
  const entries = Object.entries(object.properties)
  reading.fields += entries.length
  if (entries.length === 0) return refuse(reading, place, 'Expected at least one property')
  if (reading.fields > MAX_FIELDS) {
    return refuse(reading, place, `Expected at most ${MAX_FIELDS} fields and columns`)
  }
  const properties = entries.flatMap(([name, node]) => {
    const here = [...place, name]
    const parsed = isName(name) ? parse(reading, name, node, here) : refuseName(reading, here)
    return parsed === undefined ? [] : [parsed]
  })
  return { object, properties }
}

/** Not blank, not long, and not the one name that some clients' objects cannot hold. */
const isName = (name: string) =>
  /\S/u.test(name) && name.length <= MAX_LABEL_CHARS && name !== '__proto__'

const refuseName = (reading: Reading, at: Place) =>
  refuse(reading, at, `Expected a name of 1 to ${MAX_LABEL_CHARS} characters, not __proto__`)

function parseField(reading: Reading, name: string, json: unknown, at: Place): Field | undefined {
  const type = typeOf(json)
  if (type === 'array') return parseArray(reading, name, json, at)
  if (type === 'object') return refuse(reading, [...at, 'type'], 'An object may only be an item')
  return parseScalar(reading, name, json, at)
}

function parseColumn(reading: Reading, name: string, json: unknown, at: Place) {
  const type = typeOf(json)
  if (type === 'array' || type === 'object') {
    return refuse(reading, [...at, 'type'], 'A column may only be a scalar')
  }
  return parseScalar(reading, name, json, at)
}

function parseArray(
  reading: Reading,
  name: string,
  json: unknown,
  at: Place,
): ListField | TableField | undefined {
  const array = check(reading, ArrayKeywords, json, at)
  if (array === undefined) return undefined
  const items = [...at, 'items']
  const { maxItems } = array
  if (typeOf(array.items) === 'object') {
    const table = parseProperties(reading, array.items, items, parseColumn)
    if (table === undefined) return undefined
    const label = array.title ?? table.object.title ?? humanise(name)
    return { kind: 'table', name, label, columns: table.properties, maxItems }
  }
  const item = parseColumn(reading, name, array.items, items)
  if (item === undefined) return undefined
  const own = labelsOf(name, array)
  return {
    kind: 'list',
    name,
    item: { ...item, labels: distinct([...own, ...item.labels]) },
    maxItems,
  }
}

function parseScalar(reading: Reading, name: string, json: unknown, at: Place) {
  const scalar = check(reading, ScalarKeywords, json, at)
  if (scalar === undefined) return undefined
  const type = scalarType(reading, scalar, at)
  if (type === undefined) return undefined
  const options = scalar.enum?.filter((option) => option !== null) ?? []
  const field: ScalarField = { kind: 'scalar', name, type, labels: labelsOf(name, scalar), options }
  return field
}

function scalarType(reading: Reading, scalar: Scalar, at: Place): ScalarType | undefined {
  const { type, format } = scalar
  if (scalar.enum !== undefined) {
    if (format !== undefined) return refuse(reading, [...at, 'format'], 'An enum has no format')
    if (scalar.enum.every((option) => option === null)) {
      return refuse(reading, [...at, 'enum'], 'Expected at least one option')
    }
    if (type === undefined || type === 'string') return 'enum'
    return refuse(reading, [...at, 'type'], 'An enum is of strings')
  }
  if (type === undefined) return refuse(reading, [...at, 'type'], 'Missing')
  if (format === undefined) return type
  if (type === 'string') return format
  return refuse(reading, [...at, 'format'], 'Only a string has a format')
}

/** The type that decides which keywords apply: array, object, or anything else for a scalar. */
function typeOf(json: unknown): 'array' | 'object' | 'scalar' {
  const type: unknown =
    typeof json === 'object' && json !== null && Object.hasOwn(json, 'type')
      ? (json as { type: unknown }).type
      : undefined
  const types = Array.isArray(type) ? type : [type]
  if (types.includes('array')) return 'array'
  return types.includes('object') ? 'object' : 'scalar'
}

function check<T extends v.GenericSchema>(reading: Reading, schema: T, json: unknown, at: Place) {
  const parsed = v.safeParse(schema, json)
  if (parsed.success) return parsed.output
  const base = pointerOf(at)
  for (const { pointer, detail } of toIssues(parsed.issues)) {
    reading.issues.push({ pointer: base + pointer, detail })
  }
  return undefined
}

function refuse(reading: Reading, at: Place, detail: string): undefined {
  reading.issues.push({ pointer: pointerOf(at), detail })
  return undefined
}
