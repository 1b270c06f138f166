// npm run tenancy [-- --requests N] [--json]: what tenancy adds to POST /v1/extract. In one process, one request after the other, in turn: by
// an operator's key (no directory, no Durable Object), by a tenant's key (both, and the quota), and by a tenant's key with an
// Idempotency-Key. Prints p50 and p95 of each and the differences.
import { randomUUID } from 'node:crypto'
import { parseArgs } from 'node:util'
import type { Service } from './cli/api.ts'
import { startProgress } from './cli/progress.ts'
import { receiptRequest } from './cli/receipt.ts'
import { reachService } from './cli/service.ts'
import { table } from './cli/table.ts'
import { makeKey, makeTenant } from './cli/tenants.ts'
import { percentile } from './evaluate/metrics.ts'

const WARM_UPS = 8

const { values: options } = parseArgs({
  options: {
    requests: { type: 'string', default: '100' },
    json: { type: 'boolean', default: false },
  },
})

interface Arm {
  readonly name: string
  readonly key: string
  readonly once: boolean
  readonly times: number[]
}

async function main(): Promise<void> {
  const requests = Number(options.requests)
  const { service, stop } = await reachService(undefined, undefined)
  const progress = startProgress('warming up')
  try {
    await makeTenant(service, 'measured')
    const { key } = await makeKey(service, 'measured', ['extract'])
    const arms: Arm[] = [
      { name: 'without', key: service.key, once: false, times: [] },
      { name: 'with', key, once: false, times: [] },
      { name: 'with an Idempotency-Key', key, once: true, times: [] },
    ]
    const body = JSON.stringify(await receiptRequest())
    for (let i = 0; i < WARM_UPS; i++) for (const arm of arms) await timed(service, arm, body)
    for (let i = 0; i < requests; i++) {
      progress.say(`${i} of ${requests} rounds`)
      // The order changes from round to round, so that no arm always follows the same one.
      for (let k = 0; k < arms.length; k++) {
        const arm = arms[(i + k) % arms.length]
        if (arm !== undefined) arm.times.push(await timed(service, arm, body))
      }
    }
    report(arms)
  } finally {
    progress.done()
    await stop()
  }
}

async function timed({ url }: Service, { key, once }: Arm, body: string): Promise<number> {
  const headers = {
    authorization: `Bearer ${key}`,
    'content-type': 'application/json',
    ...(once ? { 'idempotency-key': randomUUID() } : {}),
  }
  const start = performance.now()
  const response = await fetch(`${url}/v1/extract`, { method: 'POST', headers, body })
  await response.arrayBuffer()
  if (!response.ok) throw new Error(`${response.status} ${response.statusText}`)
  return performance.now() - start
}

function report(arms: readonly Arm[]): void {
  const rounded = (value: number | null) => Math.round((value ?? Number.NaN) * 10) / 10
  const [without] = arms
  const rows = arms.map(({ name, times }) => ({
    tenancy: name,
    p50_ms: rounded(percentile(times, 50)),
    p95_ms: rounded(percentile(times, 95)),
    adds_p50_ms: rounded(median(times.map((time, i) => time - (without?.times[i] ?? Number.NaN)))),
    adds_p95_ms: rounded(
      (percentile(times, 95) ?? 0) - (percentile(without?.times ?? [], 95) ?? 0),
    ),
    requests: times.length,
  }))
  if (options.json) console.log(JSON.stringify(rows))
  else
    console.log(
      table([Object.keys(rows[0] ?? {}), ...rows.map((row) => Object.values(row).map(String))]),
    )
}

/** Of the differences within a round: both saw the same machine. */
const median = (values: readonly number[]) => percentile(values, 50)

await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
})
