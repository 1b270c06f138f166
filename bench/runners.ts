// What is measured side by side, behind one interface: the whole service, a model in workerd, a process that runs once a line.
import type { ChildProcessWithoutNullStreams } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { requestExtraction } from '../scripts/cli/api.ts'
import { documentFrom, schemaFrom } from '../scripts/cli/document.ts'
import { reachService } from '../scripts/cli/service.ts'
import { type Runtime, startContender } from './contender.ts'
import type { Feeds } from './feeds.ts'

export const ORDER = join(import.meta.dirname, '../samples/order.pdf')
const ORDER_FIELDS = ['contract_number', 'advertiser', 'gross_amount', 'flight_from', 'flight_to']

export interface Runner {
  readonly name: string
  run(): Promise<{ readonly ms: number; readonly memory: number }>
  stop(): Promise<void>
}

export async function serviceRunner(): Promise<Runner> {
  const { service, stop } = await reachService(undefined, undefined)
  const body = { document: await documentFrom(ORDER), schema: schemaFrom(ORDER_FIELDS) }
  return {
    name: 'the Worker, over HTTP',
    async run() {
      const { ms } = await requestExtraction(service, body)
      const response = await fetch(`${service.url}/readyz`)
      const { memory } = (await response.json()) as { memory: { wasm_bytes: number } }
      return { ms, memory: memory.wasm_bytes }
    },
    stop,
  }
}

export async function wasmRunner(runtime: Runtime, release: string, feeds: Feeds): Promise<Runner> {
  const contender = await startContender(runtime, runtime, release)
  return {
    name: runtime === 'kernel' ? 'the kernel in workerd' : 'onnxruntime-web in workerd',
    async run() {
      const { ms, wasm } = await contender.run([feeds])
      return { ms, memory: wasm }
    },
    stop: () => contender.stop(),
  }
}

/** A process that runs once for every line that it reads. */
export function lineRunner(
  name: string,
  child: ChildProcessWithoutNullStreams,
  feeds?: Feeds,
): Runner {
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]()
  if (feeds !== undefined) child.stdin.write(`${JSON.stringify(feeds)}\n`)
  return {
    name,
    async run() {
      child.stdin.write('run\n')
      const { value, done } = await lines.next()
      if (done) throw new Error(`${name} did not start: is it installed?`)
      const { ms, rss } = JSON.parse(value)
      return { ms, memory: rss }
    },
    stop: () => ended(child),
  }
}

const ended = (child: ChildProcessWithoutNullStreams) =>
  new Promise<void>((resolve) => {
    child.once('close', () => resolve())
    child.stdin.end()
  })
