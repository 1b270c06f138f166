// A model that is not as released must be refused as a whole, say 503 and when to come back, and work again once it is mended.
// Real workerd, real R2, real Cache API; one session at a time, closed after each test.
import { env } from 'cloudflare:workers'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createApp } from '../../src/app'
import { createOcr } from '../../src/document/ocr'
import { createEdgeFiller, type EdgeFiller } from '../../src/model/edge'
import { wasmBytes } from '../../src/model/kernel'
import type { Manifest } from '../../src/model/manifest'
import { releasedManifest, releasedVocabulary } from '../../src/model/release'
import { shardUrl } from '../../src/model/shards'
import { createWordpiece } from '../../src/text/wordpiece'
import { emptyCache, releasedBytes, releasedShards, uploadRelease, uploadShard } from './bucket'

const wordpiece = createWordpiece(releasedVocabulary)
const store = { bucket: env.MODEL, cache: caches.default }
const shard = releasedManifest.shards[0] ?? releasedManifest.graph
let fillers: EdgeFiller[] = []

beforeEach(async () => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined)
  await uploadRelease()
})

afterEach(async () => {
  vi.restoreAllMocks()
  for (const filler of fillers) await filler.close()
  fillers = []
})

/** A service that has not loaded its model yet, as a new isolate would be. */
function freshService(manifest: Manifest = releasedManifest) {
  const filler = createEdgeFiller(manifest, store)
  fillers.push(filler)
  const app = createApp({ filler, wordpiece, wasmBytes, ocr: createOcr(env.OCR) })
  return () => app.request('/readyz', {}, env)
}

async function expectUnavailable(response: Response): Promise<void> {
  expect(response.status).toBe(503)
  expect(response.headers.get('content-type')).toBe('application/problem+json')
  expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0)
  expect(await response.json()).toMatchObject({ status: 503, title: 'Not available' })
}

const spoiled: Record<string, () => Promise<unknown>> = {
  missing: () => env.MODEL.delete(shard.file),
  short: async () => env.MODEL.put(shard.file, (await releasedBytes(shard)).slice(0, -1)),
  long: async () => env.MODEL.put(shard.file, new Uint8Array(shard.bytes + 1)),
  empty: () => env.MODEL.put(shard.file, new Uint8Array(0)),
  altered: async () => env.MODEL.put(shard.file, flipped(await releasedBytes(shard))),
}

function flipped(bytes: Uint8Array): Uint8Array {
  const middle = bytes.length >> 1
  bytes[middle] = (bytes[middle] ?? 0) ^ 1
  return bytes
}

test.each(Object.keys(spoiled))('a shard that is %s: 503, and 200 once mended', async (fault) => {
  await spoiled[fault]?.()
  const ready = freshService()
  await expectUnavailable(await ready())
  await expectUnavailable(await ready())
  await uploadShard(shard)
  expect((await ready()).status).toBe(200)
})

test('a spoiled graph: 503, and 200 once mended', async () => {
  await env.MODEL.put(releasedManifest.graph.file, 'not a graph')
  const ready = freshService()
  await expectUnavailable(await ready())
  await uploadShard(releasedManifest.graph)
  expect((await ready()).status).toBe(200)
})

test('a manifest whose shards belong to other tensors: 503, nothing half loaded', async () => {
  const [first, second, ...rest] = releasedManifest.shards
  if (first === undefined || second === undefined) throw new Error('the release has two shards')
  const swapped = [{ ...second, path: first.path }, { ...first, path: second.path }, ...rest]
  await expectUnavailable(await freshService({ ...releasedManifest, shards: swapped })())
  expect((await freshService()()).status).toBe(200)
})

test('a manifest of a release that was never uploaded: 503', async () => {
  const sha256 = '0'.repeat(64)
  const graph = { ...releasedManifest.graph, sha256, file: `shards/${sha256}` }
  await expectUnavailable(await freshService({ ...releasedManifest, graph })())
})

test('R2 failing: 503, and 200 when it is back', async () => {
  const ready = freshService()
  const get = vi.spyOn(store.bucket, 'get').mockRejectedValue(new Error('R2 is away'))
  await expectUnavailable(await ready())
  get.mockRestore()
  expect((await ready()).status).toBe(200)
})

test('a second load is served by the cache alone', async () => {
  expect((await freshService()()).status).toBe(200)
  for (const { file } of releasedShards) await env.MODEL.delete(file)
  expect((await freshService()()).status).toBe(200)
})

test('a spoiled cache entry is evicted and R2 asked', async () => {
  const headers = { 'cache-control': 'public, max-age=60' }
  const bad = flipped(await releasedBytes(shard))
  await caches.default.put(shardUrl(shard), new Response(bad, { headers }))
  expect((await freshService()()).status).toBe(200)
  const cached = await caches.default.match(shardUrl(shard))
  expect(new Uint8Array((await cached?.arrayBuffer()) ?? [])).toEqual(await releasedBytes(shard))
})

test('a spoiled cache entry over a spoiled bucket: 503, nothing wrong is left in the cache', async () => {
  const headers = { 'cache-control': 'public, max-age=60' }
  await caches.default.put(shardUrl(shard), new Response('wrong', { headers }))
  await env.MODEL.delete(shard.file)
  await expectUnavailable(await freshService()())
  expect(await caches.default.match(shardUrl(shard))).toBeUndefined()
})

test('requests that come together share one load', async () => {
  const get = vi.spyOn(store.bucket, 'get')
  const ready = freshService()
  const responses = await Promise.all([ready(), ready(), ready()])
  expect(responses.map((response) => response.status)).toEqual([200, 200, 200])
  expect(get).toHaveBeenCalledTimes(releasedShards.length)
  await emptyCache()
})
