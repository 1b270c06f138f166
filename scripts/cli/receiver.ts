// A receiver of webhooks on this machine that fails at random, and verifies what comes with the package standardwebhooks.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Webhook } from 'standardwebhooks'

export interface Receiver {
  readonly url: string
  /** By job, what it was told to have come to: `webhook-id type`, each once. */
  readonly told: ReadonlyMap<string, ReadonlySet<string>>
  /** From now on messages are signed with this secret. */
  trust(secret: string): void
  counts(): { readonly messages: number; readonly unverified: number }
  stop(): Promise<void>
}

/** @param percent of messages that are taken and answered with 500 */
export async function startReceiver(percent: number): Promise<Receiver> {
  const told = new Map<string, Set<string>>()
  let verifier: Webhook | undefined
  let messages = 0
  let unverified = 0
  const take = (body: string, headers: Record<string, string>) => {
    messages++
    try {
      const message = verifier?.verify(body, headers) as { type: string; data: { id: string } }
      const known = told.get(message.data.id) ?? new Set()
      told.set(message.data.id, known.add(`${headers['webhook-id']} ${message.type}`))
    } catch {
      unverified++
    }
  }
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    take(body, request.headers as Record<string, string>)
    response.writeHead(Math.random() * 100 < percent ? 500 : 204).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    told,
    trust: (secret) => {
      verifier = new Webhook(secret)
    },
    counts: () => ({ messages, unverified }),
    stop: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
