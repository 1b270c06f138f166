// npm run latency [-- --json] [-- --requests N]: how long a caller waits for the sample receipt, measured over HTTP.
// Cold is a fresh process: from its start to the first answer, the model's way from R2 included. Warm is what follows after
// eight requests, in which the WebAssembly is compiled for speed.
import { parseArgs } from 'node:util'
import { type Extraction, requestExtraction, type Service } from './cli/api.ts'
import { startProgress } from './cli/progress.ts'
import { type ExtractionRequest, receiptRequest } from './cli/receipt.ts'
import { startLocal } from './local.ts'

const WARM_UPS = 8

interface Latency {
  /** Starting the process and answering the first request. */
  readonly cold_ms: number
  /** Of it, the part until the process listens. */
  readonly boot_ms: number
  readonly warm_median_ms: number
  readonly warm_p95_ms: number
  readonly requests: number
  /** Page tokens of the document. */
  readonly tokens: number
  readonly words: number
  readonly fields: number
  readonly passes: number
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { json: { type: 'boolean' }, requests: { type: 'string', default: '40' } },
  })
  const requests = Number(values.requests)
  if (!(requests > 0)) throw new Error('--requests wants a number above 0')
  const latency = await measure(requests)
  if (values.json) console.log(JSON.stringify(latency))
  else show(latency)
}

async function measure(requests: number): Promise<Latency> {
  const progress = startProgress('starting the Worker')
  const worker = await startLocal()
  try {
    const service = { url: worker.url.origin, key: worker.key }
    const body = await receiptRequest()
    const first = await requestExtraction(service, body)
    await repeat(service, body, WARM_UPS)
    progress.say(`${requests} requests`)
    const times = await repeat(service, body, requests)
    return {
      cold_ms: Math.round(worker.bootMs + first.ms),
      boot_ms: Math.round(worker.bootMs),
      warm_median_ms: Math.round(quantile(times, 0.5)),
      warm_p95_ms: Math.round(quantile(times, 0.95)),
      requests,
      ...sizeOf(first.extraction),
    }
  } finally {
    progress.done()
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

/** The smallest value that at least this share of all values does not exceed. */
function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.ceil(share * sorted.length) - 1] ?? Number.NaN
}

function show(latency: Latency): void {
  const { words, tokens, fields, passes, requests } = latency
  console.log(
    `a receipt of ${words} words (${tokens} tokens), ${fields} fields, ${passes} pass(es)`,
  )
  console.log(`cold   ${latency.cold_ms} ms, of which ${latency.boot_ms} ms until it listens`)
  console.log(`warm   ${latency.warm_median_ms} ms in the middle, ${latency.warm_p95_ms} ms at p95`)
  console.log(`       of ${requests} requests after ${WARM_UPS} to warm up`)
}

await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
})
