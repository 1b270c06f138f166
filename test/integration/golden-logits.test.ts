// The released model in workerd gives what it gave where it was exported (training/golden.py): near logits, as ONNX Runtime rounds
// activations by tensor and the encoder here by row, and wherever a mask is sure the same best start.
import { env } from 'cloudflare:workers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createEdgeFiller } from '../../src/model/edge'
import type { MaskTensors } from '../../src/model/mask-filler'
import { releasedManifest } from '../../src/model/release'
import { uploadRelease } from './bucket'
import { type GoldenVector, goldenTensors, readGolden } from './golden'

/** How far the logits may be off, root mean square: a share of their own spread, and the golden file's rounding. Both sides are
 * rounded, each in its own way: the farthest document of release 0.1.0 is 0.16 off. */
const ERROR_SHARE = 0.2
const ERROR_FLOOR = 0.01
/** A best start is sure when it leads the next by this many times the error that is allowed; sure ones must be the same. */
const SURE = 4

const filler = createEdgeFiller(releasedManifest, { bucket: env.MODEL, cache: caches.default })
let vectors: readonly GoldenVector[] = []

beforeAll(async () => {
  await uploadRelease()
  vectors = await readGolden()
})

afterAll(() => filler.close())

test('the golden file is of the released version', async () => {
  expect(vectors.length).toBeGreaterThan(0)
  expect(await filler.info()).toMatchObject({ ok: true, value: { name: 'pip-edge', tier: 'edge' } })
})

test('logits are near the exported ones and point at the same places', async () => {
  let sure = 0
  for (const vector of vectors) {
    const tensors = goldenTensors(vector)
    const filled = await fill(tensors)
    const golden = vector.start_hundredths.map((hundredth) => hundredth / 100)
    expectNear(filled.start, golden, vector.id)
    expectNear(
      filled.end,
      vector.end_hundredths.map((hundredth) => hundredth / 100),
      vector.id,
    )
    for (let mask = 0; mask < tensors.masks; mask++) {
      const row = (logits: ArrayLike<number>) =>
        Array.from(logits).slice(mask * tensors.length, (mask + 1) * tensors.length)
      if (lead(row(golden)) < SURE * allowedError(golden)) continue
      sure++
      expect(best(row(filled.start)), `${vector.id} mask ${mask}`).toBe(best(row(golden)))
    }
  }
  expect(sure).toBeGreaterThan(0)
})

test('a batch gives what its sequences give alone, and so do calls that overlap', async () => {
  const [vector] = vectors
  if (vector === undefined) throw new Error('no golden vector')
  const one = goldenTensors(vector)
  const alone = await fill(one)
  const [batched, overlapping] = await Promise.all([fill(twice(one)), fill(one)])
  expect(batched.start).toEqual(Float32Array.of(...alone.start, ...alone.start))
  expect(batched.end).toEqual(Float32Array.of(...alone.end, ...alone.end))
  expect(overlapping).toEqual(alone)
})

async function fill(tensors: MaskTensors) {
  const filled = await filler.fill(tensors)
  if (!filled.ok) throw new Error(filled.failure.kind)
  return filled.value
}

function twice(one: MaskTensors): MaskTensors {
  const double = (data: Int32Array) => Int32Array.of(...data, ...data)
  return {
    batch: 2,
    length: one.length,
    masks: one.masks,
    inputIds: double(one.inputIds),
    attentionMask: double(one.attentionMask),
    segment: double(one.segment),
    slot: double(one.slot),
    layout: double(one.layout),
    maskPositions: double(one.maskPositions),
  }
}

function expectNear(given: Float32Array, golden: readonly number[], id: string): void {
  expect(given.length, id).toBe(golden.length)
  const error = rootMeanSquare(golden.map((value, i) => value - (given[i] ?? 0)))
  expect(error, id).toBeLessThan(allowedError(golden))
}

function allowedError(golden: readonly number[]): number {
  const mean = golden.reduce((sum, value) => sum + value, 0) / golden.length
  return ERROR_SHARE * rootMeanSquare(golden.map((value) => value - mean)) + ERROR_FLOOR
}

const rootMeanSquare = (values: readonly number[]) =>
  Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length)

const best = (row: readonly number[]) => row.indexOf(Math.max(...row))

function lead(row: readonly number[]): number {
  const [first = 0, second = 0] = row.toSorted((a, b) => b - a)
  return first - second
}
