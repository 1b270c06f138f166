// What the routes of webhooks take and send, as valibot schemas, and the message itself; openapi.json is made of them, and test/types
// holds the types of storage/ against them.
import * as v from 'valibot'
import { MAX_LABEL_CHARS, MAX_URL_CHARS } from '../limits'
import { DELIVERY_STATES } from '../storage/delivery-states'
import { WEBHOOK_EVENTS } from '../webhooks/events'
import { JobSchema } from './job-wire'

const Time = v.pipe(v.string(), v.isoTimestamp(), v.description('ISO 8601'))
const Count = v.pipe(v.number(), v.integer(), v.minValue(0))
const Url = v.pipe(
  v.string(),
  v.maxLength(MAX_URL_CHARS, `Expected at most ${MAX_URL_CHARS} characters`),
  v.description('https, and a public host'),
)
const Events = v.pipe(
  v.array(v.picklist(WEBHOOK_EVENTS)),
  v.minLength(1, 'Expected at least one event'),
  v.maxLength(WEBHOOK_EVENTS.length, 'Expected every event once'),
)
const Label = v.pipe(
  v.string(),
  v.maxLength(MAX_LABEL_CHARS, `Expected at most ${MAX_LABEL_CHARS} characters`),
)

export const NewEndpointSchema = v.strictObject({
  url: Url,
  events: v.optional(Events, () => [...WEBHOOK_EVENTS]),
  label: v.optional(Label, ''),
})
export const EndpointChangeSchema = v.strictObject({
  url: v.exactOptional(Url),
  events: v.exactOptional(Events),
  label: v.exactOptional(Label),
})

const endpoint = {
  id: v.string(),
  url: v.string(),
  events: v.array(v.picklist(WEBHOOK_EVENTS)),
  label: v.string(),
  created_at: Time,
  created_by: v.pipe(v.string(), v.description('id of the key that made it')),
  secrets: v.pipe(
    v.array(v.strictObject({ created_at: Time, until: v.nullable(Time) })),
    v.description('those that messages are signed with now, oldest first'),
  ),
}
export const EndpointSchema = v.strictObject(endpoint)
export const EndpointWithSecretSchema = v.strictObject({
  ...endpoint,
  secret: v.pipe(v.string(), v.description('whsec_...: shown this once')),
})
export const EndpointListSchema = v.strictObject({ webhooks: v.array(EndpointSchema) })

export const DeliverySchema = v.strictObject({
  id: v.pipe(v.string(), v.description('of the message: its webhook-id')),
  type: v.picklist(WEBHOOK_EVENTS),
  job: v.string(),
  state: v.picklist(DELIVERY_STATES),
  attempts: Count,
  created_at: Time,
  last_at: v.nullable(Time),
  last_status: v.pipe(v.nullable(Count), v.description('what the receiver answered, if it did')),
  last_error: v.nullable(v.string()),
  next_at: v.pipe(v.nullable(Time), v.description('when it is tried again')),
})
export const DeliveryListSchema = v.strictObject({
  deliveries: v.pipe(v.array(DeliverySchema), v.description('newest first')),
  next: v.pipe(v.nullable(v.string()), v.description('the `before` of the next page')),
})

/** What is sent, signed by Standard Webhooks 1.0.0. */
export const MessageSchema = v.strictObject({
  type: v.picklist(WEBHOOK_EVENTS),
  timestamp: v.pipe(Time, v.description('when it happened')),
  data: JobSchema,
})
