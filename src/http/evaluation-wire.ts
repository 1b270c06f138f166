// What POST /v1/schemas/{name}/evaluate takes and sends, as valibot schemas. Documents, candidate and true values are looked into by
// those who know them: document/json, schema/parse, evaluation/truth.
import * as v from 'valibot'
import { MAX_EVALUATED } from '../limits'

const Share = v.pipe(v.nullable(v.number()), v.description('0 to 1; null: nothing to count'))
const Count = v.pipe(v.number(), v.integer(), v.minValue(0))

const TrueScalarSchema = v.nullable(v.union([v.string(), v.number(), v.boolean()]))
const TruthSchema = v.pipe(
  v.record(
    v.string(),
    v.union([
      TrueScalarSchema,
      v.array(v.union([TrueScalarSchema, v.record(v.string(), TrueScalarSchema)])),
    ]),
  ),
  v.description(
    'true values by field: null or [] where the document has none; what is left out is not scored',
  ),
)

export const EvaluationRequestSchema = v.strictObject({
  documents: v.pipe(
    v.array(v.strictObject({ document: v.unknown(), fields: v.unknown() })),
    v.minLength(1, 'Expected at least one document'),
    v.maxLength(MAX_EVALUATED, `Expected at most ${MAX_EVALUATED} documents`),
  ),
  candidate: v.optional(v.unknown()),
})

/** As openapi.json has it; `document` and `candidate` are put in by hand there. */
export const EvaluatedDocumentSchema = v.strictObject({
  document: v.unknown(),
  fields: TruthSchema,
})

const scores = {
  expected: v.pipe(Count, v.description('true values')),
  given: v.pipe(Count, v.description('values that came back, right or not')),
  exact: v.pipe(Share, v.description('of the true values, but for case and white space')),
  right: v.pipe(Share, v.description('of the true values, in letters and digits')),
  f1: Share,
  absent: v.pipe(Count, v.description('documents that have none')),
  absent_filled: v.pipe(Share, v.description('of those documents, where it got a value')),
  wrong: v.pipe(
    v.array(Count),
    v.description('the documents, from 0, in which it is wrong, missing or too much'),
  ),
}
const ScoresSchema = v.strictObject(scores)
const SchemaScoresSchema = v.strictObject({
  schema: v.pipe(v.nullable(v.string()), v.description('name@version; null of an inline one')),
  passes: Count,
  overall: ScoresSchema,
  fields: v.record(
    v.string(),
    v.strictObject({ ...scores, columns: v.optional(v.record(v.string(), ScoresSchema)) }),
  ),
})

export const EvaluationSchema = v.strictObject({
  documents: Count,
  scores: SchemaScoresSchema,
  candidate: v.optional(SchemaScoresSchema),
})
