// One request over HTTP/1.1 as it stands: Node's fetch would mend headers and bodies that are meant to be odd.
import { Agent, type OutgoingHttpHeaders, request } from 'node:http'

export interface Shot {
  readonly method: string
  /** With its query. */
  readonly path: string
  readonly headers: OutgoingHttpHeaders
  readonly body: Uint8Array
}

export interface Answer {
  readonly status: number
  readonly type: string
  readonly text: string
  readonly ms: number
}

const agent = new Agent({ keepAlive: true, maxSockets: 16 })

/** Rejects where the connection breaks or nothing comes in `patience` ms. */
export function send(origin: string, shot: Shot, patience: number): Promise<Answer> {
  const start = performance.now()
  const { method, path, headers, body } = shot
  const signal = AbortSignal.timeout(patience)
  const length = body.length > 0 ? { 'content-length': body.length } : {}
  return new Promise((resolve, reject) => {
    const outgoing = request(origin + path, {
      agent,
      method,
      signal,
      headers: { ...length, ...headers },
    })
    outgoing.on('error', reject)
    outgoing.on('response', (incoming) => {
      const chunks: Buffer[] = []
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
      incoming.on('error', reject)
      incoming.on('end', () =>
        resolve({
          status: incoming.statusCode ?? 0,
          type: incoming.headers['content-type'] ?? '',
          text: Buffer.concat(chunks).toString('utf8'),
          ms: performance.now() - start,
        }),
      )
    })
    outgoing.end(body)
  })
}

export const closeConnections = () => agent.destroy()
