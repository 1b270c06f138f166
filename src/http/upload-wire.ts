// What the routes of uploads take and send, and the body of a job that names an upload, as valibot schemas; openapi.json is made of
// them.
import * as v from 'valibot'

export const NewUploadSchema = v.strictObject({
  type: v.exactOptional(
    v.pipe(
      v.string(),
      v.description('of the file; application/json for pages of words. Found out where not given.'),
    ),
  ),
  /** As for /v1/extract: then the file starts a job when it lands. */
  schema: v.exactOptional(v.unknown()),
})
export const UploadSchema = v.strictObject({
  id: v.string(),
  url: v.pipe(v.string(), v.description('where to PUT the file, without a key')),
  method: v.literal('PUT'),
  max_bytes: v.pipe(v.number(), v.integer()),
  until: v.pipe(v.string(), v.isoTimestamp(), v.description('until when: ISO 8601')),
  job: v.pipe(v.nullable(v.string()), v.description('id of the job that the file will start')),
})
export const LandedUploadSchema = v.strictObject({
  id: v.string(),
  job: v.pipe(v.nullable(v.string()), v.description('id of the job that it started')),
})
export const UploadJobSchema = v.strictObject({
  upload: v.pipe(v.string(), v.description('id of an upload whose file has landed')),
  schema: v.unknown(),
})
