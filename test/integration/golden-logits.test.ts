// The released model in workerd gives what it gave where it was exported (training/golden.py): near logits, as the two builds of
// ONNX Runtime round differently, and in nearly every mask the same best start.
import { env } from 'cloudflare:workers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createEdgeFiller } from '../../src/model/edge'
import type { MaskTensors } from '../../src/model/mask-filler'
import { releasedManifest } from '../../src/model/release'
import { uploadRelease } from './bucket'
import { type GoldenVector, goldenTensors, readGolden } from './golden'

/** Root mean square of the differences, as a share of the logits' own spread. */
const MAX_RELATIVE_ERROR = 0.1
/** Share of the masks whose best start is the same. */
const MIN_SAME_BEST = 0.95

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
  let masks = 0
  let same = 0
  for (const vector of vectors) {
    const tensors = goldenTensors(vector)
    const filled = await fill(tensors)
    const golden = vector.start_hundredths.map((hundredth) => hundredth / 100)
    expect(relativeError(filled.start, golden), vector.id).toBeLessThan(MAX_RELATIVE_ERROR)
    const goldenEnd = vector.end_hundredths.map((hundredth) => hundredth / 100)
    expect(relativeError(filled.end, goldenEnd), vector.id).toBeLessThan(MAX_RELATIVE_ERROR)
    masks += tensors.masks
    const best = bestStarts(filled.start, tensors)
    same += bestStarts(golden, tensors).filter((start, mask) => start === best[mask]).length
  }
  expect(same / masks).toBeGreaterThanOrEqual(MIN_SAME_BEST)
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

function relativeError(given: ArrayLike<number>, golden: readonly number[]): number {
  expect(given.length).toBe(golden.length)
  const mean = golden.reduce((sum, value) => sum + value, 0) / golden.length
  const spread = golden.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  const error = golden.reduce((sum, value, i) => sum + (value - (given[i] ?? 0)) ** 2, 0)
  return Math.sqrt(error / spread)
}

/** Of each mask the position with the highest logit. */
function bestStarts(logits: ArrayLike<number>, { masks, length }: MaskTensors): number[] {
  return Array.from({ length: masks }, (_, mask) => {
    const row = Array.from(logits).slice(mask * length, (mask + 1) * length)
    return row.indexOf(Math.max(...row))
  })
}
