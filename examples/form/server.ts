// npm run example:form [-- --port N]: a tenant's server in small, against the Worker that `npm start` runs. It renders the page with a
// fresh token, and shows what was extracted when the visitor comes back. The key stays here; the page never has it.
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { callAdmin } from '../../scripts/cli/admin.ts'
import type { Service } from '../../scripts/cli/api.ts'
import { runningService } from '../../scripts/cli/running.ts'

const DEFAULT_PORT = '8080'
const FIELDS = { advertiser: { type: 'string' }, gross_amount: { type: 'number' } }

export interface Example {
  readonly url: string
  stop(): Promise<void>
}

/** @param port 0: a free one */
export async function startExample(service: Service, port: number): Promise<Example> {
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', origin)
    pageOf(service, origin, url)
      .then((html) => response.setHeader('content-type', 'text/html; charset=utf-8').end(html))
      .catch((error) => response.writeHead(500).end(String(error)))
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  const address = server.address()
  const origin = `http://127.0.0.1:${typeof address === 'object' ? address?.port : port}`
  const rules = { origins: [origin], redirects: [`${origin}/thanks`, `${origin}/sorry`] }
  const schema = { type: 'object', properties: FIELDS, 'x-form': rules }
  await callAdmin(service, 'PUT', '/v1/schemas/example-order', schema)
  const stop = async () => {
    server.closeAllConnections()
    server.close()
  }
  return { url: origin, stop }
}

async function pageOf(service: Service, origin: string, url: URL): Promise<string> {
  switch (url.pathname) {
    case '/':
      return formPage(service, origin)
    case '/thanks':
      return thanksPage(service, url.searchParams.get('extraction') ?? '')
    default:
      return `<h1>Sorry</h1><p>That did not work: ${escaped(url.searchParams.get('problem') ?? '')}`
  }
}

async function formPage(service: Service, origin: string): Promise<string> {
  const path = '/v1/forms/example-order/tokens'
  const { action, token } = await callAdmin(service, 'POST', path, { origin })
  const values: Readonly<Record<string, unknown>> = { action, token, origin }
  const page = await readFile(join(import.meta.dirname, 'page.html'), 'utf8')
  return page.replaceAll(/\{\{(\w+)\}\}/g, (_, name) => escaped(String(values[name])))
}

async function thanksPage(service: Service, id: string): Promise<string> {
  const path = `/v1/extractions/${encodeURIComponent(id)}`
  const answer = await callAdmin(service, 'GET', path)
  const { fields, form } = answer as {
    fields: Record<string, { value: unknown }>
    form: { name: string; value: string }[]
  }
  const rows = [
    ...form.map(({ name, value }) => [name, value]),
    ...Object.entries(fields).map(([name, { value }]) => [name, value ?? 'not found']),
  ]
  const cells = rows.map(([name, value]) => `<dt>${escaped(name)}<dd>${escaped(value)}`)
  return `<meta charset="utf-8"><h1>Thank you</h1><dl>${cells.join('')}</dl>`
}

const escaped = (text: unknown) =>
  String(text).replaceAll(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`)

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { port: { type: 'string', default: DEFAULT_PORT } } })
  const service = await runningService()
  if (service === undefined) throw new Error('No Worker runs here. Start one: npm start')
  const { url } = await startExample(service, Number(values.port))
  console.log(`A form to try, at ${url}/ (Ctrl+C ends it)`)
}

if (import.meta.main) {
  await main().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error)
    process.exitCode = 1
  })
}
