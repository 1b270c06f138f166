// What the routes of jobs take and send, as valibot schemas; openapi.json is made of them, and test/types holds the types of
// storage/ against them.
import * as v from 'valibot'
import { JOB_STATES } from '../storage/job-states'
import { ExtractionSchema, ProblemSchema } from './wire'

const Time = v.pipe(v.string(), v.isoTimestamp(), v.description('ISO 8601'))
const Count = v.pipe(v.number(), v.integer(), v.minValue(0))

const job = {
  id: v.pipe(v.string(), v.regex(/^job_[0-9a-f]{32}$/)),
  state: v.picklist(JOB_STATES),
  created_at: Time,
  created_by: v.pipe(v.string(), v.description('id of the key that asked for it')),
  schema: v.pipe(
    v.nullable(v.string()),
    v.description('name@version; null where the schema came with the request'),
  ),
  progress: v.strictObject({
    pages_done: Count,
    pages: v.pipe(v.nullable(Count), v.description('null until the document is read')),
  }),
  finished_at: v.nullable(Time),
  problem: v.pipe(v.nullable(ProblemSchema), v.description('why it failed')),
  result_until: v.pipe(
    v.nullable(Time),
    v.description('until when the result can be had; null where there is none, or no longer'),
  ),
}

export const JobSchema = v.strictObject(job)
export const JobWithResultSchema = v.strictObject({
  ...job,
  result: v.pipe(v.nullable(ExtractionSchema), v.description('what POST /v1/extract would answer')),
})
export const JobListSchema = v.strictObject({
  jobs: v.pipe(v.array(JobSchema), v.description('newest first')),
  next: v.pipe(v.nullable(v.string()), v.description('the `before` of the next page')),
})
