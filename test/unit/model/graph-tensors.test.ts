import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { type ExternalData, tensorsOfGraph } from '../../../src/model/graph-tensors'

const RELEASE = join(import.meta.dirname, '../../../model-shards')

let graph: Uint8Array
let shards: readonly ExternalData[]

beforeAll(async () => {
  const manifest = JSON.parse(await readFile(join(RELEASE, 'manifest.json'), 'utf8'))
  graph = await readFile(join(RELEASE, manifest.graph.file))
  shards = await Promise.all(
    manifest.shards.map(async ({ path, file }: { path: string; file: string }) => ({
      path,
      data: await readFile(join(RELEASE, file)),
    })),
  )
})

test('every tensor of the release has as many bytes as its dimensions say', () => {
  const tensors = tensorsOfGraph(graph, shards)
  const table = tensors.get('word.left.table')
  expect(table?.dims[0]).toBe(30_522)
  expect(table?.bytes.byteLength).toBe(30_522 * (table?.dims[1] ?? 0))
  for (const [name, { dims, bytes }] of tensors) {
    const count = dims.reduce((product, dim) => product * dim, 1)
    expect(
      [1, 4, 8].map((size) => count * size),
      name,
    ).toContain(bytes.byteLength)
  }
})

test('a shard that is missing or short is an error', () => {
  expect(() => tensorsOfGraph(graph, shards.slice(1))).toThrow('in no shard')
  const short = shards.map(({ path, data }) => ({ path, data: data.subarray(0, 100) }))
  expect(() => tensorsOfGraph(graph, short)).toThrow('in no shard')
})

test('bytes that are no graph are an error, or hold no tensors', () => {
  expect(() => tensorsOfGraph(graph.subarray(0, -1), shards)).not.toThrow(TypeError)
  expect(() => tensorsOfGraph(Uint8Array.of(0xff), [])).toThrow('cut off')
  expect(() => tensorsOfGraph(Uint8Array.of(0x3b, 0), [])).toThrow('not an ONNX model')
  expect(tensorsOfGraph(new Uint8Array(), []).size).toBe(0)
})
