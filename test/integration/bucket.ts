// The released model in the test's R2, and ways to spoil it.
import { env } from 'cloudflare:workers'
import { releasedManifest } from '../../src/model/release'
import { shardUrl } from '../../src/model/shards'

export const releasedShards = [releasedManifest.graph, ...releasedManifest.shards]

/** Puts every shard as it was released and empties the cache. */
export async function uploadRelease(): Promise<void> {
  await Promise.all(releasedShards.map(uploadShard))
  await emptyCache()
}

export async function uploadShard(shard: { file: string }): Promise<void> {
  await env.MODEL.put(shard.file, await releasedBytes(shard))
}

export async function releasedBytes(shard: { file: string }): Promise<Uint8Array> {
  const response = await env.RELEASED.fetch(`http://released/${shard.file}`)
  return new Uint8Array(await response.arrayBuffer())
}

export async function emptyCache(): Promise<void> {
  for (const shard of releasedShards) await caches.default.delete(shardUrl(shard))
}
