// Idempotency-Key (draft-ietf-httpapi-idempotency-key-header-07) on every POST that wants an API key: the first request with it
// works, and its answer is given to every later one within 24 h. Only success is kept: what was refused or failed did nothing
// here, and may be tried again with the same key. In flight 409, another request under the same key 422.
import { waitUntil } from 'cloudflare:workers'
import type { Context, Next } from 'hono'
import { fail, ok, type Result } from '../failure'
import { IDEMPOTENCY_RENEW_MS, MAX_IDEMPOTENCY_KEY_CHARS } from '../limits'
import type { AppEnv } from '../services'
import type { Begun, Ticket } from '../storage/idempotency-table'
import { askTenant } from '../storage/tenants'
import type { Caller } from './auth'
import { fingerprinted } from './fingerprint'
import { problemResponse } from './problem'
import { type Sealer, sealerFor } from './sealed-answer'
import { sha256Hex } from './sha256'

type C = Context<AppEnv>

/** undefined where the request has no Idempotency-Key or is no POST. */
export async function ticketFor(c: C, { keyId }: Caller): Promise<Result<Ticket | undefined>> {
  const header = c.req.method === 'POST' ? c.req.header('idempotency-key') : undefined
  if (header === undefined) return ok(undefined)
  const key = /^"?([\x21\x23-\x5b\x5d-\x7e]+)"?$/.exec(header.trim())?.[1]
  if (key === undefined || key.length > MAX_IDEMPOTENCY_KEY_CHARS) {
    const detail = `An Idempotency-Key has 1 to ${MAX_IDEMPOTENCY_KEY_CHARS} characters of ASCII, without spaces, quotes or backslashes inside.`
    return fail({ kind: 'malformed', detail })
  }
  return ok({ caller: keyId, key: await sha256Hex(key), token: crypto.randomUUID() })
}

/** The rest of the request, once or not again. `caller` is set. */
export async function onceOnly(
  c: C,
  ticket: Ticket,
  begun: Begun,
  next: Next,
): Promise<Response | undefined> {
  const refuse = (failure: Parameters<typeof problemResponse>[0]) =>
    problemResponse(failure, c.get('requestId'))
  switch (begun.state) {
    case 'new': {
      const run = runAndKeep(c, ticket, next)
      // Whoever asked and went away will ask again: the answer should be there then.
      waitUntil(run.catch(() => undefined))
      await run
      return undefined
    }
    case 'done':
      return replay(c, ticket, begun)
    case 'in-flight':
      return refuse({
        kind: 'conflict',
        detail: 'A request with this Idempotency-Key is still in flight.',
      })
    case 'full':
      return refuse({
        kind: 'rate-limited',
        detail: 'So many answers are kept for this tenant that no more fit.',
        retryAfterSeconds: 3600,
      })
  }
}

async function runAndKeep(c: C, ticket: Ticket, next: Next): Promise<void> {
  const tenant = c.get('caller').tenant
  const { request, digest } = fingerprinted(c.req.raw)
  c.req.raw = request
  const renewing = setInterval(
    () => void askTenant(c.env, tenant, (stub) => stub.renewIdempotency(ticket)),
    IDEMPOTENCY_RENEW_MS,
  )
  try {
    await next()
    const print = c.res.status < 400 ? await digest() : undefined
    const sealed = print && (await (await sealer(c, ticket)).seal(c.res))
    await askTenant(c.env, tenant, (stub) =>
      print && sealed
        ? stub.completeIdempotency(ticket, print, sealed)
        : stub.releaseIdempotency(ticket),
    )
  } finally {
    clearInterval(renewing)
  }
}

async function replay(
  c: C,
  ticket: Ticket,
  { fingerprint, answer }: Extract<Begun, { state: 'done' }>,
): Promise<Response> {
  if ((await fingerprinted(c.req.raw).digest()) !== fingerprint) {
    const detail = 'This Idempotency-Key was used for another request'
    const issues = [{ pointer: '', detail }]
    return problemResponse({ kind: 'invalid', issues }, c.get('requestId'))
  }
  const response = await (await sealer(c, ticket)).open(answer)
  response.headers.set('idempotent-replayed', 'true')
  return response
}

/** Behind auth: the header is there. */
function sealer(c: C, { key }: Ticket): Promise<Sealer> {
  const secret = c.req.header('authorization')?.trim().split(/ +/)[1] ?? ''
  return sealerFor(secret, `${c.get('caller').tenant}/${key}`)
}
