// What the service sends, as valibot schemas: the answer to an extraction and the problem document. The service does not
// run on these; openapi.json is generated from them, test/types holds the types of extraction/answer and http/problem
// against them, and the integration tests hold real answers against them.
import * as v from 'valibot'
import { BoxSchema } from '../document/json'

const Status = v.pipe(
  v.picklist(['found', 'absent', 'uncertain', 'overflow']),
  v.description(
    'absent: the document has none. uncertain: look at the page. overflow: there is more than could be returned.',
  ),
)
const Confidence = v.pipe(
  v.number(),
  v.minValue(0),
  v.maxValue(1),
  v.description('chance that the answer is right; of an absent field, that it is absent'),
)
const Count = v.pipe(v.number(), v.integer(), v.minValue(0))

export const CitationSchema = v.strictObject({
  page: v.pipe(v.number(), v.integer(), v.minValue(1), v.description('from 1')),
  box: BoxSchema,
  text: v.string(),
})
export const ScalarAnswerSchema = v.strictObject({
  status: Status,
  value: v.pipe(
    v.nullable(v.union([v.string(), v.number(), v.boolean()])),
    v.description('of the type of the field: ISO 8601 dates and times, plain decimal numbers'),
  ),
  raw: v.pipe(v.nullable(v.string()), v.description('the spelling of the page')),
  confidence: Confidence,
  citations: v.array(CitationSchema),
})
const items = {
  status: Status,
  complete: v.pipe(v.boolean(), v.description('false when there may be more than is returned')),
  confidence: Confidence,
}
export const ListAnswerSchema = v.strictObject({ ...items, items: v.array(ScalarAnswerSchema) })
export const TableAnswerSchema = v.strictObject({
  ...items,
  rows: v.array(v.record(v.string(), ScalarAnswerSchema)),
})
export const FieldAnswerSchema = v.union([ScalarAnswerSchema, ListAnswerSchema, TableAnswerSchema])

export const ExtractionSchema = v.strictObject({
  id: v.pipe(v.string(), v.regex(/^ext_[0-9a-f]{32}$/)),
  model: v.strictObject({
    name: v.string(),
    version: v.string(),
    tier: v.picklist(['edge', 'gpu']),
  }),
  schema: v.optional(
    v.pipe(v.string(), v.description('name@version, where a stored schema was named')),
  ),
  passes: v.pipe(Count, v.description('forward passes that the answer took')),
  fields: v.record(v.string(), FieldAnswerSchema),
  usage: v.strictObject({ pages: Count, words: Count, tokens: Count }),
})

export const IssueSchema = v.strictObject({
  pointer: v.pipe(v.string(), v.description('RFC 6901, into the request')),
  detail: v.string(),
})
export const ProblemSchema = v.strictObject({
  type: v.pipe(v.string(), v.description('urn:pip-kie:problem:KIND, stable, to compare')),
  title: v.string(),
  status: v.pipe(v.number(), v.integer()),
  detail: v.string(),
  instance: v.pipe(v.string(), v.description('urn:pip-kie:request:ID, as in the logs')),
  errors: v.array(IssueSchema),
})
