// Where a form's visitor is sent: to addresses that the form names and the schema allows, and nowhere else, or this would be a way to
// send people anywhere. A visitor who is sent nowhere gets JSON.
import type { Context } from 'hono'
import { fail, type Issue, ok, type Result } from '../failure'
import { type FormRules, mayRedirect } from '../schema/form-rules'
import type { AppEnv } from '../services'
import { reply } from './exchange'
import { FAILURE, SUCCESS } from './form-post'

interface Redirects {
  readonly success: string | undefined
  readonly failure: string | undefined
}

/** Fails as `invalid` where the form names an address that the rules do not have. */
export function redirectsOf(named: Redirects, rules: FormRules | undefined): Result<Redirects> {
  const { success, failure } = named
  const issues = [...unlisted(SUCCESS, success, rules), ...unlisted(FAILURE, failure, rules)]
  return issues.length > 0 ? fail({ kind: 'invalid', issues }) : ok({ success, failure })
}

/** `?extraction=ID` where it went well, `?problem=KIND&request=ID` where not; JSON where there is no address. */
export function sendOn(
  c: Context<AppEnv>,
  address: string | undefined,
  result: Result<{ readonly id: string }>,
): Response {
  if (address === undefined) return reply(c, result)
  const query = result.ok
    ? `extraction=${result.value.id}`
    : `problem=${result.failure.kind}&request=${encodeURIComponent(c.get('requestId'))}`
  const { href } = new URL(address)
  return c.redirect(`${href}${href.includes('?') ? '&' : '?'}${query}`, 303)
}

function unlisted(
  field: string,
  address: string | undefined,
  rules: FormRules | undefined,
): Issue[] {
  if (address === undefined || (rules !== undefined && mayRedirect(rules, address))) return []
  return [{ pointer: `/${field}`, detail: 'Not an address that the schema lists in `x-form`' }]
}
