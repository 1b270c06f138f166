// A tenant's quota on the wire: the fields RateLimit-Policy and RateLimit (draft-ietf-httpapi-ratelimit-headers-10) on every answer
// to one of its keys, and 429 where it is used up. Pages are taken once a document is read and before the model sees it, and
// given back where the model then does not come to it.
import type { Context } from 'hono'
import { createMiddleware } from 'hono/factory'
import { type Failure, fail, ok, type Result } from '../failure'
import type { AppEnv } from '../services'
import type { QuotaState, Taken } from '../storage/quota-book'
import { askTenant } from '../storage/tenants'

type C = Context<AppEnv>

/** Outermost of what concerns keys: writes what the others left in `quota`. */
export const rateLimitFields = () =>
  createMiddleware<AppEnv>(async (c, next) => {
    await next()
    const states = c.get('quota')
    if (states === undefined || states.length === 0) return
    c.header('ratelimit-policy', states.map(policyItem).join(', '))
    c.header('ratelimit', states.map(limitItem).join(', '))
  })

/** Leaves the states for the header; fails as `rate-limited`, or `too-large` where no window will ever be enough. */
export function allowed(c: C, taken: Taken, pages = 0): Result<undefined> {
  c.set('quota', taken.states)
  return taken.refusedBy.length === 0 ? ok(undefined) : fail(refusal(taken.refusedBy, pages))
}

/** Runs `read`, which lets the model read so many pages. The operator's own requests are not counted. */
export async function withPages<T>(
  c: C,
  pages: number,
  read: () => Promise<Result<T>>,
): Promise<Result<T>> {
  const { tenant, operator } = c.get('caller')
  if (operator) return read()
  const taken = await askTenant(c.env, tenant, (stub) => stub.takePages(pages))
  if (!taken.ok) return taken
  const may = allowed(c, taken.value, pages)
  if (!may.ok) return may
  const result = await read()
  if (!result.ok) {
    // Where the store is away the pages stay counted: better than holding up the answer.
    await askTenant(c.env, tenant, (stub) => stub.returnPages(taken.value.at, pages))
  }
  return result
}

const nameOf = ({ policy }: QuotaState) => `"${policy.replace('_', '-')}"`

const policyItem = (state: QuotaState) =>
  `${nameOf(state)};q=${state.limit};w=${state.window}${state.unit === 'pages' ? ';qu="pages"' : ''}`

const limitItem = (state: QuotaState) =>
  `${nameOf(state)};r=${state.remaining};t=${state.resetSeconds}`

function refusal(refusedBy: readonly QuotaState[], pages: number): Failure {
  const never = refusedBy.find(({ unit, limit }) => unit === 'pages' && pages > limit)
  if (never !== undefined) {
    const limit = `one request under the quota ${nameOf(never)}`
    return { kind: 'too-large', limit, max: never.limit, unit: 'pages' }
  }
  return {
    kind: 'rate-limited',
    detail: `The tenant's quota ${refusedBy.map(nameOf).join(' and ')} is used up for now.`,
    retryAfterSeconds: Math.max(...refusedBy.map(({ resetSeconds }) => resetSeconds)),
  }
}
