// npm run revocation [-- --keys N] [--seconds S] [--json]: N keys of several tenants under load, 1 % of them revoked meanwhile. Says when,
// after its revocation was answered, the last request with a revoked key began that still succeeded, and fails where that is
// later than the 60 s that are promised. The load goes on for more than 60 s after the last revocation.
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { callAdmin } from './cli/admin.ts'
import type { Service } from './cli/api.ts'
import { startProgress } from './cli/progress.ts'
import { receiptRequest } from './cli/receipt.ts'
import { reachService } from './cli/service.ts'
import { type MadeKey, makeKey, makeTenant } from './cli/tenants.ts'

const PROMISED_MS = 60_000
const TENANTS = 4
const CONNECTIONS = 8
/** Every so many requests one is an extraction; the others read a list, so that keys come round often. */
const EXTRACTIONS = 20

interface Key extends MadeKey {
  readonly tenant: string
  /** performance.now() when its revocation was answered. */
  revokedAt?: number
}

interface Outcome {
  readonly key: Key
  readonly began: number
  readonly status: number
}

const { values: options } = parseArgs({
  options: {
    keys: { type: 'string', default: '200' },
    seconds: { type: 'string', default: '75' },
    json: { type: 'boolean', default: false },
  },
})

async function main(): Promise<void> {
  const seconds = Number(options.seconds)
  const { service, stop } = await reachService(undefined, undefined)
  const progress = startProgress('making keys')
  try {
    const keys = await makeKeys(service, Number(options.keys))
    const outcomes: Outcome[] = []
    const until = performance.now() + seconds * 1000
    progress.say(`${seconds} s of load`)
    const load = Array.from({ length: CONNECTIONS }, () => work(service, keys, outcomes, until))
    await sleep(Math.min(5000, seconds * 100))
    const revoked = keys.filter((_, i) => i % 100 === 50)
    for (const key of revoked) await revoke(service, key)
    await Promise.all(load)
    report(keys, revoked, outcomes)
  } finally {
    progress.done()
    await stop()
  }
}

async function makeKeys(service: Service, count: number): Promise<Key[]> {
  const keys: Key[] = []
  for (let t = 0; t < TENANTS; t++) {
    const tenant = `load-${t}`
    await makeTenant(service, tenant)
    for (let k = t; k < count; k += TENANTS) {
      keys.push({ ...(await makeKey(service, tenant, ['extract', 'schemas'])), tenant })
    }
  }
  return keys
}

async function revoke(service: Service, key: Key): Promise<void> {
  await callAdmin(service, 'DELETE', `/v1/tenants/${key.tenant}/keys/${key.id}`)
  key.revokedAt = performance.now()
}

/** One connection: key after key, revoked ones too. */
async function work(
  { url }: Service,
  keys: readonly Key[],
  outcomes: Outcome[],
  until: number,
): Promise<void> {
  const body = JSON.stringify(await receiptRequest())
  for (let i = 0; performance.now() < until; i++) {
    const key = keys[Math.floor(Math.random() * keys.length)]
    if (key === undefined) return
    const began = performance.now()
    const headers = { authorization: `Bearer ${key.key}`, 'content-type': 'application/json' }
    const response =
      i % EXTRACTIONS === 0
        ? await fetch(`${url}/v1/extract`, { method: 'POST', headers, body })
        : await fetch(`${url}/v1/schemas`, { headers })
    await response.arrayBuffer()
    outcomes.push({ key, began, status: response.status })
  }
}

function report(keys: readonly Key[], revoked: readonly Key[], outcomes: readonly Outcome[]): void {
  const after = outcomes.flatMap(({ key, began, status }) =>
    key.revokedAt !== undefined && began > key.revokedAt
      ? [{ ms: began - key.revokedAt, status }]
      : [],
  )
  const succeeded = after.filter(({ status }) => status < 400)
  const late = succeeded.filter(({ ms }) => ms > PROMISED_MS)
  const others = outcomes.filter(({ key }) => key.revokedAt === undefined)
  const result = {
    keys: keys.length,
    revoked: revoked.length,
    requests: outcomes.length,
    requests_after_revocation: after.length,
    watched_s: Math.round(Math.max(0, ...after.map(({ ms }) => ms)) / 1000),
    succeeded_after_revocation: succeeded.length,
    last_success_ms: Math.round(Math.max(0, ...succeeded.map(({ ms }) => ms))),
    succeeded_later_than_60_s: late.length,
    refused_of_other_keys: others.filter(({ status }) => status === 401).length,
    failed_of_other_keys: others.filter(({ status }) => status >= 500).length,
  }
  if (options.json) console.log(JSON.stringify(result))
  else for (const [name, value] of Object.entries(result)) console.log(name.padEnd(28), value)
  if (late.length > 0 || result.refused_of_other_keys > 0) process.exitCode = 1
}

await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
})
