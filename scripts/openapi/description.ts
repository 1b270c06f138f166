// openapi.json as a whole: paths, what they take and answer, how a key is sent. Shapes come from schemas.ts.
// Needs src/, so run it where imports without extensions resolve: see resolve-src.ts.
import { BODY_TYPES } from '../../src/http/upload'
import { IDEMPOTENCY_HOURS, MAX_BODY_BYTES, MAX_IDEMPOTENCY_KEY_CHARS } from '../../src/limits'
import { formPaths } from './form-paths'
import { jobPaths } from './job-paths'
import { JSON_TYPE, problem, problems } from './parts'
import { schemaPaths } from './schema-paths'
import { componentSchemas, ref } from './schemas'
import { tenantPaths } from './tenant-paths'
import { uploadPaths } from './upload-paths'
import { webhookMessages, webhookPaths } from './webhook-paths'

/** OpenAPI 3.1, whose schemas are JSON Schema 2020-12. */
export function describeApi() {
  return {
    openapi: '3.1.1',
    info: {
      title: 'pip-kie',
      version: '1',
      description:
        'Key fields of a document, every one with its place on the page, in one forward pass.',
    },
    servers: [{ url: '/' }],
    security: [{ key: [] }],
    paths: withIdempotency({
      '/v1/extract': { post: extract },
      ...jobPaths({ parameters: extract.parameters, requestBody: extract.requestBody }),
      ...uploadPaths,
      ...schemaPaths,
      ...formPaths,
      ...tenantPaths,
      ...webhookPaths,
      '/healthz': { get: open('The process answers.', { status: 'up' }) },
      '/readyz': { get: { ...open('The model is loaded; loads it.'), responses: readiness } },
      '/openapi.json': { get: open('This description.') },
    }),
    webhooks: webhookMessages,
    components: {
      securitySchemes: { key: { type: 'http', scheme: 'bearer', description: 'pk_...' } },
      parameters: { IdempotencyKey: IDEMPOTENCY_KEY },
      schemas: componentSchemas(),
      responses: Object.fromEntries(
        Object.entries(PROBLEMS).map(([status, description]) => [
          `Problem${status}`,
          problem(description),
        ]),
      ),
    },
  }
}

const IDEMPOTENCY_KEY = {
  name: 'Idempotency-Key',
  in: 'header',
  description: `The first request with this key works; the others get its answer, for ${IDEMPOTENCY_HOURS} hours. 409 while it is in flight, 422 for another request.`,
  schema: { type: 'string', minLength: 1, maxLength: MAX_IDEMPOTENCY_KEY_CHARS },
}

/** Every POST with a key takes one. */
function withIdempotency(paths: Readonly<Record<string, object>>) {
  const parameter = { $ref: '#/components/parameters/IdempotencyKey' }
  return Object.fromEntries(
    Object.entries(paths).map(([path, item]) => {
      if (!('post' in item)) return [path, item]
      const post: { parameters?: readonly unknown[]; security?: unknown } = Object(item.post)
      if (post.security !== undefined) return [path, item]
      const parameters = [...(post.parameters ?? []), parameter]
      return [path, { ...item, post: { ...post, parameters } }]
    }),
  )
}

const PROBLEMS: Readonly<Record<string, string>> = {
  400: 'Not JSON, or not a form.',
  401: 'No key, or one that is not known.',
  403: 'The key may not do this.',
  404: 'There is none, or it is not yours.',
  409: 'In conflict with what is there.',
  412: 'It is not what If-Match or If-None-Match say it is.',
  413: 'Beyond a limit; `detail` says which and its value.',
  415: 'A type or an encoding that is not taken; `detail` says what is.',
  422: 'Well-formed but not valid; `errors` says where.',
  429: 'The quota or the share of the tenant is used up; retry-after says when to come back.',
  500: 'The service is at fault.',
  503: 'The model, the OCR or a store is not available; retry-after says when to come back.',
}

const [, FORM_TYPE, ...FILE_TYPES] = BODY_TYPES

const extract = {
  operationId: 'extract',
  summary: 'Extract fields from one document.',
  description: `Takes at most ${MAX_BODY_BYTES} bytes. A raw file brings its schema in the query.`,
  parameters: [
    {
      name: 'schema',
      in: 'query',
      description: `With a raw file (${FILE_TYPES.join(', ')}) alone: the field schema as JSON, URL-encoded, or the name of a stored one.`,
      content: { [JSON_TYPE]: { schema: ref('FieldSchema') } },
    },
  ],
  requestBody: {
    required: true,
    content: {
      [JSON_TYPE]: { schema: ref('ExtractionRequest') },
      [FORM_TYPE]: {
        schema: {
          type: 'object',
          properties: { file: { description: 'a PDF or a picture' }, schema: ref('FieldSchema') },
          required: ['file', 'schema'],
          additionalProperties: false,
        },
        encoding: {
          file: { contentType: FILE_TYPES.join(', ') },
          schema: { contentType: JSON_TYPE },
        },
      },
      ...Object.fromEntries(FILE_TYPES.map((type) => [type, {}])),
    },
  },
  responses: {
    200: {
      description: 'Every field that was asked for, found or not.',
      content: { [JSON_TYPE]: { schema: ref('Extraction') } },
    },
    ...problems(400, 401, 403, 409, 413, 415, 422, 429, 500, 503),
  },
}

const readiness = { 200: { description: 'Ready.' }, ...problems(503) }

function open(summary: string, example?: unknown) {
  const content = { [JSON_TYPE]: example === undefined ? {} : { example } }
  return { summary, security: [], responses: { 200: { description: summary, content } } }
}
