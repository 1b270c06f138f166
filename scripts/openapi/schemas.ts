// The schemas of openapi.json, made from the valibot schemas that requests are parsed with and answers are checked with.
// Three things valibot parses by hand-written code are put in by hand here: fields, items and the schema of a request.
import { type JsonSchema, toJsonSchemaDefs } from '@valibot/to-json-schema'
import {
  BoxSchema,
  FileDocumentSchema,
  PageSchema,
  WordSchema,
  WordsDocumentSchema,
} from '../../src/document/json'
import { EvaluatedDocumentSchema, EvaluationSchema } from '../../src/http/evaluation-wire'
import { FormExtractionSchema, FormTokenSchema, NewFormTokenSchema } from '../../src/http/form-wire'
import { JobListSchema, JobSchema, JobWithResultSchema } from '../../src/http/job-wire'
import {
  SchemaEntrySchema,
  SchemaHistorySchema,
  SchemaListSchema,
  StoredSchemaSchema,
} from '../../src/http/schema-wire'
import {
  AuditEntrySchema,
  AuditSchema,
  CreatedKeySchema,
  KeyListSchema,
  KeySchema,
  NewKeySchema,
  NewQuotaSchema,
  NewTenantSchema,
  QuotaSchema,
  TenantListSchema,
  TenantSchema,
} from '../../src/http/tenancy-wire'
import {
  LandedUploadSchema,
  NewUploadSchema,
  UploadJobSchema,
  UploadSchema,
} from '../../src/http/upload-wire'
import {
  DeliveryListSchema,
  DeliverySchema,
  EndpointChangeSchema,
  EndpointListSchema,
  EndpointSchema,
  EndpointWithSecretSchema,
  MessageSchema,
  NewEndpointSchema,
} from '../../src/http/webhook-wire'
import {
  CitationSchema,
  ExtractionSchema,
  FieldAnswerSchema,
  IssueSchema,
  ListAnswerSchema,
  ProblemSchema,
  ScalarAnswerSchema,
  TableAnswerSchema,
} from '../../src/http/wire'
import { MAX_EVALUATED, MAX_FIELDS, MAX_LABEL_CHARS } from '../../src/limits'
import { FormRulesSchema } from '../../src/schema/form-rules'
import { ArrayKeywords, ObjectKeywords, ScalarKeywords } from '../../src/schema/keywords'

type Schemas = Record<string, JsonSchema>

export const ref = (name: string): JsonSchema => ({ $ref: `#/components/schemas/${name}` })

/** By the name that they have under components/schemas. */
export function componentSchemas(): Schemas {
  const schemas = generated()
  const { ScalarField, ListField, FieldSchema } = schemas
  const columns = fieldsOf(ref('ScalarField'))
  const fields = fieldsOf(anyOf('ScalarField', 'ListField'))
  return {
    ...schemas,
    ListField: withProperty(ListField, 'items', anyOf('ScalarField', 'RowItems')),
    RowItems: withProperty(FieldSchema, 'properties', columns),
    FieldSchema: withProperty(FieldSchema, 'properties', fields),
    StorableSchema: withProperty(
      withProperty(FieldSchema, 'properties', fields),
      'x-form',
      ref('FormRules'),
    ),
    StoredSchema: withProperty(schemas.StoredSchema, 'schema', ref('StorableSchema')),
    ScalarField: ScalarField ?? {},
    NewUpload: withProperty(schemas.NewUpload, 'schema', anyOf('FieldSchema', 'SchemaReference')),
    UploadJob: withProperty(schemas.UploadJob, 'schema', anyOf('FieldSchema', 'SchemaReference')),
    SchemaReference: { type: 'string', description: 'a stored schema: name, or name@version' },
    Document: anyOf('WordsDocument', 'FileDocument'),
    EvaluatedDocument: withProperty(schemas.EvaluatedDocument, 'document', ref('Document')),
    EvaluationRequest: {
      type: 'object',
      properties: {
        documents: {
          ...{ type: 'array', items: ref('EvaluatedDocument') },
          ...{ minItems: 1, maxItems: MAX_EVALUATED },
        },
        candidate: anyOf('FieldSchema', 'SchemaReference'),
      },
      required: ['documents'],
      additionalProperties: false,
    },
    ExtractionRequest: {
      type: 'object',
      properties: { document: ref('Document'), schema: anyOf('FieldSchema', 'SchemaReference') },
      required: ['document', 'schema'],
      additionalProperties: false,
    },
  }
}

function generated(): Schemas {
  return toJsonSchemaDefs(
    {
      Box: BoxSchema,
      Word: WordSchema,
      Page: PageSchema,
      WordsDocument: WordsDocumentSchema,
      FileDocument: FileDocumentSchema,
      ScalarField: ScalarKeywords,
      ListField: ArrayKeywords,
      FieldSchema: ObjectKeywords,
      Citation: CitationSchema,
      ScalarAnswer: ScalarAnswerSchema,
      ListAnswer: ListAnswerSchema,
      TableAnswer: TableAnswerSchema,
      FieldAnswer: FieldAnswerSchema,
      Extraction: ExtractionSchema,
      Issue: IssueSchema,
      Problem: ProblemSchema,
      NewTenant: NewTenantSchema,
      Tenant: TenantSchema,
      TenantList: TenantListSchema,
      NewKey: NewKeySchema,
      Key: KeySchema,
      CreatedKey: CreatedKeySchema,
      KeyList: KeyListSchema,
      AuditEntry: AuditEntrySchema,
      Audit: AuditSchema,
      NewQuota: NewQuotaSchema,
      Quota: QuotaSchema,
      SchemaEntry: SchemaEntrySchema,
      StoredSchema: StoredSchemaSchema,
      SchemaList: SchemaListSchema,
      SchemaHistory: SchemaHistorySchema,
      EvaluatedDocument: EvaluatedDocumentSchema,
      Evaluation: EvaluationSchema,
      FormRules: FormRulesSchema,
      NewFormToken: NewFormTokenSchema,
      FormToken: FormTokenSchema,
      FormExtraction: FormExtractionSchema,
      Job: JobSchema,
      JobWithResult: JobWithResultSchema,
      JobList: JobListSchema,
      NewUpload: NewUploadSchema,
      Upload: UploadSchema,
      LandedUpload: LandedUploadSchema,
      UploadJob: UploadJobSchema,
      NewWebhook: NewEndpointSchema,
      WebhookChange: EndpointChangeSchema,
      Webhook: EndpointSchema,
      WebhookWithSecret: EndpointWithSecretSchema,
      WebhookList: EndpointListSchema,
      Delivery: DeliverySchema,
      DeliveryList: DeliveryListSchema,
      WebhookMessage: MessageSchema,
    },
    {
      target: 'draft-2020-12',
      typeMode: 'input',
      // What JSON Schema cannot say: checks across values, and the parts that are put in by hand.
      errorMode: 'ignore',
      overrideRef: ({ referenceId }) => `#/components/schemas/${referenceId}`,
    },
  )
}

const anyOf = (...names: string[]): JsonSchema => ({ anyOf: names.map(ref) })

const fieldsOf = (field: JsonSchema): JsonSchema => ({
  type: 'object',
  additionalProperties: field,
  propertyNames: { minLength: 1, maxLength: MAX_LABEL_CHARS },
  minProperties: 1,
  maxProperties: MAX_FIELDS,
})

function withProperty(schema: JsonSchema = {}, name: string, property: JsonSchema): JsonSchema {
  return { ...schema, properties: { ...schema.properties, [name]: property } }
}
