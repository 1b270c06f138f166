// What src/model/ort.ts stands in for. When one of the first two tests fails, a wrapper there can go.
import { env } from 'cloudflare:workers'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { createEdgeFiller } from '../../src/model/edge'
import { WASM_CAP_MIB, WASM_START_MIB, wasmBytes } from '../../src/model/ort'
import { releasedManifest } from '../../src/model/release'
import { uploadRelease } from './bucket'
import { goldenTensors, readGolden } from './golden'

const MIB = 1024 * 1024
/** The smallest module there is: magic and version. */
const EMPTY_MODULE = Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0)

const filler = createEdgeFiller(releasedManifest, { bucket: env.MODEL, cache: caches.default })

beforeAll(uploadRelease)
afterAll(() => filler.close())

test('workerd still refuses WebAssembly that was not compiled at deployment', async () => {
  const instantiate: (bytes: Uint8Array) => Promise<unknown> = Reflect.get(
    WebAssembly,
    'instantiate',
  )
  await expect(instantiate(EMPTY_MODULE)).rejects.toThrow()
})

test('the heap starts at its working size and WebAssembly is as it was afterwards', async () => {
  const { Memory, instantiate } = WebAssembly
  expect((await filler.info()).ok).toBe(true)
  expect(wasmBytes()).toBe(WASM_START_MIB * MIB)
  expect(WebAssembly.Memory).toBe(Memory)
  expect(WebAssembly.instantiate).toBe(instantiate)
})

test('a pass that wants more than the cap is a clean failure, and the next pass works', async () => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined)
  const [vector] = await readGolden()
  if (vector === undefined) throw new Error('no golden vector')
  const tensors = goldenTensors(vector)
  const masks = Math.ceil((WASM_CAP_MIB * MIB) / (4 * tensors.length))
  const huge = { ...tensors, masks, maskPositions: new Int32Array(masks) }
  expect(await filler.fill(huge)).toMatchObject({ ok: false, failure: { kind: 'unavailable' } })
  expect(wasmBytes()).toBeLessThanOrEqual(WASM_CAP_MIB * MIB)
  expect((await filler.fill(tensors)).ok).toBe(true)
})
