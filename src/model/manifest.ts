// What a released model consists of: model-shards/manifest.json, parsed. The exporter (training/) writes it.
// The manifest is bundled with the Worker and only the shards live in R2, by their hash: a deployment is pinned to the model it
// was tested with, a new model is a new deployment, and old and new can be served side by side from one bucket.
import * as v from 'valibot'
import { type ModelInfo, PROTOCOL_VERSION } from './mask-filler'

/** A shard is read whole before it is trusted, so its size is bounded. Bytes. */
export const MAX_SHARD_BYTES = 8 * 1024 * 1024

const sha256 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/))
const bytes = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MAX_SHARD_BYTES))
const calibration = v.object({ a: v.number(), b: v.number() })

const blob = { file: v.pipe(v.string(), v.startsWith('shards/')), bytes, sha256 }
const namedByHash = <T extends { file: string; sha256: string }>() =>
  v.check<T, string>(
    (blob) => blob.file === `shards/${blob.sha256}`,
    'file is shards/ and the hash',
  )

const graph = v.pipe(v.object(blob), namedByHash())
/** `path` is the name that the graph's external data locations use. */
const shard = v.pipe(v.object({ path: v.string(), ...blob }), namedByHash())

export const Manifest = v.object({
  name: v.string(),
  version: v.string(),
  protocol: v.literal(PROTOCOL_VERSION),
  graph,
  shards: v.array(shard),
  tokenizer: v.object({ file: v.string(), sha256 }),
  calibration: v.objectWithRest({ default: calibration }, calibration),
  uncertain_below: v.number(),
  absent_bias: v.number(),
  created: v.string(),
})

export type Manifest = v.InferOutput<typeof Manifest>

/** One file of the model; `file` is its key in R2 and its path under model-shards/. */
export type Shard = Manifest['graph']

/** What extraction needs to know of an edge model. */
export function edgeModelInfo(manifest: Manifest): ModelInfo {
  return {
    name: manifest.name,
    version: manifest.version,
    tier: 'edge',
    calibration: manifest.calibration,
    uncertainBelow: manifest.uncertain_below,
    absentBias: manifest.absent_bias,
  }
}
