// npm run memory [-- --json] [-- --requests N]: what one isolate holds after loading the model and after N requests (200), read
// from outside: the WASM heap as /readyz tells it, the JavaScript heap and buffers from workerd's inspector.
// The requests take turns between the sample receipt and pages that fill a window, the longest sequences there are.
import { parseArgs } from 'node:util'
import { requestExtraction, waitUntilReady } from './cli/api.ts'
import { readJsHeap } from './cli/inspector.ts'
import { startProgress } from './cli/progress.ts'
import { longestRequest, receiptRequest } from './cli/receipt.ts'
import { type LocalWorker, startLocal } from './local.ts'

const MIB = 1024 * 1024
/** An isolate has 128 MiB; what the rest is kept for is in docs/decisions. */
const BUDGET_MIB = 96

interface Reading {
  readonly wasm_mib: number
  readonly js_mib: number
  readonly total_mib: number
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { json: { type: 'boolean' }, requests: { type: 'string', default: '200' } },
  })
  const requests = Number(values.requests)
  if (!(requests > 0)) throw new Error('--requests wants a number above 0')
  const progress = startProgress('starting the Worker')
  const worker = await startLocal({ inspect: true })
  try {
    const service = { url: worker.url.origin, key: worker.key }
    await waitUntilReady(service)
    const afterLoad = await read(worker)
    const bodies = [await receiptRequest(), await longestRequest()]
    let highest = afterLoad
    for (let i = 0; i < requests; i++) {
      progress.say(`request ${i + 1} of ${requests}`)
      const body = bodies[i % bodies.length]
      if (body !== undefined) await requestExtraction(service, body)
      if (i % 10 === 9) highest = higher(highest, await read(worker))
    }
    const afterRequests = await read(worker)
    progress.done()
    report(
      values.json === true,
      afterLoad,
      { ...afterRequests, requests },
      higher(highest, afterRequests),
    )
  } finally {
    await worker.stop()
  }
}

const higher = (a: Reading, b: Reading) => (b.total_mib > a.total_mib ? b : a)

async function read(worker: LocalWorker): Promise<Reading> {
  const response = await fetch(new URL('/readyz', worker.url))
  const { memory } = (await response.json()) as { memory: { wasm_bytes: number } }
  const { heap, buffers } = await readJsHeap(await worker.inspectorUrl())
  const js = heap + buffers
  return {
    wasm_mib: mib(memory.wasm_bytes),
    js_mib: mib(js),
    total_mib: mib(memory.wasm_bytes + js),
  }
}

const mib = (bytes: number) => Math.round((bytes / MIB) * 10) / 10

function report(
  json: boolean,
  load: Reading,
  requests: Reading & { requests: number },
  most: Reading,
) {
  const result = {
    after_load: load,
    after_requests: requests,
    highest: most,
    budget_mib: BUDGET_MIB,
  }
  if (json) console.log(JSON.stringify(result))
  else {
    const line = (when: string, r: Reading) =>
      console.log(
        `${when.padEnd(20)} ${r.wasm_mib} MiB WASM + ${r.js_mib} MiB JS = ${r.total_mib} MiB`,
      )
    line('after loading', load)
    line(`after ${requests.requests} requests`, requests)
    line('highest seen', most)
  }
  if (most.total_mib >= BUDGET_MIB) {
    console.error(`over the budget of ${BUDGET_MIB} MiB`)
    process.exitCode = 1
  }
}

await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
})
