// Where the time of a pass goes in our kernel, function by function. In Node, which has workerd's V8 and a clock that moves while
// WebAssembly runs; and what the dot product reaches alone, in the cache.
import { readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { registerHooks } from 'node:module'
import { join } from 'node:path'
import '../scripts/openapi/resolve-src.ts'
import { type Feeds, tensorsFrom } from './feeds.ts'

// A Worker imports a compiled module; Node has to compile it.
registerHooks({
  load(url, context, next) {
    if (!url.endsWith('/kernel.wasm')) return next(url, context)
    const source = `import { readFileSync } from 'node:fs'
export default new WebAssembly.Module(readFileSync(new URL(${JSON.stringify(url)})))`
    return { format: 'module', shortCircuit: true, source }
  },
  resolve: (specifier, context, next) =>
    specifier === './kernel.wasm'
      ? { url: new URL(specifier, context.parentURL).href, shortCircuit: true }
      : next(specifier, context),
})

/** What is used of src/model/ here: its own types are those of a Worker, which Node's types know nothing of. */
interface Kernel {
  readonly run: Readonly<Record<string, (...args: number[]) => void>>
  take(bytes: number): number
}

interface Model {
  createKernel(): Promise<Kernel>
  createEncoder(
    kernel: Kernel,
    tensors: unknown,
  ): { fill(tensors: unknown, sequence: number): unknown }
  tensorsOfGraph(graph: Uint8Array, shards: readonly object[]): unknown
}

async function modelCode(): Promise<Model> {
  const files = ['kernel', 'encoder', 'graph-tensors'].map((name) => `../src/model/${name}.ts`)
  return Object.assign({}, ...(await Promise.all(files.map((file) => import(file)))))
}

const WARM_UPS = 10
/** Values of one attention head. */
const HEAD = 32

export interface Profile {
  readonly ms: Readonly<Record<string, number>>
  /** Thousand million operations a second of the products inside the pass, and of one that fits the cache. */
  readonly productGops: number
  readonly peakGops: number
  /** Of attention, its exponentials not counted as operations. */
  readonly attentionGops: number
}

export async function profileKernel(
  release: string,
  feeds: Feeds,
  rounds: number,
): Promise<Profile> {
  const manifest = JSON.parse(await readFile(join(release, 'manifest.json'), 'utf8'))
  const shards = manifest.shards.map(({ path, file }: { path: string; file: string }) => ({
    path,
    data: readFileSync(join(release, file)),
  }))
  const graph = readFileSync(join(release, manifest.graph.file))
  const { createKernel, createEncoder, tensorsOfGraph } = await modelCode()
  const kernel = await createKernel()
  const spent = new Map<string, number>()
  let [operations, attention] = [0, 0]
  const timed = (name: string, call: (...args: number[]) => void) => {
    return (...args: number[]) => {
      const start = performance.now()
      call(...args)
      spent.set(name, (spent.get(name) ?? 0) + performance.now() - start)
      if (name === 'linear') operations += 2 * (args[3] ?? 0) * (args[4] ?? 0) * (args[9] ?? 0)
      if (name === 'attend') attention += 4 * HEAD * (args[1] ?? 0) ** 2 * (args[3] ?? 0)
    }
  }
  const run = Object.fromEntries(
    Object.entries(kernel.run).map(([name, call]) => [name, timed(name, call)]),
  )
  const encoder = createEncoder({ ...kernel, run }, tensorsOfGraph(graph, shards))
  const tensors = tensorsFrom(feeds)
  for (let i = 0; i < WARM_UPS; i++) encoder.fill(tensors, 0)
  spent.clear()
  operations = 0
  attention = 0
  for (let i = 0; i < rounds; i++) encoder.fill(tensors, 0)
  const ms = Object.fromEntries([...spent].map(([name, total]) => [name, total / rounds]))
  const rate = (count: number, name: string) => count / (spent.get(name) ?? Number.NaN) / 1e6
  return {
    ms,
    productGops: rate(operations, 'linear'),
    peakGops: peakOf(await createKernel()),
    attentionGops: rate(attention, 'attend'),
  }
}

/** 48 rows of 384 with 48 columns: all of it in the first-level cache. The best of many. */
function peakOf(kernel: Kernel): number {
  const [rows, depth, columns] = [48, 384, 48]
  const take = (bytes: number) => kernel.take(bytes)
  const q = take(rows * depth)
  const [scales, zeros] = [take(rows * 4), take(rows * 4)]
  const packed = take(depth * columns)
  const [sums, steps, bias] = [take(columns * 4), take(columns * 4), take(columns * 4)]
  const out = take(rows * columns * 4)
  const { linear } = kernel.run
  if (linear === undefined) throw new Error('the kernel has no linear')
  let best = Number.POSITIVE_INFINITY
  for (let i = 0; i < 2000; i++) {
    const start = performance.now()
    for (let j = 0; j < 10; j++)
      linear(q, scales, zeros, rows, depth, packed, sums, steps, bias, columns, out)
    best = Math.min(best, (performance.now() - start) / 10)
  }
  return (2 * rows * depth * columns) / best / 1e6
}
