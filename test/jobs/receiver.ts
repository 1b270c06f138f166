// Who answers what the Worker under test sends out: a receiver of webhooks, in Node. A path is an inbox; what it answers stands in
// the query, one status after the other, the last one for ever. GET gives what came. See vitest.config.ts.

export interface Received {
  readonly headers: Record<string, string>
  readonly body: string
}

const inboxes = new Map<string, Received[]>()

interface OutgoingRequest {
  readonly url: string
  readonly method: string
  readonly headers: Iterable<[string, string]>
  text(): Promise<string>
}

export async function receive(request: OutgoingRequest): Promise<Response> {
  const { pathname, searchParams } = new URL(request.url)
  const inbox = inboxes.get(pathname) ?? []
  inboxes.set(pathname, inbox)
  if (request.method === 'GET') return Response.json(inbox)
  inbox.push({ headers: Object.fromEntries(request.headers), body: await request.text() })
  const statuses = (searchParams.get('answers') ?? '204').split(',').map(Number)
  return new Response(null, { status: statuses[inbox.length - 1] ?? statuses.at(-1) ?? 204 })
}
