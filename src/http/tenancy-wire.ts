// What the routes of tenants and keys take and send, as valibot schemas. Requests are parsed with them; of the answers they make
// openapi.json, and test/types holds the types of storage/ against them.
import * as v from 'valibot'
import { MAX_LABEL_CHARS, MAX_QUOTA, MAX_TENANT_CHARS } from '../limits'
import { AUDIT_ACTIONS } from '../storage/audit-actions'
import { SCOPES } from './scopes'

const Time = v.pipe(v.string(), v.isoTimestamp(), v.description('ISO 8601'))

const TenantNameSchema = v.pipe(
  v.string(),
  v.regex(
    new RegExp(`^[a-z0-9](?:[a-z0-9-]{0,${MAX_TENANT_CHARS - 2}}[a-z0-9])?$`),
    `Expected 1 to ${MAX_TENANT_CHARS} lower-case letters, digits and hyphens between them`,
  ),
)

export const NewTenantSchema = v.strictObject({ name: TenantNameSchema })
export const TenantSchema = v.strictObject({ name: v.string(), created_at: Time })
export const TenantListSchema = v.strictObject({
  tenants: v.array(TenantSchema),
  next: v.pipe(v.nullable(v.string()), v.description('the `cursor` of the next page')),
})

const Scopes = v.pipe(
  v.array(v.picklist(SCOPES)),
  v.minLength(1, 'Expected at least one scope'),
  v.maxLength(SCOPES.length, 'Expected every scope once'),
)
const Label = v.pipe(
  v.string(),
  v.maxLength(MAX_LABEL_CHARS, `Expected at most ${MAX_LABEL_CHARS} characters`),
)

export const NewKeySchema = v.strictObject({ label: v.optional(Label, ''), scopes: Scopes })
const key = {
  id: v.string(),
  label: v.string(),
  scopes: v.array(v.picklist(SCOPES)),
  created_at: Time,
  revoked_at: v.nullable(Time),
}
export const KeySchema = v.strictObject(key)
export const CreatedKeySchema = v.strictObject({
  ...key,
  key: v.pipe(v.string(), v.description('the key itself: shown this once, stored nowhere')),
})
export const KeyListSchema = v.strictObject({ keys: v.array(KeySchema) })

export const AuditEntrySchema = v.strictObject({
  id: v.pipe(v.number(), v.integer()),
  at: Time,
  actor: v.pipe(v.string(), v.description('id of the key that acted')),
  action: v.picklist(AUDIT_ACTIONS),
  subject: v.pipe(v.string(), v.description('name or id of what it was done to')),
  request: v.pipe(v.string(), v.description('id of the request, as in the logs')),
})
export const AuditSchema = v.strictObject({
  entries: v.array(AuditEntrySchema),
  next: v.pipe(v.nullable(v.string()), v.description('the `before` of the next page')),
})

const Most = v.pipe(
  v.nullable(
    v.pipe(
      v.number(),
      v.integer('Expected a whole number'),
      v.minValue(0, 'Expected at least 0'),
      v.maxValue(MAX_QUOTA, `Expected at most ${MAX_QUOTA}`),
    ),
  ),
  v.description('null: no limit'),
)
const quota = { requests_minute: Most, requests_month: Most, pages_minute: Most, pages_month: Most }
const Used = v.strictObject({ since: Time, requests: v.number(), pages: v.number() })

/** What is left out is at its default. */
export const NewQuotaSchema = v.strictObject({
  requests_minute: v.exactOptional(Most),
  requests_month: v.exactOptional(Most),
  pages_minute: v.exactOptional(Most),
  pages_month: v.exactOptional(Most),
})
export const QuotaSchema = v.strictObject({
  limits: v.strictObject(quota),
  usage: v.strictObject({ minute: Used, month: Used }),
})
