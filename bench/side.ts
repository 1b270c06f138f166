// Side by side with what somebody with a machine of their own would run: the same graph in native ONNX Runtime, one thread and all,
// by itself and under @huggingface/transformers; and invoice2data with a template for that very document, beside the whole
// Worker over HTTP. Rounds are interleaved. bench/rivals/ has an install of its own: half a GB that nothing else needs.
import { spawn } from 'node:child_process'
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Feeds } from './feeds.ts'
import { lineRunner, ORDER, type Runner, serviceRunner, wasmRunner } from './runners.ts'
import { ratioOf, type Spread, spreadOf } from './statistics.ts'

const NATIVE = join(import.meta.dirname, 'rivals/native.mjs')
const TEMPLATES = join(import.meta.dirname, 'templates')
const WARM_UPS = 5
/** Native threads spin for a while after a run, which would slow the next runner. */
const REST_MS = 100

export interface SideRow {
  readonly name: string
  readonly ms: Spread
  /** Times that of the first row. */
  readonly ratio: Spread
  /** Bytes: of WebAssembly memory, or of the whole process. */
  readonly memory: number
}

export async function measureSide(
  release: string,
  feeds: Feeds,
  rounds: number,
): Promise<SideRow[]> {
  const folder = await unpacked(release)
  const native = (api: string, threads: number) =>
    lineRunner(
      `${api}, ${threads} thread${threads === 1 ? '' : 's'}`,
      spawn(process.execPath, [NATIVE, api, folder, String(threads)]),
      feeds,
    )
  try {
    const runners = [
      await wasmRunner('kernel', release, feeds),
      await wasmRunner('ort', release, feeds),
      native('onnxruntime-node', 1),
      native('onnxruntime-node', cpus().length),
      native('transformers', cpus().length),
    ]
    return await compare(runners, rounds)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** The release as those libraries look for a model: the graph by its usual name, the shards beside it. */
async function unpacked(release: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'pip-kie-onnx-'))
  await mkdir(join(folder, 'onnx'))
  const manifest = JSON.parse(await readFile(join(release, 'manifest.json'), 'utf8'))
  const files = [{ ...manifest.graph, path: 'model.onnx' }, ...manifest.shards]
  for (const { file, path } of files) await cp(join(release, file), join(folder, 'onnx', path))
  await writeFile(join(folder, 'config.json'), '{"model_type":"pip-kie"}')
  return folder
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
        await sleep(REST_MS)
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
