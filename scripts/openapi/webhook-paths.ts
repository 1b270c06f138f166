// Webhooks in openapi.json: the endpoints' routes, and the message that is sent.
import { answers, inHeader, inPath, inQuery, problems, takes } from './parts'

const ID = inPath('id', 'id of the endpoint')

export const webhookPaths = {
  '/v1/webhooks': {
    post: {
      operationId: 'createWebhook',
      summary: 'Add an endpoint. Wants the scope admin, as all of these do.',
      requestBody: takes('NewWebhook'),
      responses: {
        201: answers('The endpoint, with its secret, shown this once.', 'WebhookWithSecret'),
        ...problems(400, 401, 403, 409, 422, 500, 503),
      },
    },
    get: {
      operationId: 'listWebhooks',
      summary: 'List the endpoints, oldest first.',
      responses: { 200: answers('All of them.', 'WebhookList'), ...problems(401, 403, 500, 503) },
    },
  },
  '/v1/webhooks/{id}': {
    parameters: [ID],
    get: {
      operationId: 'getWebhook',
      summary: 'Read an endpoint.',
      responses: { 200: answers('The endpoint.', 'Webhook'), ...problems(401, 403, 404, 500, 503) },
    },
    patch: {
      operationId: 'changeWebhook',
      summary: 'Change what is given of an endpoint.',
      requestBody: takes('WebhookChange'),
      responses: {
        200: answers('The endpoint as it is now.', 'Webhook'),
        ...problems(400, 401, 403, 404, 422, 500, 503),
      },
    },
    delete: {
      operationId: 'deleteWebhook',
      summary: 'Remove an endpoint, and what was still to be delivered to it.',
      responses: { 204: { description: 'It is gone.' }, ...problems(401, 403, 404, 500, 503) },
    },
  },
  '/v1/webhooks/{id}/rotate': {
    parameters: [ID],
    post: {
      operationId: 'rotateWebhookSecret',
      summary:
        'Make a new secret. Messages are signed with the one before too, for another 24 hours.',
      responses: {
        200: answers('The endpoint, with its new secret, shown this once.', 'WebhookWithSecret'),
        ...problems(401, 403, 404, 500, 503),
      },
    },
  },
  '/v1/webhooks/{id}/deliveries': {
    parameters: [ID],
    get: {
      operationId: 'listDeliveries',
      summary: 'What was sent to an endpoint in the last 30 days, newest first.',
      parameters: [inQuery('before', '`next` of the page before')],
      responses: {
        200: answers('A page of it.', 'DeliveryList'),
        ...problems(401, 403, 404, 422, 500, 503),
      },
    },
  },
  '/v1/webhooks/{id}/deliveries/{message}/replay': {
    parameters: [ID, inPath('message', 'id of the message')],
    post: {
      operationId: 'replayDelivery',
      summary: 'Send a message to an endpoint again, under the same id.',
      responses: {
        202: answers('It is under way.', 'Delivery'),
        ...problems(401, 403, 404, 500, 503),
      },
    },
  },
}

/** What receivers get. */
export const webhookMessages = {
  jobEnded: {
    post: {
      summary:
        'A job ended. Signed by Standard Webhooks 1.0.0; answered with 2xx within 10 s, or it is sent again.',
      parameters: [
        inHeader('webhook-id', 'the same in every attempt and replay'),
        inHeader('webhook-timestamp', 'of this attempt, seconds since 1970'),
        inHeader(
          'webhook-signature',
          'v1,BASE64 for every secret that is valid, with spaces between',
        ),
      ],
      requestBody: takes('WebhookMessage'),
      responses: { 204: { description: 'It was taken.' } },
    },
  },
}
