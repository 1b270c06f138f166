import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as v from 'valibot'
import { describe, expect, test } from 'vitest'
import { edgeModelInfo, MAX_SHARD_BYTES, Manifest } from '../../../src/model/manifest'

const FOLDER = join(import.meta.dirname, '../../../model-shards')
const json = JSON.parse(readFileSync(join(FOLDER, 'manifest.json'), 'utf8'))
const manifest = v.parse(Manifest, json)
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

describe('the release in model-shards/', () => {
  const files = [manifest.graph, ...manifest.shards]

  test.each(files)('$file is as the manifest says', ({ file, bytes, sha256: hash }) => {
    const content = readFileSync(join(FOLDER, file))
    expect(content.byteLength).toBe(bytes)
    expect(sha256(content)).toBe(hash)
  })

  test('has no shard that the manifest does not name', () => {
    const named = files.map(({ sha256: hash }) => hash).toSorted()
    expect(readdirSync(join(FOLDER, 'shards')).toSorted()).toEqual(named)
  })

  test('has the vocabulary that the model was trained with', () => {
    expect(sha256(readFileSync(join(FOLDER, manifest.tokenizer.file)))).toBe(
      manifest.tokenizer.sha256,
    )
  })

  test('is of the version that the golden vectors were made with', () => {
    const golden = JSON.parse(readFileSync(join(FOLDER, 'golden.json'), 'utf8'))
    expect(golden.version).toBe(manifest.version)
  })
})

describe('a manifest', () => {
  const withGraph = (graph: object) => ({ ...json, graph: { ...json.graph, ...graph } })
  const parses = (candidate: unknown) => v.safeParse(Manifest, candidate).success

  test('may have shards of 8 MiB and no larger', () => {
    expect(parses(withGraph({ bytes: MAX_SHARD_BYTES }))).toBe(true)
    expect(parses(withGraph({ bytes: MAX_SHARD_BYTES + 1 }))).toBe(false)
  })

  test.each([
    ['a file not named by its hash', withGraph({ file: `shards/${'0'.repeat(64)}` })],
    ['a file outside shards/', withGraph({ file: '../secret' })],
    ['another protocol', { ...json, protocol: 2 }],
    ['no default calibration', { ...json, calibration: {} }],
    ['a calibration that is no pair', { ...json, calibration: { ...json.calibration, date: 1 } }],
  ])('with %s is refused', (_, candidate) => {
    expect(parses(candidate)).toBe(false)
  })

  test('tells extraction what it needs', () => {
    expect(edgeModelInfo({ ...manifest, uncertain_below: 0.4, absent_bias: 1.5 })).toEqual({
      name: manifest.name,
      version: manifest.version,
      tier: 'edge',
      calibration: manifest.calibration,
      uncertainBelow: 0.4,
      absentBias: 1.5,
    })
  })
})
