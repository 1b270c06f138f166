// Load on the whole Worker as `npm start` runs it: words and PDFs by turns, over more and more connections, by autocannon, which
// sends anew at once whatever the answer was: those who are refused ask more often than a client that heeds `retry-after`.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import autocannon from 'autocannon'
import { requestExtraction } from '../scripts/cli/api.ts'
import { readJsHeap, readLiveBytes } from '../scripts/cli/inspector.ts'
import { receiptRequest } from '../scripts/cli/receipt.ts'
import { type LocalWorker, startLocal } from '../scripts/local.ts'
import { heedClosing } from './closing.ts'

const ORDER = join(import.meta.dirname, '../samples/order.pdf')
const MIB = 1024 * 1024
const WARM_UPS = 4

export interface LoadRow {
  readonly connections: number
  readonly perSecond: number
  readonly p50: number
  readonly p95: number
  readonly p99: number
  readonly ok: number
  readonly limited: number
  /** Neither 200 nor 429, or no answer in time. */
  readonly failed: number
  /** Of those that failed, by status; `none` is no answer. */
  readonly failures: Readonly<Record<string, number>>
}

export interface LoadResult {
  /** For each number of connections. */
  readonly seconds: number
  readonly rows: readonly LoadRow[]
  readonly before: Held
  readonly after: Held
}

/** MiB of the isolate, WebAssembly in it. */
export interface Held {
  /** Garbage that nobody has collected yet included. */
  readonly all: number
  /** What a collection leaves. */
  readonly live: number
}

export async function measureLoad(
  connections: readonly number[],
  seconds: number,
  say: (text: string) => void,
): Promise<LoadResult> {
  const worker = await startLocal({ inspect: true })
  try {
    const bodies = [await receiptRequest(), await orderRequest()]
    const service = { url: worker.url.origin, key: worker.key }
    for (let i = 0; i < WARM_UPS; i++)
      for (const body of bodies) await requestExtraction(service, body)
    const before = await memoryOf(worker)
    const rows: LoadRow[] = []
    for (const count of connections) {
      say(`${count} connections, ${seconds} s`)
      rows.push(await shoot(worker, bodies, count, seconds))
    }
    return { seconds, rows, before, after: await memoryOf(worker) }
  } finally {
    await worker.stop()
  }
}

async function orderRequest() {
  const content = (await readFile(ORDER)).toString('base64')
  const properties = { advertiser: { type: 'string' }, gross_amount: { type: 'number' } }
  return {
    document: { content, type: 'application/pdf' },
    schema: { type: 'object', properties },
  }
}

async function shoot(
  worker: LocalWorker,
  bodies: readonly object[],
  connections: number,
  seconds: number,
): Promise<LoadRow> {
  const statuses: number[] = []
  const times: number[] = []
  const options: autocannon.Options = {
    url: worker.url.origin,
    connections,
    duration: seconds,
    timeout: 120,
    setupClient: heedClosing,
    requests: bodies.map((body) => ({
      method: 'POST',
      path: '/v1/extract',
      headers: { authorization: `Bearer ${worker.key}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })),
  }
  const { duration, errors } = await new Promise<autocannon.Result>((resolve, reject) => {
    const running = autocannon(options, (error, result) =>
      error ? reject(error) : resolve(result),
    )
    running.on('response', (_, status, __, ms) => {
      statuses.push(status)
      if (status === 200) times.push(ms)
    })
  })
  const of = (status: number) => statuses.filter((given) => given === status).length
  const sorted = times.toSorted((a, b) => a - b)
  const quantile = (share: number) => Math.round(sorted[Math.ceil(share * sorted.length) - 1] ?? 0)
  return {
    connections,
    perSecond: Math.round((of(200) / duration) * 100) / 100,
    p50: quantile(0.5),
    p95: quantile(0.95),
    p99: quantile(0.99),
    ok: of(200),
    limited: of(429),
    failed: statuses.length - of(200) - of(429) + errors,
    failures: countsOf([
      ...statuses.filter((status) => status !== 200 && status !== 429).map(String),
      ...Array.from({ length: errors }, () => 'none'),
    ]),
  }
}

async function memoryOf(worker: LocalWorker): Promise<Held> {
  const response = await fetch(new URL('/readyz', worker.url))
  const { memory } = (await response.json()) as { memory: { wasm_bytes: number } }
  const inspector = await worker.inspectorUrl()
  const { heap, buffers } = await readJsHeap(inspector)
  const live = await readLiveBytes(inspector)
  const mib = (bytes: number) => Math.round((memory.wasm_bytes + bytes) / MIB)
  return { all: mib(heap + buffers), live: mib(live) }
}

function countsOf(names: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1
  return counts
}
