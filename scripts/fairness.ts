// npm run fairness [-- --seconds S] [--json]: what a flood of one tenant does to another. A tenant asks for one receipt after the other,
// first alone, then while another tenant sends from 32 connections as fast as it is let; prints the first one's times and what became
// of the flood. At the model it waits for one pass of the flood; what comes before (directory, Durable Object, body) shares the isolate too.
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import type { Service } from './cli/api.ts'
import { startProgress } from './cli/progress.ts'
import { receiptRequest } from './cli/receipt.ts'
import { reachService } from './cli/service.ts'
import { makeKey, makeTenant } from './cli/tenants.ts'
import { percentile } from './evaluate/metrics.ts'

const FLOOD_CONNECTIONS = 32
/** A client that is told to come back does so, but sooner than it was told. */
const REFUSED_PAUSE_MS = 200
const WARM_UPS = 8

const { values: options } = parseArgs({
  options: {
    seconds: { type: 'string', default: '20' },
    json: { type: 'boolean', default: false },
  },
})

interface Seen {
  readonly times: number[]
  refused: number
  failed: number
}

async function main(): Promise<void> {
  const ms = Number(options.seconds) * 1000
  const { service, stop } = await reachService(undefined, undefined)
  const progress = startProgress('warming up')
  try {
    const [light, flood] = [await clientOf(service, 'light'), await clientOf(service, 'flood')]
    for (let i = 0; i < WARM_UPS; i++) await light(emptySeen())
    progress.say('alone')
    const alone = await repeat(light, ms)
    progress.say('beside a flood')
    const flooding = Array.from({ length: FLOOD_CONNECTIONS }, () => repeat(flood, ms))
    const beside = await repeat(light, ms)
    report(alone, beside, await Promise.all(flooding))
  } finally {
    progress.done()
    await stop()
  }
}

type Client = (seen: Seen) => Promise<void>

async function clientOf(service: Service, tenant: string): Promise<Client> {
  await makeTenant(service, tenant)
  const { key } = await makeKey(service, tenant, ['extract'])
  const body = JSON.stringify(await receiptRequest())
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' }
  return async (seen) => {
    const start = performance.now()
    const response = await fetch(`${service.url}/v1/extract`, { method: 'POST', headers, body })
    await response.arrayBuffer()
    if (response.ok) seen.times.push(performance.now() - start)
    else if (response.status === 429) seen.refused++
    else seen.failed++
    if (!response.ok) await sleep(REFUSED_PAUSE_MS)
  }
}

const emptySeen = (): Seen => ({ times: [], refused: 0, failed: 0 })

async function repeat(client: Client, ms: number): Promise<Seen> {
  const seen = emptySeen()
  const until = performance.now() + ms
  while (performance.now() < until) await client(seen)
  return seen
}

function report(alone: Seen, beside: Seen, flood: readonly Seen[]): void {
  const rounded = (value: number | null) => Math.round(value ?? Number.NaN)
  const sum = (of: (seen: Seen) => number) => flood.reduce((total, seen) => total + of(seen), 0)
  const result = {
    alone_p50_ms: rounded(percentile(alone.times, 50)),
    alone_p95_ms: rounded(percentile(alone.times, 95)),
    beside_flood_p50_ms: rounded(percentile(beside.times, 50)),
    beside_flood_p95_ms: rounded(percentile(beside.times, 95)),
    light_answers: beside.times.length,
    light_refused: beside.refused,
    flood_answers: sum(({ times }) => times.length),
    flood_refused: sum(({ refused }) => refused),
    failed: alone.failed + beside.failed + sum(({ failed }) => failed),
  }
  if (options.json) console.log(JSON.stringify(result))
  else for (const [name, value] of Object.entries(result)) console.log(name.padEnd(20), value)
  if (result.failed > 0 || result.light_refused > 0) process.exitCode = 1
}

await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
})
