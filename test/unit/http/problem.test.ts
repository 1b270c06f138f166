// Every failure becomes its status, its headers and an RFC 9457 document.
import { describe, expect, it } from 'vitest'
import type { Failure } from '../../../src/failure'
import { internalProblem, problemResponse } from '../../../src/http/problem'

const CASES: [Failure, number, string, string][] = [
  [{ kind: 'malformed', detail: 'not JSON' }, 400, 'content-type', 'application/problem+json'],
  [{ kind: 'unauthorized', detail: 'no key' }, 401, 'www-authenticate', 'Bearer realm="pip-kie"'],
  [{ kind: 'forbidden', detail: 'not yours' }, 403, 'content-type', 'application/problem+json'],
  [{ kind: 'not-found' }, 404, 'content-type', 'application/problem+json'],
  [{ kind: 'precondition-failed' }, 412, 'content-type', 'application/problem+json'],
  [{ kind: 'conflict', detail: 'taken' }, 409, 'content-type', 'application/problem+json'],
  [{ kind: 'method-not-allowed', allowed: ['GET', 'POST'] }, 405, 'allow', 'GET, POST'],
  [
    { kind: 'too-large', limit: 'pages', max: 50, unit: 'pages' },
    413,
    'content-type',
    'application/problem+json',
  ],
  [{ kind: 'unsupported-type', accepted: ['a/b', 'c/d'] }, 415, 'accept', 'a/b, c/d'],
  [{ kind: 'unsupported-encoding' }, 415, 'accept-encoding', 'identity'],
  [
    { kind: 'invalid', issues: [{ pointer: '/schema', detail: 'Missing' }] },
    422,
    'content-type',
    'application/problem+json',
  ],
  [
    { kind: 'rate-limited', detail: 'the quota is used up', retryAfterSeconds: 7 },
    ...([429, 'retry-after', '7'] as const),
  ],
  [{ kind: 'unavailable', detail: 'loading', retryAfterSeconds: 2 }, 503, 'retry-after', '2'],
]

describe('problemResponse', () => {
  it.each(CASES)('%o is %d', async (failure, status, header, value) => {
    const response = problemResponse(failure, 'r1')
    expect(response.status).toBe(status)
    expect(response.headers.get('content-type')).toBe('application/problem+json')
    expect(response.headers.get(header)).toBe(value)
    expect(await response.json()).toEqual({
      type: `urn:pip-kie:problem:${failure.kind}`,
      title: expect.stringMatching(/\w/),
      status,
      detail: expect.stringMatching(/\w/),
      instance: 'urn:pip-kie:request:r1',
      errors: failure.kind === 'invalid' ? failure.issues : [],
    })
  })

  it('names the limit and its value', async () => {
    const failure = { kind: 'too-large', limit: 'pages', max: 50, unit: 'pages' } as const
    const { detail }: { detail: string } = JSON.parse(await problemResponse(failure, 'r').text())
    expect(detail).toBe('The limit for pages is 50 pages.')
  })
})

describe('internalProblem', () => {
  it('says where to look and nothing else', async () => {
    const response = internalProblem('r2')
    expect(response.status).toBe(500)
    expect(await response.json()).toMatchObject({ instance: 'urn:pip-kie:request:r2', errors: [] })
  })
})
