// The kernel's memory, and what the encoder refuses: an index that is none would read other weights, and must not.
import { env } from 'cloudflare:workers'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { createEdgeFiller } from '../../src/model/edge'
import { createKernel, WASM_CAP_MIB, wasmBytes } from '../../src/model/kernel'
import type { MaskTensors } from '../../src/model/mask-filler'
import { releasedManifest } from '../../src/model/release'
import { uploadRelease } from './bucket'
import { goldenTensors, readGolden } from './golden'

const MIB = 1024 * 1024
const POSITIONS = 512
const store = { bucket: env.MODEL, cache: caches.default }
const filler = createEdgeFiller(releasedManifest, store)
let tensors: MaskTensors

beforeAll(async () => {
  await uploadRelease()
  const [vector] = await readGolden()
  if (vector === undefined) throw new Error('no golden vector')
  tensors = goldenTensors(vector)
})

beforeEach(() => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined)
})

afterAll(() => filler.close())

test('the model takes less than 32 MiB, and a load after a release takes no more', async () => {
  expect((await filler.info()).ok).toBe(true)
  const loaded = wasmBytes()
  expect(loaded).toBeLessThan(32 * MIB)
  const before = await filler.fill(tensors)
  await filler.close()
  expect(await filler.fill(tensors)).toEqual(before)
  expect(wasmBytes()).toBe(loaded)
})

test('the memory ends at its cap with an error, and what is released is handed out again', async () => {
  const kernel = await createKernel()
  const first = kernel.take(MIB)
  expect(() => kernel.take(WASM_CAP_MIB * MIB)).toThrow(RangeError)
  kernel.release()
  const again = await createKernel()
  expect(again.take(MIB)).toBe(first)
  again.release()
})

test('the longest sequence is filled, with logits that are numbers', async () => {
  const filled = await filler.fill(ofLength(POSITIONS))
  if (!filled.ok) throw new Error(filled.failure.kind)
  expect(filled.value.start.every(Number.isFinite)).toBe(true)
  expect(filled.value.end.every(Number.isFinite)).toBe(true)
})

test('tokens that nobody may see change nothing', async () => {
  const alone = await filler.fill(tensors)
  const longer = ofLength(tensors.length + 20)
  longer.attentionMask.fill(0, tensors.length)
  const masked = await filler.fill(longer)
  if (!alone.ok || !masked.ok) throw new Error('not filled')
  for (let mask = 0; mask < tensors.masks; mask++)
    for (let n = 0; n < tensors.length; n++)
      expect(masked.value.start[mask * longer.length + n]).toBeCloseTo(
        alone.value.start[mask * tensors.length + n] ?? Number.NaN,
        3,
      )
})

test.each<[string, () => MaskTensors]>([
  ['a sequence that is too long', () => ofLength(POSITIONS + 1)],
  ['a token beyond the vocabulary', () => ({ ...tensors, inputIds: altered('inputIds', 30_522) })],
  ['a slot beyond the last', () => ({ ...tensors, slot: altered('slot', 33) })],
  ['a place beyond the last', () => ({ ...tensors, layout: altered('layout', 102) })],
  ['a place before the first', () => ({ ...tensors, layout: altered('layout', -1) })],
  [
    'a mask outside',
    () => ({ ...tensors, maskPositions: altered('maskPositions', tensors.length) }),
  ],
])('%s is a clean failure, and the next pass works', async (_, given) => {
  expect(await filler.fill(given())).toMatchObject({
    ok: false,
    failure: { kind: 'unavailable' },
  })
  expect((await filler.fill(tensors)).ok).toBe(true)
})

function altered(name: 'inputIds' | 'slot' | 'layout' | 'maskPositions', value: number) {
  const copy = tensors[name].slice()
  copy[copy.length - 1] = value
  return copy
}

/** The golden sequence, its last token repeated. */
function ofLength(length: number): MaskTensors {
  const stretched = (data: Int32Array, width: number) =>
    Int32Array.from(
      { length: length * width },
      (_, i) => data[i < data.length ? i : data.length - width + (i % width)] ?? 0,
    )
  return {
    ...tensors,
    length,
    inputIds: stretched(tensors.inputIds, 1),
    attentionMask: stretched(tensors.attentionMask, 1),
    segment: stretched(tensors.segment, 1),
    slot: stretched(tensors.slot, 1),
    layout: stretched(tensors.layout, 6),
  }
}
