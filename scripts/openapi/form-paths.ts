// Forms and the answers that they leave, in openapi.json.
import { FAILURE, SUCCESS, TOKEN } from '../../src/http/form-post'
import { KEPT_EXTRACTION_SECONDS, MAX_FORM_POSTS } from '../../src/limits'
import { answers, inPath, JSON_TYPE, problems, takes } from './parts'
import { ref } from './schemas'

const SCHEMA = inPath('schema', 'a stored schema with x-form: name, or name@version')
const TEXT = { type: 'string' }

const post = {
  operationId: 'postForm',
  summary: 'What the page of a tenant posts for its visitor. Wants no key.',
  description: `The header Origin must be that of the token, ${TOKEN} must come first. A token is good for ${MAX_FORM_POSTS} posts.`,
  security: [],
  requestBody: {
    required: true,
    content: {
      'multipart/form-data': {
        schema: {
          type: 'object',
          properties: {
            [TOKEN]: { ...TEXT, description: 'a form token' },
            [SUCCESS]: { ...TEXT, description: 'where to send the visitor; x-form must list it' },
            [FAILURE]: { ...TEXT, description: 'the same, where the document is refused' },
            file: { description: 'the document' },
          },
          required: [TOKEN, 'file'],
          additionalProperties: { ...TEXT, description: 'come back in the answer as they are' },
        },
      },
    },
  },
  responses: {
    200: answers('Every field of the schema, and the other fields of the form.', 'FormExtraction'),
    303: {
      description: `To ${SUCCESS} with ?extraction=ID, or to ${FAILURE} with ?problem=KIND&request=ID.`,
      headers: { location: { schema: TEXT } },
    },
    ...problems(400, 403, 404, 413, 415, 422, 429, 500, 503),
  },
}

const newToken = {
  operationId: 'createFormToken',
  summary: 'Make the token that a page carries. Wants the scope extract.',
  requestBody: takes('NewFormToken'),
  responses: {
    201: answers('The token, for one rendering of the page.', 'FormToken'),
    ...problems(400, 401, 403, 404, 409, 413, 422, 429, 500, 503),
  },
}

const kept = {
  parameters: [inPath('id', 'id of an extraction, as the visitor brings it')],
  get: {
    operationId: 'getExtraction',
    summary: `Fetch the answer to a form whose visitor was sent on, for ${KEPT_EXTRACTION_SECONDS} s. Wants the scope extract.`,
    responses: {
      200: {
        description: 'As it would have been answered.',
        content: { [JSON_TYPE]: { schema: ref('FormExtraction') } },
      },
      ...problems(401, 403, 404, 429, 500, 503),
    },
  },
  delete: {
    operationId: 'deleteExtraction',
    summary: 'Delete it before its time. Wants the scope extract.',
    responses: { 204: { description: 'It is gone.' }, ...problems(401, 403, 404, 429, 500, 503) },
  },
}

export const formPaths = {
  '/v1/forms/{schema}': { parameters: [SCHEMA], post },
  '/v1/forms/{schema}/tokens': { parameters: [SCHEMA], post: newToken },
  '/v1/extractions/{id}': kept,
}
