// Side by side with what somebody with a machine of their own would run: the same graph in native ONNX Runtime, one thread and all;
// and invoice2data with a template for that very document, beside the whole Worker over HTTP. Rounds are interleaved.
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { requestExtraction } from '../scripts/cli/api.ts'
import { documentFrom, schemaFrom } from '../scripts/cli/document.ts'
import { reachService } from '../scripts/cli/service.ts'
import { startContender } from './contender.ts'
import type { Feeds } from './feeds.ts'
import { ratioOf, type Spread, spreadOf } from './statistics.ts'

const NATIVE = join(import.meta.dirname, 'native.py')
const TEMPLATES = join(import.meta.dirname, 'templates')
const ORDER = join(import.meta.dirname, '../samples/order.pdf')
const ORDER_FIELDS = ['contract_number', 'advertiser', 'gross_amount', 'flight_from', 'flight_to']
const WARM_UPS = 5

export interface SideRow {
  readonly name: string
  readonly ms: Spread
  /** Times that of the first row. */
  readonly ratio: Spread
  /** Bytes: of WebAssembly memory, or of the whole process. */
  readonly memory: number
}

interface Runner {
  readonly name: string
  run(): Promise<{ readonly ms: number; readonly memory: number }>
  stop(): Promise<void>
}

export async function measureSide(
  release: string,
  python: string,
  feeds: Feeds,
  rounds: number,
): Promise<SideRow[]> {
  const threads = [...new Set([1, cpus().length])]
  const native = threads.map((count) =>
    lineRunner(
      `ONNX Runtime native, ${count} thread${count === 1 ? '' : 's'}`,
      spawn(python, [NATIVE, release, String(count)]),
      feeds,
    ),
  )
  return compare([await kernelRunner(release, feeds), ...native], rounds)
}

/** The sample order as a PDF. `python` has invoice2data and pdfplumber. */
export async function measureDocument(python: string, rounds: number): Promise<SideRow[]> {
  const script = join(import.meta.dirname, 'with_invoice2data.py')
  const other = lineRunner('invoice2data', spawn(python, [script, ORDER, TEMPLATES]))
  return compare([await serviceRunner(), other], rounds)
}

async function compare(runners: readonly Runner[], rounds: number): Promise<SideRow[]> {
  const samples: number[][] = runners.map(() => [])
  const memory: number[] = []
  try {
    for (let round = -WARM_UPS; round < rounds; round++) {
      for (const [i, runner] of runners.entries()) {
        const ran = await runner.run()
        if (round >= 0) samples[i]?.push(ran.ms)
        memory[i] = ran.memory
      }
    }
  } finally {
    for (const runner of runners) await runner.stop()
  }
  return runners.map(({ name }, i) => ({
    name,
    ms: spreadOf(samples[i] ?? []),
    ratio: ratioOf(samples[i] ?? [], samples[0] ?? []),
    memory: memory[i] ?? 0,
  }))
}

async function serviceRunner(): Promise<Runner> {
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

async function kernelRunner(release: string, feeds: Feeds): Promise<Runner> {
  const contender = await startContender('kernel', 'kernel', release)
  return {
    name: 'kernel in workerd',
    async run() {
      const { ms, wasm } = await contender.run([feeds])
      return { ms, memory: wasm }
    },
    stop: () => contender.stop(),
  }
}

/** A process that runs once for every line that it reads. */
function lineRunner(name: string, child: ChildProcessWithoutNullStreams, feeds?: Feeds): Runner {
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]()
  if (feeds !== undefined) child.stdin.write(`${JSON.stringify(feeds)}\n`)
  return {
    name,
    async run() {
      child.stdin.write('run\n')
      const { value, done } = await lines.next()
      if (done) throw new Error(`${name} did not start`)
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
