// The model inside this Worker: one ONNX Runtime session an isolate, loaded at the first call and shared by all requests.
// One sequence at a time, whatever the batch: the WASM build has one thread and is not re-entrant, so a larger batch would only
// be more memory (about 13 MiB of attention a sequence of 512 tokens) for the same time.
import { waitUntil } from 'cloudflare:workers'
import * as ort from 'onnxruntime-web/wasm'
import { ok, type Result } from '../failure'
import { edgeModelInfo, type Manifest } from './manifest'
import type { MaskFiller, MaskLogits, MaskTensors } from './mask-filler'
import { createSession, type ExternalData } from './ort'
import { fetchShard, type ShardStore } from './shards'
import { Turns } from './turns'
import { unavailable } from './unavailable'

/** A load takes 1 to 2 s; one that takes longer than this hangs on a request that died, and is started anew. */
const LOAD_TIMEOUT_MS = 20_000

export interface EdgeFiller extends MaskFiller {
  /** Lets go of the session and its weights; the next call loads again. */
  close(): Promise<void>
}

type Session = ort.InferenceSession

/** `store` needs to hold the manifest's shards only when the model is first used. */
export function createEdgeFiller(manifest: Manifest, store: ShardStore): EdgeFiller {
  const modelInfo = edgeModelInfo(manifest)
  let session: Promise<Result<Session>> | undefined
  const turns = new Turns(0)

  const forget = (promise: Promise<Result<Session>>) => {
    if (session === promise) session = undefined
  }
  const load = async (): Promise<Result<Session>> => {
    const loading = session ?? begin()
    const loaded = await inTime(loading)
    if (!loaded.ok) forget(loading)
    return loaded
  }
  const begin = () => {
    const loading = loadSession(manifest, store)
    session = loading
    // Others wait for this load too: it goes on when the request that began it is gone.
    waitUntil(loading)
    return loading
  }
  const queued = <T>(run: () => Promise<T>): Promise<T> => turns.run('', run)

  return {
    async info() {
      const loaded = await load()
      return loaded.ok ? ok(modelInfo) : loaded
    },
    async fill(tensors) {
      const loaded = await load()
      if (!loaded.ok) return loaded
      return queued(() => fillAll(loaded.value, tensors))
    },
    async close() {
      const loaded = await session
      session = undefined
      if (loaded?.ok) await queued(() => loaded.value.release())
    },
  }
}

/** Every shard is verified before ORT sees the first; their bytes are freed when this returns. */
async function loadSession(manifest: Manifest, store: ShardStore): Promise<Result<Session>> {
  const files = [manifest.graph, ...manifest.shards]
  const fetched = await Promise.all(files.map((file) => fetchShard(store, file)))
  try {
    return await sessionOf(manifest, fetched)
  } catch (error) {
    return unavailable('model-load-failed', { reason: String(error) })
  } finally {
    for (const shard of fetched) if (shard.ok) free(shard.value)
  }
}

type FetchedShard = Awaited<ReturnType<typeof fetchShard>>

async function sessionOf(
  manifest: Manifest,
  [graph, ...shards]: readonly FetchedShard[],
): Promise<Result<Session>> {
  if (!graph?.ok) return graph ?? unavailable('model-load-failed', { reason: 'no graph' })
  const externalData: ExternalData[] = []
  for (const [i, { path }] of manifest.shards.entries()) {
    const shard = shards[i]
    if (!shard?.ok) return shard ?? unavailable('model-load-failed', { reason: 'no shard' })
    externalData.push({ path, data: shard.value })
  }
  return ok(await createSession(graph.value, externalData))
}

/** Frees the memory now: the collector lets these 24 MB stand for hundreds of requests. */
const free = (bytes: Uint8Array<ArrayBuffer>) => bytes.buffer.transfer(0)

async function inTime(loading: Promise<Result<Session>>): Promise<Result<Session>> {
  let timer: ReturnType<typeof setTimeout> | null = null
  const late = new Promise<Result<never>>((resolve) => {
    const giveUp = () => resolve(unavailable('model-load-failed', { reason: 'took too long' }))
    timer = setTimeout(giveUp, LOAD_TIMEOUT_MS)
  })
  try {
    return await Promise.race([loading, late])
  } finally {
    clearTimeout(timer)
  }
}

/** Sequence by sequence, each into its place of the [B, M, N] answer. */
async function fillAll(session: Session, tensors: MaskTensors): Promise<Result<MaskLogits>> {
  const size = tensors.masks * tensors.length
  const start = new Float32Array(tensors.batch * size)
  const end = new Float32Array(tensors.batch * size)
  try {
    for (let b = 0; b < tensors.batch; b++) {
      const logits = await fillOne(session, tensors, b)
      start.set(logits.start, b * size)
      end.set(logits.end, b * size)
    }
    return ok({ start, end })
  } catch (error) {
    return unavailable('model-run-failed', { reason: String(error) })
  }
}

async function fillOne(session: Session, tensors: MaskTensors, b: number): Promise<MaskLogits> {
  const feeds = feedsOf(tensors, b)
  let outputs: ort.InferenceSession.ReturnType | undefined
  try {
    outputs = await session.run(feeds)
    return { start: floats(outputs, 'start_logits'), end: floats(outputs, 'end_logits') }
  } finally {
    for (const tensor of Object.values({ ...feeds, ...outputs })) tensor.dispose()
  }
}

/** The tensors of sequence `b`, by their names in the protocol. */
function feedsOf(tensors: MaskTensors, b: number): Record<string, ort.Tensor> {
  const { length, masks } = tensors
  const row = (data: Int32Array, ...dims: number[]) => {
    const size = dims.reduce((product, dim) => product * dim, 1)
    return new ort.Tensor('int32', data.slice(b * size, (b + 1) * size), [1, ...dims])
  }
  return {
    input_ids: row(tensors.inputIds, length),
    attention_mask: row(tensors.attentionMask, length),
    segment: row(tensors.segment, length),
    slot: row(tensors.slot, length),
    layout: row(tensors.layout, length, 6),
    mask_positions: row(tensors.maskPositions, masks),
  }
}

function floats(outputs: ort.InferenceSession.ReturnType, name: string): Float32Array {
  const data = outputs[name]?.data
  if (!(data instanceof Float32Array)) throw new Error(`the model gave no float32 ${name}`)
  return data
}
