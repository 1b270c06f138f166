// One attempt against a real receiver on this machine. The package `standardwebhooks` says whether what came is signed well.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Webhook } from 'standardwebhooks'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { deliver } from '../../../src/webhooks/deliver'
import { newSecret } from '../../../src/webhooks/sign'

interface Received {
  readonly path: string | undefined
  readonly headers: Record<string, string>
  readonly body: string
}

let received: Received[] = []
let url = ''
let stop = async () => undefined as unknown

beforeEach(async () => {
  received = []
  const server = createServer((request, response) => void answer(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  stop = async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
})
afterEach(async () => {
  vi.useRealTimers()
  await stop()
})

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  let body = ''
  for await (const chunk of request) body += chunk
  received.push({ path: request.url, headers: request.headers as Record<string, string>, body })
  if (request.url === '/never') return
  if (request.url === '/elsewhere') response.writeHead(307, { location: `${url}/ok` })
  if (request.url === '/fails') response.writeHead(500)
  if (request.url === '/endless') {
    // Written as long as the other side reads: a receiver that is drained would never be done.
    response.on('error', () => undefined)
    const write = (): void => {
      while (response.write('x'.repeat(65_536)));
      response.once('drain', write)
    }
    return write()
  }
  response.end()
}

const body = JSON.stringify({ type: 'job.succeeded', data: {} })
const to = (path: string, secrets = [newSecret()], timeoutMs = 5_000) =>
  deliver({ id: 'msg_1', url: url + path, body, secrets }, true, timeoutMs)

it('is verified by the standardwebhooks package, with every secret that is valid and no other', async () => {
  const secrets = [newSecret(), newSecret()]
  expect(await to('/ok', secrets)).toEqual({ delivered: true, status: 200, error: null })
  const [got] = received
  if (got === undefined) throw new Error('nothing was received')
  expect([got.headers['webhook-id'], got.body]).toEqual(['msg_1', body])
  for (const secret of secrets) {
    expect(new Webhook(secret).verify(got.body, got.headers)).toEqual(JSON.parse(body))
  }
  expect(() => new Webhook(newSecret()).verify(got.body, got.headers)).toThrow()
  expect(() => new Webhook(secrets[0] ?? '').verify(`${got.body} `, got.headers)).toThrow()
})

it('is refused by the package five minutes later', async () => {
  const secret = newSecret()
  await to('/ok', [secret])
  const { body: text = '', headers = {} } = received[0] ?? {}
  const start = Date.now()
  const verify = () => new Webhook(secret).verify(text, headers)
  vi.useFakeTimers({ toFake: ['Date'], now: start + 299_000 })
  expect(verify()).toBeDefined()
  vi.setSystemTime(start + 302_000)
  expect(verify).toThrow('too old')
})

it('does not follow where it is sent on', async () => {
  expect(await to('/elsewhere')).toEqual({ delivered: false, status: 307, error: 'redirected' })
  expect(received.map(({ path }) => path)).toEqual(['/elsewhere'])
})

it('fails on a status that is no success', async () => {
  expect(await to('/fails')).toMatchObject({ delivered: false, status: 500 })
})

it('does not wait longer than the time limit', async () => {
  const start = performance.now()
  const attempt = await to('/never', undefined, 200)
  expect(attempt).toEqual({ delivered: false, status: null, error: 'no answer in time' })
  expect(performance.now() - start).toBeLessThan(3_000)
})

it('does not read the answer', async () => {
  expect(await to('/endless')).toMatchObject({ delivered: true, status: 200 })
})

it('is not sent to nobody, nor where it may not', async () => {
  await stop()
  expect(await to('/ok')).toEqual({ delivered: false, status: null, error: 'no connection' })
  const inside = { id: 'msg_1', url: `${url}/ok`, body, secrets: [newSecret()] }
  expect(await deliver(inside, false)).toMatchObject({ delivered: false, error: 'address refused' })
  expect(received).toEqual([])
})
