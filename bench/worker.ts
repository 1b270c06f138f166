// One model in one isolate, in the service's kernel or in ONNX Runtime, run as often as it is asked. What it answers with is the
// time inside the runs alone, by the clock of the process that asks: workerd's own may stand still.
import * as ort from 'onnxruntime-web/wasm'
import { createEncoder, type Encoder } from '../src/model/encoder'
import { tensorsOfGraph } from '../src/model/graph-tensors'
import { createKernel, wasmBytes as kernelBytes } from '../src/model/kernel'
import { type Feed, type Feeds, type Loaded, type Ran, tensorsFrom } from './feeds'
import { createSession, wasmBytes as ortBytes } from './ort'

interface BenchEnv {
  /** The files of the model, and /now. */
  readonly FILES: Fetcher
}

interface Manifest {
  readonly graph: { readonly file: string }
  readonly shards: readonly { readonly path: string; readonly file: string }[]
}

type Outputs = Readonly<Record<string, ArrayLike<number | bigint>>>
type Model = (feeds: Feeds) => () => Promise<Outputs>

let model: Model | undefined
let session: ort.InferenceSession | undefined

const wasm = () => ortBytes() + kernelBytes()

async function now(env: BenchEnv): Promise<number> {
  return Number(await (await env.FILES.fetch('http://files/now')).text())
}

async function file(env: BenchEnv, path: string): Promise<Uint8Array> {
  return new Uint8Array(await (await env.FILES.fetch(`http://files/${path}`)).arrayBuffer())
}

async function load(env: BenchEnv, runtime: string, profile: boolean): Promise<Loaded> {
  const response = await env.FILES.fetch('http://files/manifest.json')
  const manifest = await response.json<Manifest>()
  const graph = await file(env, manifest.graph.file)
  const shards = await Promise.all(
    manifest.shards.map(async (shard) => ({ path: shard.path, data: await file(env, shard.file) })),
  )
  const begun = await now(env)
  if (runtime === 'kernel') {
    model = kernelModel(createEncoder(await createKernel(), tensorsOfGraph(graph, shards)))
  } else {
    session = await createSession(graph, shards, profile)
    model = ortModel(session)
  }
  return { ms: (await now(env)) - begun, wasm: wasm() }
}

/** Feeds become tensors once, so that what is repeated is the run alone. */
function ortModel(session: ort.InferenceSession): Model {
  return (feeds) => {
    const tensors = Object.fromEntries(
      Object.entries(feeds).map(([name, feed]) => [name, tensorOf(feed)]),
    )
    return async () => {
      const outputs = Object.entries(await session.run(tensors))
      return Object.fromEntries(outputs.map(([name, { data }]) => [name, data as Float32Array]))
    }
  }
}

function tensorOf({ type, dims, data }: Feed): ort.Tensor {
  if (type === 'int64') return new ort.Tensor(type, BigInt64Array.from(data, BigInt), dims)
  if (type === 'int32') return new ort.Tensor(type, Int32Array.from(data), dims)
  if (type === 'float32') return new ort.Tensor(type, Float32Array.from(data), dims)
  return new ort.Tensor(type, Uint8Array.from(data), dims)
}

function kernelModel(encoder: Encoder): Model {
  return (feeds) => {
    const tensors = tensorsFrom(feeds)
    return async () => {
      const { start, end } = encoder.fill(tensors, 0)
      return { start_logits: start, end_logits: end }
    }
  }
}

/** All feeds one after another, `times` over; the outputs are the last run's. */
async function run(
  env: BenchEnv,
  all: readonly Feeds[],
  times: number,
  withOutputs: boolean,
): Promise<Ran> {
  if (model === undefined) throw new Error('nothing is loaded')
  const runs = all.map(model)
  let outputs: Outputs = {}
  const begun = await now(env)
  for (let i = 0; i < times; i++) for (const one of runs) outputs = await one()
  const ms = ((await now(env)) - begun) / times
  const plain = Object.entries(withOutputs ? outputs : {})
  return {
    ms,
    wasm: wasm(),
    outputs: Object.fromEntries(plain.map(([name, data]) => [name, Array.from(data, Number)])),
  }
}

export default {
  async fetch(request: Request, env: BenchEnv): Promise<Response> {
    const { pathname, searchParams } = new URL(request.url)
    if (pathname === '/load')
      return Response.json(
        await load(env, searchParams.get('runtime') ?? 'ort', searchParams.has('profile')),
      )
    if (pathname === '/profile') {
      session?.endProfiling()
      return Response.json({})
    }
    const times = Number(searchParams.get('times') ?? 1)
    const feeds = await request.json<readonly Feeds[]>()
    return Response.json(await run(env, feeds, times, searchParams.has('outputs')))
  },
}
