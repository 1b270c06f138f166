// Calibration: identity by default, by type where fitted, always a probability.
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { confidenceOf } from '../../../src/extraction/confidence'
import { info } from './ideal-filler'

const calibrated = {
  ...info,
  calibration: { default: { a: 1, b: 0 }, date: { a: 2, b: 1 }, absent: { a: 1, b: -1 } },
}

it('falls back to the bare probability', () => {
  expect(confidenceOf(Math.log(0.7), 'date', info)).toBeCloseTo(0.7, 12)
  expect(confidenceOf(Math.log(0.7), 'number', calibrated)).toBeCloseTo(0.7, 12)
  expect(confidenceOf(Math.log(0.7), 'constructor', info)).toBeCloseTo(0.7, 12)
})

it('maps by type', () => {
  expect(confidenceOf(Math.log(0.5), 'date', calibrated)).toBeCloseTo(1 / (1 + Math.exp(-1)), 12)
  expect(confidenceOf(Math.log(0.5), 'absent', calibrated)).toBeCloseTo(1 / (1 + Math.E), 12)
})

it('is a probability, and greater for the likelier', () => {
  const log = fc.double({ min: -1e6, max: 0, noNaN: true })
  fc.assert(
    fc.property(log, log, (a, b) => {
      const [low, high] = [Math.min(a, b), Math.max(a, b)].map((x) =>
        confidenceOf(x, 'date', calibrated),
      )
      expect(low).toBeGreaterThanOrEqual(0)
      expect(high).toBeLessThanOrEqual(1)
      expect(low).toBeLessThanOrEqual(high ?? 0)
    }),
    { seed: 41 },
  )
})
