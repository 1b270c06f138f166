// What the Worker still holds once garbage is collected, so that before and after a run can be compared: what a run leaves behind
// is a leak. How much it holds at its worst is another question, which test/service/memory.test.ts asks.
import { join } from 'node:path'
import { requestExtraction, type Service } from '../../scripts/cli/api.ts'
import { documentFrom } from '../../scripts/cli/document.ts'
import { readLiveBytes } from '../../scripts/cli/inspector.ts'
import { longestRequest, receiptRequest } from '../../scripts/cli/receipt.ts'
import type { LocalWorker } from '../../scripts/local.ts'
import { SMALL_SCHEMA } from './seeds.ts'

const ORDER = join(import.meta.dirname, '../../samples/order.pdf')
const MIB = 1024 * 1024
/** Code that is compiled once it is used often, and parsed schemas that are kept: what a warm isolate gains once. */
export const MOST_GROWTH_MIB = 6

export interface Held {
  readonly wasm_mib: number
  readonly js_mib: number
  readonly total_mib: number
}

/** The longest sequences there are, so that the WASM heap, which never shrinks, is as large as it gets; and a PDF, whose reader loads. */
export async function settle(service: Service): Promise<void> {
  const [usual, longest] = [await receiptRequest(), await longestRequest()]
  const pdf = { document: await documentFrom(ORDER), schema: SMALL_SCHEMA }
  for (const request of [longest, usual, pdf, longest, pdf])
    await requestExtraction(service, request)
}

export async function readHeld(worker: LocalWorker): Promise<Held> {
  const response = await fetch(new URL('/readyz', worker.url))
  const { memory } = (await response.json()) as { memory: { wasm_bytes: number } }
  const js = await readLiveBytes(await worker.inspectorUrl())
  return {
    wasm_mib: mib(memory.wasm_bytes),
    js_mib: mib(js),
    total_mib: mib(memory.wasm_bytes + js),
  }
}

const mib = (bytes: number) => Math.round((bytes / MIB) * 10) / 10
