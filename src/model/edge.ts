// The model inside this Worker: one encoder an isolate, loaded at the first call and shared by all requests.
// One sequence at a time, whatever the batch: there is one thread, so a larger batch would only be more memory for the same time.
// A pass does not wait for anything, so that passes of requests that overlap cannot mix.
import { waitUntil } from 'cloudflare:workers'
import { ok, type Result } from '../failure'
import { createEncoder, type Encoder } from './encoder'
import { type ExternalData, tensorsOfGraph } from './graph-tensors'
import { createKernel } from './kernel'
import { edgeModelInfo, type Manifest } from './manifest'
import type { MaskFiller, MaskLogits, MaskTensors } from './mask-filler'
import { fetchShard, type ShardStore } from './shards'
import { unavailable } from './unavailable'

/** A load takes less than a second; one that takes longer than this hangs on a request that died, and is started anew. */
const LOAD_TIMEOUT_MS = 20_000

export interface EdgeFiller extends MaskFiller {
  /** Lets go of the encoder and its weights; the next call loads again. */
  close(): Promise<void>
}

/** `store` needs to hold the manifest's shards only when the model is first used. */
export function createEdgeFiller(manifest: Manifest, store: ShardStore): EdgeFiller {
  const modelInfo = edgeModelInfo(manifest)
  let encoder: Promise<Result<Encoder>> | undefined

  const forget = (promise: Promise<Result<Encoder>>) => {
    if (encoder === promise) encoder = undefined
  }
  const load = async (): Promise<Result<Encoder>> => {
    const loading = encoder ?? begin()
    const loaded = await inTime(loading)
    if (!loaded.ok) forget(loading)
    return loaded
  }
  const begin = () => {
    const loading = loadEncoder(manifest, store)
    encoder = loading
    // Others wait for this load too: it goes on when the request that began it is gone.
    waitUntil(loading)
    return loading
  }

  return {
    async info() {
      const loaded = await load()
      return loaded.ok ? ok(modelInfo) : loaded
    },
    async fill(tensors) {
      const loaded = await load()
      if (!loaded.ok) return loaded
      return fillAll(loaded.value, tensors)
    },
    async close() {
      const loaded = await encoder
      encoder = undefined
      if (loaded?.ok) loaded.value.release()
    },
  }
}

/** Every shard is verified before the first is used; their bytes are freed when this returns. */
async function loadEncoder(manifest: Manifest, store: ShardStore): Promise<Result<Encoder>> {
  const files = [manifest.graph, ...manifest.shards]
  const fetched = await Promise.all(files.map((file) => fetchShard(store, file)))
  try {
    return await encoderOf(manifest, fetched)
  } catch (error) {
    return unavailable('model-load-failed', { reason: String(error) })
  } finally {
    for (const shard of fetched) if (shard.ok) free(shard.value)
  }
}

type FetchedShard = Awaited<ReturnType<typeof fetchShard>>

async function encoderOf(
  manifest: Manifest,
  [graph, ...shards]: readonly FetchedShard[],
): Promise<Result<Encoder>> {
  if (!graph?.ok) return graph ?? unavailable('model-load-failed', { reason: 'no graph' })
  const externalData: ExternalData[] = []
  for (const [i, { path }] of manifest.shards.entries()) {
    const shard = shards[i]
    if (!shard?.ok) return shard ?? unavailable('model-load-failed', { reason: 'no shard' })
    externalData.push({ path, data: shard.value })
  }
  const kernel = await createKernel()
  try {
    return ok(createEncoder(kernel, tensorsOfGraph(graph.value, externalData)))
  } catch (error) {
    kernel.release()
    throw error
  }
}

/** Frees the memory now: the collector lets these 24 MB stand for hundreds of requests. */
const free = (bytes: Uint8Array<ArrayBuffer>) => bytes.buffer.transfer(0)

async function inTime(loading: Promise<Result<Encoder>>): Promise<Result<Encoder>> {
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
function fillAll(encoder: Encoder, tensors: MaskTensors): Result<MaskLogits> {
  const size = tensors.masks * tensors.length
  try {
    const start = new Float32Array(tensors.batch * size)
    const end = new Float32Array(tensors.batch * size)
    for (let b = 0; b < tensors.batch; b++) {
      const logits = encoder.fill(tensors, b)
      start.set(logits.start, b * size)
      end.set(logits.end, b * size)
    }
    return ok({ start, end })
  } catch (error) {
    return unavailable('model-run-failed', { reason: String(error) })
  }
}
