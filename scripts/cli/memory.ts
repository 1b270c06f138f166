// What one isolate holds, read from outside: the WASM heap as /readyz tells it, the JavaScript heap from workerd's inspector.
import { type LocalWorker, startLocal } from '../local.ts'
import { requestExtraction, waitUntilReady } from './api.ts'
import { readJsHeap } from './inspector.ts'
import { longestRequest, receiptRequest } from './receipt.ts'

const MIB = 1024 * 1024
/** An isolate has 128 MiB; the rest is left to documents, to requests that overlap and to error. */
export const BUDGET_MIB = 96
/** One request in so many has the longest sequences there are, the others are the sample receipt. */
const LONGEST_EVERY = 10

export interface Reading {
  readonly wasm_mib: number
  readonly js_mib: number
  readonly total_mib: number
}

export interface Memory {
  readonly after_load: Reading
  readonly after_requests: Reading & { readonly requests: number }
  /** Read after every tenth request, the longest ones. */
  readonly highest: Reading
}

/** Starts a Worker of its own; takes about a minute for 200 requests. */
export async function measureMemory(
  requests: number,
  say: (text: string) => void,
): Promise<Memory> {
  const worker = await startLocal({ inspect: true })
  try {
    const service = { url: worker.url.origin, key: worker.key }
    await waitUntilReady(service)
    const readings = [await read(worker)]
    const [usual, longest] = [await receiptRequest(), await longestRequest()]
    for (let i = 1; i <= requests; i++) {
      say(`request ${i} of ${requests}`)
      const isLongest = i % LONGEST_EVERY === 0
      await requestExtraction(service, isLongest ? longest : usual)
      if (isLongest || i === requests) readings.push(await read(worker))
    }
    return summary(readings, requests)
  } finally {
    await worker.stop()
  }
}

function summary(readings: readonly Reading[], requests: number): Memory {
  const first = readings[0]
  const last = readings.at(-1)
  if (first === undefined || last === undefined) throw new Error('nothing was read')
  const highest = readings.reduce((a, b) => (b.total_mib > a.total_mib ? b : a))
  return { after_load: first, after_requests: { ...last, requests }, highest }
}

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
