// Stored schemas in openapi.json.
import { answers, inHeader, inPath, inQuery, problems, takes } from './parts'

const IF_MATCH = inHeader('If-Match', 'the ETag that the newest version must have')
const ETAG = { headers: { etag: { schema: { type: 'string' } } } }

export const schemaPaths = {
  '/v1/schemas': {
    get: {
      operationId: 'listSchemas',
      summary:
        'List the stored schemas that are not hidden. Wants the scope schemas, as all of these do.',
      parameters: [inQuery('after', '`next` of the page before')],
      responses: {
        200: answers('A page of them.', 'SchemaList'),
        ...problems(401, 403, 429, 500, 503),
      },
    },
  },
  '/v1/schemas/{name}': {
    parameters: [inPath('name', 'the name; to read one version, name@version')],
    put: {
      operationId: 'putSchema',
      summary: 'Add a version, which never changes. The same as the newest adds none.',
      parameters: [IF_MATCH, inHeader('If-None-Match', '* where there must be none yet')],
      requestBody: takes('StorableSchema'),
      responses: {
        200: { ...answers('The newest version says this already.', 'StoredSchema'), ...ETAG },
        201: { ...answers('The new version.', 'StoredSchema'), ...ETAG },
        ...problems(400, 401, 403, 409, 412, 413, 422, 429, 500, 503),
      },
    },
    get: {
      operationId: 'getSchema',
      summary: 'Read the newest version, or the one that is named, hidden or not.',
      parameters: [inHeader('If-None-Match', 'an ETag that was seen')],
      responses: {
        200: { ...answers('The version.', 'StoredSchema'), ...ETAG },
        304: { description: 'As it was seen.' },
        ...problems(401, 403, 404, 429, 500, 503),
      },
    },
    delete: {
      operationId: 'hideSchema',
      summary: 'Hide a schema from the list and from requests that name no version. Versions stay.',
      parameters: [IF_MATCH],
      responses: {
        204: { description: 'It is hidden, until there is a new version.' },
        ...problems(401, 403, 404, 412, 422, 429, 500, 503),
      },
    },
  },
  '/v1/schemas/{name}/versions': {
    parameters: [inPath('name', 'the name')],
    get: {
      operationId: 'listSchemaVersions',
      summary: 'List the versions, newest first, also of a hidden schema.',
      parameters: [inQuery('before', '`next` of the page before')],
      responses: {
        200: answers('A page of them.', 'SchemaHistory'),
        ...problems(401, 403, 404, 422, 429, 500, 503),
      },
    },
  },
  '/v1/schemas/{name}/evaluate': {
    parameters: [inPath('name', 'the name, or name@version')],
    post: {
      operationId: 'evaluateSchema',
      summary:
        'Score a stored schema, and beside it a candidate, on documents whose true values are given. Keeps nothing.',
      requestBody: takes('EvaluationRequest'),
      responses: {
        200: answers('Scores by field.', 'Evaluation'),
        ...problems(400, 401, 403, 404, 409, 413, 415, 422, 429, 500, 503),
      },
    },
  },
}
