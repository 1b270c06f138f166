// Jobs in openapi.json.
import { answers, inPath, inQuery, JSON_TYPE, problems } from './parts'
import { ref } from './schemas'

interface Body {
  readonly parameters: readonly object[]
  readonly requestBody: { readonly required: boolean; readonly content: object }
}

/** @param body of a POST, as /v1/extract takes it; a job may name an upload instead */
export const jobPaths = ({ parameters, requestBody }: Body) => ({
  '/v1/jobs': {
    post: {
      operationId: 'createJob',
      summary:
        'Extract fields from one document, which may be longer than /v1/extract takes, in the background. Wants the scope jobs.',
      parameters,
      requestBody: {
        ...requestBody,
        content: {
          ...requestBody.content,
          [JSON_TYPE]: { schema: { anyOf: [ref('ExtractionRequest'), ref('UploadJob')] } },
        },
      },
      responses: {
        202: {
          ...answers('The job; `location` is where to ask for it.', 'Job'),
          headers: { location: { schema: { type: 'string' } } },
        },
        ...problems(400, 401, 403, 409, 413, 415, 422, 429, 500, 503),
      },
    },
    get: {
      operationId: 'listJobs',
      summary: 'List the jobs of the last 30 days, newest first. Wants the scope jobs.',
      parameters: [inQuery('before', '`next` of the page before')],
      responses: {
        200: answers('A page of them.', 'JobList'),
        ...problems(401, 403, 422, 500, 503),
      },
    },
  },
  '/v1/jobs/{id}': {
    parameters: [inPath('id', 'id of the job')],
    get: {
      operationId: 'getJob',
      summary: 'How far a job is, and its result while that is kept. Wants the scope jobs.',
      responses: {
        200: answers('The job.', 'JobWithResult'),
        ...problems(401, 403, 404, 500, 503),
      },
    },
    delete: {
      operationId: 'cancelJob',
      summary:
        'Cancel a job that has not ended, remove the result of one that has. Wants the scope jobs.',
      responses: {
        200: answers('The job as it is now.', 'Job'),
        ...problems(401, 403, 404, 500, 503),
      },
    },
  },
})
