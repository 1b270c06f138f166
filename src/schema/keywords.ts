// The keywords of JSON Schema 2020-12 that the service takes, as valibot schemas: one for a scalar, an array, an object.
// They are strict: a keyword that would be ignored is refused instead, so that nobody relies on a promise not kept.
import * as v from 'valibot'
import { MAX_ALIASES, MAX_ENUM_OPTIONS, MAX_ITEMS, MAX_LABEL_CHARS } from '../limits'

const SCALARS = ['string', 'number', 'integer', 'boolean'] as const
const FORMATS = ['date', 'date-time', 'time', 'email', 'uri'] as const

/** A text that people read: not blank, not long. */
const Label = v.pipe(
  v.string(),
  v.maxLength(MAX_LABEL_CHARS, `Expected at most ${MAX_LABEL_CHARS} characters`),
  v.regex(/\S/u, 'Expected more than white space'),
)
const Labels = v.pipe(
  v.array(Label),
  v.maxLength(MAX_ALIASES, `Expected at most ${MAX_ALIASES} of them`),
)
const Example = v.union([Label, v.number(), v.boolean(), v.null()])
const Examples = v.pipe(
  v.array(Example),
  v.maxLength(MAX_ALIASES, `Expected at most ${MAX_ALIASES} of them`),
)

const annotations = {
  title: v.optional(Label),
  description: v.optional(Label),
  'x-aliases': v.optional(Labels),
  examples: v.optional(Examples),
  $comment: v.optional(v.string()),
}

/** A type alone, or as ["string", "null"]: every field may be absent, so null adds nothing. */
function orNull<const T extends readonly string[]>(types: T) {
  const single = v.picklist(types)
  return v.union([
    single,
    v.pipe(
      v.strictTuple([single, v.literal('null')]),
      v.transform(([type]) => type),
    ),
    v.pipe(
      v.strictTuple([v.literal('null'), single]),
      v.transform(([, type]) => type),
    ),
  ])
}

const Options = v.pipe(
  v.array(v.nullable(Label)),
  v.minLength(1, 'Expected at least one option'),
  v.maxLength(MAX_ENUM_OPTIONS, `Expected at most ${MAX_ENUM_OPTIONS} options`),
  v.check((options) => new Set(options).size === options.length, 'Expected distinct options'),
)

export const ScalarKeywords = v.strictObject({
  type: v.optional(orNull(SCALARS)),
  format: v.optional(v.picklist(FORMATS)),
  enum: v.optional(Options),
  ...annotations,
})

const Count = v.pipe(
  v.number(),
  v.integer('Expected a whole number'),
  v.maxValue(MAX_ITEMS, `Expected at most ${MAX_ITEMS}`),
)
export const ArrayKeywords = v.strictObject({
  type: orNull(['array']),
  items: v.unknown(),
  minItems: v.optional(v.pipe(Count, v.minValue(0, 'Expected at least 0'))),
  maxItems: v.optional(v.pipe(Count, v.minValue(1, 'Expected at least 1'))),
  ...annotations,
})

const isRecord = (json: unknown): json is Record<string, unknown> =>
  typeof json === 'object' && json !== null && !Array.isArray(json)

export const ObjectKeywords = v.strictObject({
  $schema: v.optional(v.string()),
  $id: v.optional(v.string()),
  type: orNull(['object']),
  properties: v.custom<Record<string, unknown>>(isRecord, 'Expected an object'),
  required: v.optional(v.array(v.string())),
  additionalProperties: v.optional(v.literal(false)),
  ...annotations,
})

export type Scalar = v.InferOutput<typeof ScalarKeywords>
export type Annotated = Pick<Scalar, 'title' | 'description' | 'x-aliases'>
