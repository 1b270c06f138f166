// Fetches the model's shards: from the Cache API of this data centre, else from R2, and verifies every byte either way.
// A shard is read whole (8 MiB at most) because nothing of it may be used before its hash is right. A cached copy that is wrong
// is thrown out and R2 asked; a stored one that is wrong makes the model unavailable until somebody uploads the right one.
import { ok, type Result } from '../failure'
import type { Shard } from './manifest'
import { logModelEvent, unavailable } from './unavailable'

export interface ShardStore {
  readonly bucket: R2Bucket
  readonly cache: Cache
}

/** Where a shard stands in the cache. The name is not resolved; the cache only wants a URL. */
export const shardUrl = (shard: Shard): string => `https://model.invalid/${shard.file}`

/** The verified bytes of one shard. Fails with `unavailable`. */
export async function fetchShard(
  store: ShardStore,
  shard: Shard,
): Promise<Result<Uint8Array<ArrayBuffer>>> {
  const cached = await fromCache(store.cache, shard)
  if (cached !== undefined) return ok(cached)
  try {
    return await fromBucket(store, shard)
  } catch (error) {
    return unusable(shard, `not read: ${String(error)}`)
  }
}

/** undefined when the cache lacks the shard, holds a wrong copy (which is evicted) or fails: it is only a short cut. */
async function fromCache(cache: Cache, shard: Shard): Promise<Uint8Array<ArrayBuffer> | undefined> {
  try {
    const response = await cache.match(shardUrl(shard))
    if (response?.body == null) return undefined
    const bytes = await verified(response.body, shard)
    if (bytes !== undefined) return bytes
    await cache.delete(shardUrl(shard))
  } catch (error) {
    logModelEvent('shard-cache-failed', { key: shard.file, reason: String(error) })
  }
  return undefined
}

async function fromBucket(
  store: ShardStore,
  shard: Shard,
): Promise<Result<Uint8Array<ArrayBuffer>>> {
  const object = await store.bucket.get(shard.file)
  if (object === null) return unusable(shard, 'missing')
  const bytes = await verified(object.body, shard)
  if (bytes === undefined) return unusable(shard, 'length or hash is wrong')
  await remember(store.cache, shard, bytes)
  return ok(bytes)
}

/** Waits for the cache to have the copy, so that the bytes are not held once the session exists. */
async function remember(cache: Cache, shard: Shard, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  const headers = { 'cache-control': 'public, max-age=31536000, immutable' }
  try {
    await cache.put(shardUrl(shard), new Response(bytes, { headers }))
  } catch (error) {
    logModelEvent('shard-cache-failed', { key: shard.file, reason: String(error) })
  }
}

async function verified(
  body: ReadableStream,
  shard: Shard,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const bytes = await readExactly(body, shard.bytes)
  if (bytes === undefined) return undefined
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  const hex = Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return hex === shard.sha256 ? bytes : undefined
}

/**
 * Reads into one buffer of the right size, so that a shard never stands in memory twice, and in one call: chunk by chunk is a turn
 * of JavaScript for every few KiB. undefined for another length.
 */
async function readExactly(
  body: ReadableStream<Uint8Array>,
  length: number,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const reader = body.getReader({ mode: 'byob' })
  try {
    const { value } = await reader.readAtLeast(length, new Uint8Array(length))
    if (value?.byteLength !== length) return undefined
    const { done } = await reader.read(new Uint8Array(1))
    return done ? value : undefined
  } finally {
    await reader.cancel()
  }
}

const unusable = (shard: Shard, reason: string) =>
  unavailable('shard-unusable', { key: shard.file, reason })
