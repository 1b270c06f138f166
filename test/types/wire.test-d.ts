// Compiles only while what the service sends is what openapi.json says that it sends.
import type { InferInput } from 'valibot'
import type { SchemaScores } from '../../src/evaluation/score'
import type { Answer } from '../../src/extraction/answer'
import type { EvaluationSchema } from '../../src/http/evaluation-wire'
import type { JobSchema } from '../../src/http/job-wire'
import type { Problem } from '../../src/http/problem'
import type {
  AuditEntrySchema,
  CreatedKeySchema,
  QuotaSchema,
  TenantListSchema,
} from '../../src/http/tenancy-wire'
import type { DeliverySchema, EndpointSchema } from '../../src/http/webhook-wire'
import type { ExtractionSchema, ProblemSchema } from '../../src/http/wire'
import type { AuditEntry } from '../../src/storage/audit-trail'
import type { DeliveryInfo } from '../../src/storage/delivery-table'
import type { TenantPage } from '../../src/storage/directory'
import type { EndpointInfo } from '../../src/storage/endpoint-table'
import type { JobInfo } from '../../src/storage/job-states'
import type { KeyInfo } from '../../src/storage/key-ring'
import type { QuotaReading } from '../../src/storage/tenant'

/** The same type with everything in it read-only, as the service's own types are. */
type Frozen<T> = { readonly [K in keyof T]: Frozen<T[K]> }

type Extends<Sent extends Described, Described> = Sent

export type Extraction = Extends<
  Answer & { id: string },
  Frozen<InferInput<typeof ExtractionSchema>>
>
export type ProblemDocument = Extends<Problem, Frozen<InferInput<typeof ProblemSchema>>>
export type CreatedKey = Extends<
  KeyInfo & { key: string },
  Frozen<InferInput<typeof CreatedKeySchema>>
>
export type Tenants = Extends<TenantPage, Frozen<InferInput<typeof TenantListSchema>>>
export type Audited = Extends<AuditEntry, Frozen<InferInput<typeof AuditEntrySchema>>>
export type Quota = Extends<QuotaReading, Frozen<InferInput<typeof QuotaSchema>>>
export type Evaluated = Extends<
  SchemaScores & { schema: string | null; passes: number },
  Frozen<InferInput<typeof EvaluationSchema>>['scores']
>
export type Jobs = Extends<JobInfo, Frozen<InferInput<typeof JobSchema>>>
export type Webhooks = Extends<EndpointInfo, Frozen<InferInput<typeof EndpointSchema>>>
export type Deliveries = Extends<DeliveryInfo, Frozen<InferInput<typeof DeliverySchema>>>
