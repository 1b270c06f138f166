// npm run tenant -- create NAME | list | key create NAME [--scopes S,S] [--label L] | key list NAME | key revoke NAME ID
//                 | quota NAME [--requests-minute N] ... | audit NAME
// A client of the admin API. With --url and PIP_KIE_KEY (or --key) of a deployment; without, of the Worker that `npm start` runs,
// or where none runs, of one that is started over the same state for this one command.
import { parseArgs } from 'node:util'
import { callAdmin } from './cli/admin.ts'
import type { Service } from './cli/api.ts'
import { limits, quota } from './cli/quota.ts'
import { PERSIST, runningService } from './cli/running.ts'
import { table } from './cli/table.ts'
import { startLocal } from './local.ts'

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    url: { type: 'string' },
    key: { type: 'string' },
    scopes: { type: 'string', default: 'extract' },
    label: { type: 'string', default: '' },
    json: { type: 'boolean', default: false },
    'requests-minute': { type: 'string' },
    'requests-month': { type: 'string' },
    'pages-minute': { type: 'string' },
    'pages-month': { type: 'string' },
  },
})

const USAGE = `npm run tenant -- create NAME
npm run tenant -- list
npm run tenant -- key create NAME [--scopes extract,schemas,jobs,admin] [--label LABEL]
npm run tenant -- key list NAME
npm run tenant -- key revoke NAME ID
npm run tenant -- quota NAME [--requests-minute N] [--requests-month N] [--pages-minute N] [--pages-month N]
  N is a number, none (no limit) or default; what is not named stays as it is
npm run tenant -- audit NAME
A deployment: --url URL, and an operator's key in PIP_KIE_KEY. --json prints what came back.`

type Rows = readonly (readonly string[])[]

async function main(): Promise<void> {
  const command = commandOf(positionals)
  if (command === undefined) throw new Error(USAGE)
  const { service, stop } = await reach()
  try {
    const answer = await command.call(service)
    console.log(options.json ? JSON.stringify(answer) : table(command.show(answer)))
  } finally {
    await stop()
  }
}

interface Command {
  call(service: Service): Promise<Answer>
  show(answer: Answer): Rows
}

type Answer = Readonly<Record<string, unknown>>

function commandOf([first, second, name, id]: readonly string[]): Command | undefined {
  const words = first === 'key' ? `key ${second}` : first
  const tenant = encodeURIComponent((first === 'key' ? name : second) ?? '')
  const scopes = options.scopes.split(',')
  const command = (method: string, path: string, body: object | undefined, show: Command['show']) =>
    ({ call: (service: Service) => callAdmin(service, method, path, body), show }) as const
  if (words === 'list') return command('GET', '/v1/tenants', undefined, rowsOf('tenants'))
  if (tenant === '') return undefined
  const keys = `/v1/tenants/${tenant}/keys`
  switch (words) {
    case 'create':
      return command('POST', '/v1/tenants', { name: second }, pairs)
    case 'audit':
      return command('GET', `/v1/tenants/${tenant}/audit`, undefined, rowsOf('entries'))
    case 'quota':
      return {
        call: (service) => quota(service, `/v1/tenants/${tenant}/quota`, options),
        show: limits,
      }
    case 'key create':
      return command('POST', keys, { scopes, label: options.label }, pairs)
    case 'key list':
      return command('GET', keys, undefined, rowsOf('keys'))
    case 'key revoke':
      if (id === undefined) return undefined
      return command('DELETE', `${keys}/${encodeURIComponent(id)}`, undefined, () => [
        [`${id} is revoked: it opens nothing from now on`],
      ])
  }
  return undefined
}

const pairs = (answer: Answer): Rows =>
  Object.entries(answer).map(([name, value]) => [name, textOf(value)])

const rowsOf =
  (list: string) =>
  (answer: Answer): Rows => {
    const rows = answer[list] as readonly Answer[]
    return [
      Object.keys(rows[0] ?? { none: '' }),
      ...rows.map((row) => Object.values(row).map(textOf)),
    ]
  }

const textOf = (value: unknown) =>
  Array.isArray(value) ? value.join(',') : value === null ? '' : String(value)

async function reach(): Promise<{ service: Service; stop: () => Promise<void> }> {
  const nothing = async () => undefined
  if (options.url !== undefined) {
    const key = options.key ?? process.env.PIP_KIE_KEY
    if (key === undefined) throw new Error("--url wants an operator's key in PIP_KIE_KEY")
    return { service: { url: options.url.replace(/\/+$/, ''), key }, stop: nothing }
  }
  const running = await runningService()
  if (running !== undefined) return { service: running, stop: nothing }
  const worker = await startLocal({ persist: PERSIST })
  return { service: { url: worker.url.origin, key: worker.key }, stop: () => worker.stop() }
}

await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
})
