// POST /v1/forms/{schema}/tokens: the token that a page carries, made by a tenant's server each time that it renders the page.
import { type Context, Hono } from 'hono'
import { fail, ok, type Result } from '../failure'
import { bodyAs, reply } from '../http/exchange'
import { formSecrets, signGrant } from '../http/form-token'
import { NewFormTokenSchema } from '../http/form-wire'
import { requireKey } from '../http/require-key'
import type { AppEnv } from '../services'
import { createSchemaReader, readNamed, type SchemaReader } from '../storage/schema-store'

const TOKENS_RETRY_SECONDS = 3_600

export function formTokenRoutes(): Hono<AppEnv> {
  const routes = new Hono<AppEnv>()
  const schemas = createSchemaReader()

  routes.post('/v1/forms/:schema/tokens', requireKey('extract'), async (c) => {
    // A cache on the way would keep the token.
    c.header('cache-control', 'no-store')
    return reply(c, await newToken(c, schemas), 201)
  })

  return routes
}

/** Fails as `conflict` where the schema takes no forms. */
async function newToken(c: Context<AppEnv>, schemas: SchemaReader): Promise<Result<object>> {
  const body = await bodyAs(c, NewFormTokenSchema)
  if (!body.ok) return body
  const { tenant, keyId } = c.get('caller')
  const stored = await readNamed(schemas, c.env, tenant, c.req.param('schema') ?? '')
  if (!stored.ok) return stored
  const { form, reference: schema } = stored.value
  const { origin } = body.value
  if (form === undefined) return fail({ kind: 'conflict', detail: NO_FORMS })
  if (!form.origins.includes(origin)) return notListed()
  const secrets = formSecrets(c.env.FORM_SECRETS)
  if (secrets.length === 0) return notSetUp()
  const id = crypto.randomUUID()
  const expires = Math.floor(Date.now() / 1000) + body.value.expires_in
  const token = await signGrant({ id, tenant, keyId, schema, origin, expires }, secrets)
  const action = new URL(`/v1/forms/${schema}`, c.req.url).href
  return ok({ token, action, schema, expires_at: new Date(expires * 1000).toISOString() })
}

const NO_FORMS = 'This schema takes no forms: it has no `x-form`.'
const notListed = () =>
  fail({
    kind: 'invalid',
    issues: [{ pointer: '/origin', detail: 'Not an origin that the schema lists in `x-form`' }],
  })
const notSetUp = () =>
  fail({
    kind: 'unavailable',
    detail: 'This deployment takes no forms: its operator has set no FORM_SECRETS.',
    retryAfterSeconds: TOKENS_RETRY_SECONDS,
  })
