import { expect, it } from 'vitest'
import { numbersOf } from '../../../workers/ocr/src/weights'

/** As training/reader.py writes a tensor. */
function packed(steps: readonly number[], values: readonly number[]): Uint8Array {
  const filled = Math.ceil(values.length / 4) * 4
  const bytes = new Uint8Array(8 + steps.length * 4 + filled)
  new Uint32Array(bytes.buffer, 0, 2).set([steps.length, values.length / steps.length])
  new Float32Array(bytes.buffer, 8, steps.length).set(steps)
  new Int8Array(bytes.buffer, 8 + steps.length * 4).set(values)
  return bytes
}

it('weights are their values times the step of their row, tensor after tensor', () => {
  const file = Uint8Array.from([...packed([0.5, 2], [1, -2, 3, -127, 0, 4]), ...packed([1], [7])])
  expect(Array.from(numbersOf(file.buffer))).toEqual([0.5, -1, 1.5, -254, 0, 8, 7])
})
