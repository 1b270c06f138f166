// Uploads in openapi.json.
import { answers, inPath, inQuery, problems, takes } from './parts'

const SIGNED = ['tenant', 'until', 'signature'].map((name) => inQuery(name, 'as it was given'))

export const uploadPaths = {
  '/v1/uploads': {
    post: {
      operationId: 'createUpload',
      summary: 'Get an address to put one file to, for a job. Wants the scope jobs.',
      requestBody: takes('NewUpload'),
      responses: {
        201: answers('The address.', 'Upload'),
        ...problems(400, 401, 403, 413, 415, 422, 429, 500, 503),
      },
    },
  },
  '/v1/uploads/{id}': {
    parameters: [inPath('id', 'id of the upload'), ...SIGNED],
    put: {
      operationId: 'putUpload',
      summary: 'Put the file. The address is signed and wants no key.',
      security: [],
      requestBody: { required: true, content: { '*/*': {} } },
      responses: {
        200: answers('It has landed.', 'LandedUpload'),
        ...problems(403, 404, 409, 413, 500, 503),
      },
    },
  },
}
