// From the model's probability to the chance that an answer is right, by the calibration that the release was fitted with
// on documents kept aside. A missing type falls back to `default`, a missing default to the bare probability.
import type { ModelInfo } from '../model/mask-filler'

/** Probabilities are kept this far from 0 and 1, where their log-odds would be infinite. */
const EDGE = 1e-6

/** `log` is a log-probability, `key` a scalar type or 'absent'; the confidence is within 0..1. */
export function confidenceOf(log: number, key: string, { calibration }: ModelInfo): number {
  const p = Math.min(1 - EDGE, Math.max(EDGE, Math.exp(log)))
  const own = Object.hasOwn(calibration, key) ? calibration[key] : calibration.default
  if (own === undefined) return p
  return 1 / (1 + Math.exp(-(own.a * Math.log(p / (1 - p)) + own.b)))
}
