// The released graph in native ONNX Runtime, one run a line: `node native.mjs onnxruntime-node|transformers FOLDER THREADS` reads a first line
// with the inputs as JSON and then, for every further line, runs once and answers {"ms", "rss"}. FOLDER/onnx/model.onnx has its shards
// beside it. What a machine of one's own would give, outside a Worker; @huggingface/transformers sits on onnxruntime-node.
import { createInterface } from 'node:readline'

const ARRAYS = { int32: Int32Array, int64: BigInt64Array, float32: Float32Array, uint8: Uint8Array }

const [api, folder, threads] = process.argv.slice(2)
const options = { intraOpNumThreads: Number(threads), interOpNumThreads: 1 }

async function withOrt() {
  const { InferenceSession, Tensor } = await import('onnxruntime-node')
  const session = await InferenceSession.create(`${folder}/onnx/model.onnx`, options)
  return { Tensor, run: (feeds) => session.run(feeds) }
}

async function withTransformers() {
  const { AutoModel, env, Tensor } = await import('@huggingface/transformers')
  env.allowRemoteModels = false
  env.localModelPath = ''
  const model = await AutoModel.from_pretrained(folder, {
    dtype: 'fp32',
    device: 'cpu',
    session_options: options,
  })
  return { Tensor, run: (feeds) => model(feeds) }
}

const { Tensor, run } = await (api === 'transformers' ? withTransformers() : withOrt())
const lines = createInterface(process.stdin)[Symbol.asyncIterator]()
const given = JSON.parse((await lines.next()).value)
const feeds = Object.fromEntries(
  Object.entries(given).map(([name, { type, dims, data }]) => [
    name,
    new Tensor(type, ARRAYS[type].from(data), dims),
  ]),
)
for await (const _ of lines) {
  const start = performance.now()
  await run(feeds)
  const ms = performance.now() - start
  console.log(JSON.stringify({ ms, rss: process.memoryUsage().rss }))
}
