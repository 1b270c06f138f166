// Whether a posted form may be read: by its token, and by where the browser says that it stands. A page on which somebody else put the
// form has another origin; a token that was copied out of a page is void from there, soon expires, and dies with the key it came by.
import type { Context } from 'hono'
import { fail, ok, type Result } from '../failure'
import { parseReference } from '../schema/reference'
import type { AppEnv } from '../services'
import { askTenant } from '../storage/tenants'
import { type Caller, isOperatorKey, OPERATOR_TENANT } from './auth'
import { type FormGrant, formSecrets, openGrant } from './form-token'
import { allowed } from './rate-limit'

export interface FormRequest {
  readonly token: string
  /** The header, as sent. */
  readonly origin: string | undefined
  /** What the path names. */
  readonly schema: string
}

export interface Admitted {
  readonly grant: FormGrant
  /** Acts for the tenant's key that asked for the token, and may extract. */
  readonly caller: Caller
}

/** Fails as `forbidden`, with the reason, as the quota or as the store does. Counts as one of the token's posts. */
export async function admitForm(
  c: Context<AppEnv>,
  { token, origin, schema }: FormRequest,
  now: number,
): Promise<Result<Admitted>> {
  const grant = await openGrant(token, formSecrets(c.env.FORM_SECRETS))
  if (grant === undefined) return refuse('This is not a form token of this service.')
  if (grant.expires * 1000 <= now) return refuse('The form has expired; load its page again.')
  if (!names(schema, grant.schema)) return refuse('The form token is for another schema.')
  if (origin !== grant.origin) return refuse('The form token is for a page of another origin.')
  const { tenant, keyId } = grant
  const admitted = await admit(c, grant)
  if (!admitted.ok) return admitted
  const counted = await askTenant(c.env, tenant, (stub) =>
    stub.countFormPost(grant.id, grant.expires * 1000),
  )
  if (!counted.ok) return counted
  if (!counted.value) return refuse('The form was posted too often; load its page again.')
  return ok({ grant, caller: { keyId, tenant, scopes: ['extract'], operator: isOperators(grant) } })
}

const isOperators = ({ tenant }: FormGrant) => tenant === OPERATOR_TENANT

/** As require-key.ts does for the key itself: whether it stands, and the request off its tenant's quota. */
async function admit(c: Context<AppEnv>, grant: FormGrant): Promise<Result<undefined>> {
  const { tenant, keyId } = grant
  if (isOperators(grant)) {
    return isOperatorKey(keyId, c.env.API_KEY_HASHES) ? ok(undefined) : revoked()
  }
  const admission = await askTenant(c.env, tenant, (stub) => stub.admit(keyId, true))
  if (!admission.ok) return admission
  return admission.value.stands ? allowed(c, admission.value.taken) : revoked()
}

const revoked = () => refuse('The key that made this form token was revoked.')

const refuse = (detail: string) => fail({ kind: 'forbidden', detail })

/** A path that names no version takes the token's: what was rendered with version 3 is read with version 3. */
function names(path: string, granted: string): boolean {
  const [asked, bound] = [parseReference(path), parseReference(granted)]
  if (asked === undefined || asked.name !== bound?.name) return false
  return asked.version === undefined || asked.version === bound.version
}
