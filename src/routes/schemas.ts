// Stored schemas: PUT a new version, GET one, all, or a version's history, DELETE to hide. Always the caller's own tenant's; what
// another has is not there.
import { type Context, Hono } from 'hono'
import { fail, ok, type Result } from '../failure'
import { readJson } from '../http/body'
import { actorOf, nextOf, placeBefore, reply } from '../http/exchange'
import { wasSeen } from '../http/preconditions'
import { requireKey } from '../http/require-key'
import { MAX_PAGE_ENTRIES, MAX_SCHEMA_CHARS } from '../limits'
import { parseReference, REFERENCE_DETAIL, type SchemaReference } from '../schema/reference'
import { parseStored } from '../schema/stored'
import type { AppEnv } from '../services'
import { getSchema, putSchema } from '../storage/schema-store'
import { askTenant } from '../storage/tenants'

type C = Context<AppEnv>

export function schemaRoutes(): Hono<AppEnv> {
  const routes = new Hono<AppEnv>()
  const mayUse = requireKey('schemas')

  routes.put('/v1/schemas/:name', mayUse, async (c) => {
    const name = nameOf(c)
    if (!name.ok) return reply(c, name)
    const body = await schemaText(c)
    if (!body.ok) return reply(c, body)
    const put = { name: name.value, body: body.value, preconditions: preconditionsOf(c) }
    const stored = await putSchema(c.env, tenantOf(c), put, actorOf(c))
    if (!stored.ok) return reply(c, stored)
    const { isNew, ...entry } = stored.value
    c.header('etag', entry.etag)
    c.header('location', `/v1/schemas/${entry.name}@${entry.version}`)
    return reply(c, ok({ ...entry, schema: JSON.parse(body.value) }), isNew ? 201 : 200)
  })

  routes.get('/v1/schemas', mayUse, async (c) => {
    const after = c.req.query('after') ?? ''
    const page = await askTenant(c.env, tenantOf(c), (stub) =>
      stub.listSchemas(after, MAX_PAGE_ENTRIES),
    )
    if (!page.ok) return reply(c, page)
    const next = nextOf(page.value, MAX_PAGE_ENTRIES, ({ name }) => name)
    return reply(c, ok({ schemas: page.value, next }))
  })

  routes.get('/v1/schemas/:name', mayUse, async (c) => {
    const reference = referenceOf(c)
    const stored = reference.ok ? await getSchema(c.env, tenantOf(c), reference.value) : reference
    if (!stored.ok) return reply(c, stored)
    const { body, ...entry } = stored.value
    c.header('etag', entry.etag)
    if (wasSeen(c.req.header('if-none-match'), entry.etag)) return c.body(null, 304)
    return reply(c, ok({ ...entry, schema: JSON.parse(body) }))
  })

  routes.get('/v1/schemas/:name/versions', mayUse, async (c) => {
    const [name, before] = [nameOf(c), placeBefore(c)]
    if (!name.ok) return reply(c, name)
    if (!before.ok) return reply(c, before)
    const page = await askTenant(c.env, tenantOf(c), (stub) =>
      stub.schemaHistory(name.value, before.value, MAX_PAGE_ENTRIES),
    )
    if (!page.ok) return reply(c, page)
    const next = nextOf(page.value, MAX_PAGE_ENTRIES, ({ version }) => String(version))
    return reply(c, ok({ versions: page.value, next }))
  })

  routes.delete('/v1/schemas/:name', mayUse, async (c) => {
    const name = nameOf(c)
    if (!name.ok) return reply(c, name)
    const hidden = await askTenant(c.env, tenantOf(c), (stub) =>
      stub.hideSchema(name.value, preconditionsOf(c), actorOf(c)),
    )
    return hidden.ok ? c.body(null, 204) : reply(c, hidden)
  })

  return routes
}

const tenantOf = (c: C) => c.get('caller').tenant

const preconditionsOf = (c: C) => ({
  ifMatch: c.req.header('if-match'),
  ifNoneMatch: c.req.header('if-none-match'),
})

/** What the path names, for reading. */
function referenceOf(c: C): Result<SchemaReference> {
  const reference = parseReference(c.req.param('name') ?? '')
  return reference === undefined ? fail({ kind: 'not-found' }) : ok(reference)
}

/** The name in the path, for changing: a version cannot be changed. */
function nameOf(c: C): Result<string> {
  const reference = parseReference(c.req.param('name') ?? '')
  if (reference !== undefined && reference.version === undefined) return ok(reference.name)
  const detail = reference === undefined ? REFERENCE_DETAIL : 'A version cannot be changed'
  return fail({ kind: 'invalid', issues: [{ pointer: '/name', detail }] })
}

/** The body as JSON text, once it is known to be a field schema that is taken. */
async function schemaText(c: C): Promise<Result<string>> {
  const body = await readJson(c.req.raw)
  if (!body.ok) return body
  const schema = parseStored(body.value.json)
  if (!schema.ok) return schema
  const text = JSON.stringify(body.value.json)
  if (text.length <= MAX_SCHEMA_CHARS) return ok(text)
  const limit = { limit: 'a stored schema', max: MAX_SCHEMA_CHARS, unit: 'characters' }
  return fail({ kind: 'too-large', ...limit })
}
