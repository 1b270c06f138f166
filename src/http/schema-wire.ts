// What the routes of stored schemas send, as valibot schemas; openapi.json is made of them. What they take is schema/keywords.ts's.
import * as v from 'valibot'
import { ObjectKeywords } from '../schema/keywords'

const entry = {
  name: v.string(),
  version: v.pipe(v.number(), v.integer(), v.minValue(1)),
  created_at: v.pipe(v.string(), v.isoTimestamp(), v.description('ISO 8601')),
  created_by: v.pipe(v.string(), v.description('id of the key that put it')),
  etag: v.pipe(v.string(), v.description('as in the header ETag, for If-Match')),
}
const Next = (parameter: string) =>
  v.pipe(v.nullable(v.string()), v.description(`the \`${parameter}\` of the next page`))

export const SchemaEntrySchema = v.strictObject(entry)
export const StoredSchemaSchema = v.strictObject({ ...entry, schema: ObjectKeywords })
export const SchemaListSchema = v.strictObject({
  schemas: v.pipe(v.array(SchemaEntrySchema), v.description('the newest version of each, by name')),
  next: Next('after'),
})
export const SchemaHistorySchema = v.strictObject({
  versions: v.pipe(v.array(SchemaEntrySchema), v.description('newest first')),
  next: Next('before'),
})
