// What every JSON route does: reads its body by a valibot schema, answers a Result, says who acts.
import type { Context } from 'hono'
import * as v from 'valibot'
import { fail, ok, type Result } from '../failure'
import { toIssues } from '../issues'
import type { AppEnv } from '../services'
import type { Actor } from '../storage/audit-trail'
import { readJson } from './body'
import { problemResponse } from './problem'

type C = Context<AppEnv>

export function reply(c: C, result: Result<object>, status: 200 | 201 | 202 = 200): Response {
  if (!result.ok) return problemResponse(result.failure, c.get('requestId'))
  return c.json(result.value, status)
}

export const actorOf = (c: C): Actor => ({
  keyId: c.get('caller').keyId,
  request: c.get('requestId'),
})

/** The body as `schema` has it; pointers of findings are into the body. */
export async function bodyAs<T extends v.GenericSchema>(c: C, schema: T) {
  const body = await readJson(c.req.raw)
  if (!body.ok) return body
  const checked = v.safeParse(schema, body.value.json)
  if (!checked.success) return fail({ kind: 'invalid', issues: toIssues(checked.issues) })
  return ok(checked.output)
}

/** A place in a list, counted down: everything where the query does not say. */
export function placeBefore(c: C): Result<number> {
  const before = Number(c.req.query('before') ?? Number.MAX_SAFE_INTEGER)
  if (Number.isSafeInteger(before)) return ok(before)
  return fail({ kind: 'invalid', issues: [{ pointer: '/before', detail: 'Expected a `next`' }] })
}

/** `next` of a page: what its last entry is called, where there may be more. */
export function nextOf<T>(page: readonly T[], limit: number, nameOf: (entry: T) => string) {
  const last = page.length === limit ? page.at(-1) : undefined
  return last === undefined ? null : nameOf(last)
}
