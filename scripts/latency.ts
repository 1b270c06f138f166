// npm run latency [-- --json] [-- --requests N] [-- --starts N]: how long a caller waits for the sample receipt, measured over HTTP.
// Cold is the first answer of a fresh isolate: the model's way from R2, its hashes and a first pass that is not yet compiled for
// speed. What comes before is told apart by starting a Worker that does nothing, by turns: the simulator's own boot, which the platform
// has behind it, and what this Worker's code adds to it. Warm is what follows after eight requests.
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type Extraction, requestExtraction, type Service, type Timed } from './cli/api.ts'
import { startProgress } from './cli/progress.ts'
import { type ExtractionRequest, receiptRequest } from './cli/receipt.ts'
import { percentile } from './evaluate/metrics.ts'
import { startLocal } from './local.ts'

const IDLE = join(import.meta.dirname, 'idle-worker.ts')
const WARM_UPS = 8

interface Latency {
  /** The simulator's own, medians all. */
  readonly boot_ms: number
  /** What this Worker's modules add to it: compiled, their global code run. */
  readonly start_ms: number
  /** The first answer of a fresh isolate, the model's load in it. */
  readonly cold_ms: number
  readonly warm_median_ms: number
  readonly warm_p95_ms: number
  readonly starts: number
  readonly requests: number
  /** Page tokens of the document. */
  readonly tokens: number
  readonly words: number
  readonly fields: number
  readonly passes: number
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      json: { type: 'boolean' },
      requests: { type: 'string', default: '40' },
      starts: { type: 'string', default: '5' },
    },
  })
  const [requests, starts] = [Number(values.requests), Number(values.starts)]
  if (!(requests > 0 && starts > 0)) throw new Error('--requests and --starts want numbers above 0')
  const latency = await measure(requests, starts)
  if (values.json) console.log(JSON.stringify(latency))
  else show(latency)
}

async function measure(requests: number, starts: number): Promise<Latency> {
  const progress = startProgress('starting the Worker')
  const body = await receiptRequest()
  const runs: Start[] = []
  try {
    while (runs.length < starts) {
      progress.say(`start ${runs.length + 1} of ${starts}`)
      const idleMs = await idleBootMs()
      const isLast = runs.length + 1 >= starts
      runs.push({ idleMs, ...(await startAndAsk(body, isLast ? requests : 0)) })
    }
  } finally {
    progress.done()
  }
  const [one] = runs
  if (one === undefined) throw new Error('nothing was measured')
  const times = runs.flatMap((run) => run.times)
  return {
    boot_ms: rounded(runs.map(({ idleMs }) => idleMs)),
    start_ms: rounded(runs.map(({ idleMs, bootMs }) => bootMs - idleMs)),
    cold_ms: rounded(runs.map(({ first }) => first.ms)),
    warm_median_ms: rounded(times),
    warm_p95_ms: rounded(times, 95),
    starts: runs.length,
    requests,
    ...sizeOf(one.first.extraction),
  }
}

async function idleBootMs(): Promise<number> {
  const worker = await startLocal({ entry: IDLE })
  await worker.stop()
  return worker.bootMs
}

interface Asked {
  readonly bootMs: number
  readonly first: Timed
  /** Of the requests after it and after those that warm up. */
  readonly times: readonly number[]
}

interface Start extends Asked {
  /** Until a Worker that does nothing listens. */
  readonly idleMs: number
}

/** A Worker in a process of its own, its first answer, and `requests` more where there are to be any. */
async function startAndAsk(body: ExtractionRequest, requests: number): Promise<Asked> {
  const worker = await startLocal()
  try {
    const service = { url: worker.url.origin, key: worker.key }
    const first = await requestExtraction(service, body)
    if (requests > 0) await repeat(service, body, WARM_UPS)
    return { bootMs: worker.bootMs, first, times: await repeat(service, body, requests) }
  } finally {
    await worker.stop()
  }
}

const sizeOf = ({ fields, passes, usage }: Extraction) => ({
  tokens: usage.tokens ?? 0,
  words: usage.words ?? 0,
  fields: Object.keys(fields).length,
  passes,
})

/** One after another; the milliseconds of each. */
async function repeat(service: Service, body: ExtractionRequest, times: number): Promise<number[]> {
  const taken: number[] = []
  for (let i = 0; i < times; i++) taken.push((await requestExtraction(service, body)).ms)
  return taken
}

const rounded = (times: readonly number[], percent = 50): number =>
  Math.round(percentile(times, percent) ?? Number.NaN)

function show(latency: Latency): void {
  const { words, tokens, fields, passes, requests, starts } = latency
  const times = (latency.cold_ms / latency.warm_median_ms).toFixed(1)
  console.log(
    `a receipt of ${words} words (${tokens} tokens), ${fields} fields, ${passes} pass(es)`,
  )
  console.log(`boot   ${latency.boot_ms} ms, the simulator's own`)
  console.log(`start  ${latency.start_ms} ms more with this Worker's code`)
  console.log(
    `cold   ${latency.cold_ms} ms for the first answer of an isolate, ${times} times warm`,
  )
  console.log(`       in the middle of ${starts} starts`)
  console.log(`warm   ${latency.warm_median_ms} ms in the middle, ${latency.warm_p95_ms} ms at p95`)
  console.log(`       of ${requests} requests after ${WARM_UPS} to warm up`)
}

await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
})
