// The admin API in openapi.json: tenants, keys, audit.
import { answers, inPath, inQuery, problems, takes } from './parts'

const TENANT = inPath('tenant', 'name of the tenant; a key may name only its own, the operator any')

export const tenantPaths = {
  '/v1/tenants': {
    post: {
      operationId: 'createTenant',
      summary: 'Create a tenant. The operator alone.',
      requestBody: takes('NewTenant'),
      responses: {
        201: answers('It is there.', 'Tenant'),
        ...problems(400, 401, 403, 409, 422, 500, 503),
      },
    },
    get: {
      operationId: 'listTenants',
      summary: 'List the tenants, by name. The operator alone.',
      parameters: [inQuery('cursor', '`next` of the page before')],
      responses: { 200: answers('A page of them.', 'TenantList'), ...problems(401, 403, 500, 503) },
    },
  },
  '/v1/tenants/{tenant}/keys': {
    parameters: [TENANT],
    post: {
      operationId: 'createKey',
      summary: 'Create a key. Wants the scope admin.',
      requestBody: takes('NewKey'),
      responses: {
        201: answers('The key, shown this once.', 'CreatedKey'),
        ...problems(400, 401, 403, 404, 409, 422, 500, 503),
      },
    },
    get: {
      operationId: 'listKeys',
      summary: 'List the keys, oldest first. Wants the scope admin.',
      responses: { 200: answers('All of them.', 'KeyList'), ...problems(401, 403, 404, 500, 503) },
    },
  },
  '/v1/tenants/{tenant}/keys/{id}': {
    parameters: [TENANT, inPath('id', 'id of the key')],
    delete: {
      operationId: 'revokeKey',
      summary: 'Revoke a key; a revoked one may be revoked again. Wants the scope admin.',
      responses: {
        204: { description: 'It opens nothing from now on.' },
        ...problems(401, 403, 404, 500, 503),
      },
    },
  },
  '/v1/tenants/{tenant}/audit': {
    parameters: [TENANT],
    get: {
      operationId: 'readAudit',
      summary: 'Who did what to keys, schemas and settings, newest first. Wants the scope admin.',
      parameters: [inQuery('before', '`next` of the page before')],
      responses: {
        200: answers('A page of it.', 'Audit'),
        ...problems(401, 403, 404, 422, 500, 503),
      },
    },
  },
  '/v1/tenants/{tenant}/quota': {
    parameters: [TENANT],
    get: {
      operationId: 'readQuota',
      summary: 'What the tenant may use, and what it has used. Wants the scope admin.',
      responses: { 200: answers('Both.', 'Quota'), ...problems(401, 403, 404, 500, 503) },
    },
    put: {
      operationId: 'setQuota',
      summary:
        'Set all limits anew; what is left out is at its default, null is no limit. The operator alone.',
      requestBody: takes('NewQuota'),
      responses: {
        200: answers('As it is from the next request on.', 'Quota'),
        ...problems(400, 401, 403, 404, 422, 500, 503),
      },
    },
  },
}
