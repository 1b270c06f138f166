// RFC 9457: turns a Failure into an application/problem+json response. The only place that knows status codes.
// `type` is a stable URN, urn:pip-kie:problem:KIND, to compare, not to fetch; `instance` names the request, so that a
// report can be found in the logs. Nothing here repeats what the caller sent.
import type { Failure, Issue } from '../failure'

export interface Problem {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly detail: string
  readonly instance: string
  readonly errors: readonly Issue[]
}

interface Answer {
  readonly status: number
  readonly title: string
  readonly detail: string
  readonly errors?: readonly Issue[]
  readonly headers?: Readonly<Record<string, string>>
}

/** A Failure as its problem document; `requestId` becomes the instance. */
export function problemResponse(failure: Failure, requestId: string): Response {
  return render(failure.kind, answerTo(failure), requestId)
}

/** The problem document alone, of something that is answered for later. */
export function problemOf(failure: Failure, instance: string): Problem {
  return problemDocument(failure.kind, answerTo(failure), instance)
}

/** A bug in the service: says nothing but where to look for it. */
export function internalProblem(requestId: string): Response {
  const detail = 'The service failed. The request is not at fault; its id is in `instance`.'
  return render('internal', { status: 500, title: 'Internal error', detail }, requestId)
}

function render(kind: string, answer: Answer, requestId: string): Response {
  const problem = problemDocument(kind, answer, `urn:pip-kie:request:${requestId}`)
  const headers = { 'content-type': 'application/problem+json', ...answer.headers }
  return new Response(JSON.stringify(problem), { status: answer.status, headers })
}

function problemDocument(kind: string, answer: Answer, instance: string): Problem {
  const { title, status, detail, errors = [] } = answer
  return { type: `urn:pip-kie:problem:${kind}`, title, status, detail, instance, errors }
}

function answerTo(failure: Failure): Answer {
  switch (failure.kind) {
    case 'malformed':
      return { status: 400, title: 'Malformed request', detail: failure.detail }
    case 'unauthorized':
      return {
        status: 401,
        title: 'Not authorized',
        detail: failure.detail,
        headers: { 'www-authenticate': 'Bearer realm="pip-kie"' },
      }
    case 'forbidden':
      return { status: 403, title: 'Not allowed', detail: failure.detail }
    case 'not-found':
      return { status: 404, title: 'Not found', detail: 'There is nothing at this path.' }
    case 'conflict':
      return { status: 409, title: 'In conflict', detail: failure.detail }
    case 'precondition-failed':
      return {
        status: 412,
        title: 'Precondition failed',
        detail: 'It is not what If-Match or If-None-Match say it is; read it anew.',
      }
    case 'method-not-allowed':
      return {
        status: 405,
        title: 'Method not allowed',
        detail: `This path takes ${failure.allowed.join(', ')}.`,
        headers: { allow: failure.allowed.join(', ') },
      }
    case 'too-large':
      return {
        status: 413,
        title: 'Too large',
        detail: [`The limit for ${failure.limit} is ${failure.max} ${failure.unit}.`]
          .concat(failure.instead ?? [])
          .join(' '),
      }
    case 'unsupported-type':
      return {
        status: 415,
        title: 'Type not taken',
        detail: `What is taken: ${failure.accepted.join(', ')}.`,
        headers: { accept: failure.accepted.join(', ') },
      }
    case 'unsupported-encoding':
      return {
        status: 415,
        title: 'Encoding not taken',
        detail: 'A body is taken only without content-encoding.',
        headers: { 'accept-encoding': 'identity' },
      }
    case 'invalid':
      return {
        status: 422,
        title: 'Not valid',
        detail: 'The request is well-formed but not valid; `errors` says where.',
        errors: failure.issues,
      }
    case 'rate-limited':
      return {
        status: 429,
        title: 'Too many requests',
        detail: failure.detail,
        headers: { 'retry-after': String(failure.retryAfterSeconds) },
      }
    case 'unavailable':
      return {
        status: 503,
        title: 'Not available',
        detail: failure.detail,
        headers: { 'retry-after': String(failure.retryAfterSeconds) },
      }
    default:
      return unreachable(failure)
  }
}

function unreachable(failure: never): never {
  throw new Error(`unmapped failure ${JSON.stringify(failure)}`)
}
