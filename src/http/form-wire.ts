// What the routes of forms take and send, as valibot schemas; openapi.json is made of them.
import * as v from 'valibot'
import { FORM_TOKEN_SECONDS, MAX_ADDRESS_CHARS, MAX_FORM_TOKEN_SECONDS } from '../limits'
import { ExtractionSchema } from './wire'

const seconds = `Expected 1 to ${MAX_FORM_TOKEN_SECONDS} seconds`

export const NewFormTokenSchema = v.strictObject({
  origin: v.pipe(
    v.string(),
    v.maxLength(MAX_ADDRESS_CHARS, `Expected at most ${MAX_ADDRESS_CHARS} characters`),
    v.description('of the page that the form stands on; one that the schema lists'),
  ),
  expires_in: v.optional(
    v.pipe(
      v.number(),
      v.integer('Expected whole seconds'),
      v.minValue(1, seconds),
      v.maxValue(MAX_FORM_TOKEN_SECONDS, seconds),
      v.description('seconds'),
    ),
    FORM_TOKEN_SECONDS,
  ),
})
export const FormTokenSchema = v.strictObject({
  token: v.pipe(v.string(), v.description('for the field pip-token, the first of the form')),
  action: v.pipe(v.string(), v.description('for the attribute action of the form')),
  schema: v.pipe(v.string(), v.description('name@version that the token is bound to')),
  expires_at: v.pipe(v.string(), v.isoTimestamp(), v.description('ISO 8601')),
})

export const FormExtractionSchema = v.strictObject({
  ...ExtractionSchema.entries,
  form: v.pipe(
    v.array(v.strictObject({ name: v.string(), value: v.string() })),
    v.description('the other fields of the form, as and in the order in which they were posted'),
  ),
})
