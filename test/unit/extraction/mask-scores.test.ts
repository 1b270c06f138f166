// Log-probabilities over the positions that a mask may point at.
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { pageScores, positionScores } from '../../../src/extraction/mask-scores'

const LENGTH = 12
const PAGE_START = 5
const logit = fc.float({ min: -80, max: 80, noNaN: true })
const logits = fc.array(logit, { minLength: 2 * LENGTH, maxLength: 2 * LENGTH })
const sum = (values: Iterable<number>) => [...values].reduce((a, b) => a + Math.exp(b), 0)

it('sum to one with [CLS], whatever stands at the other positions', () => {
  fc.assert(
    fc.property(logits, logits, fc.constantFrom(0, 1), (start, end, mask) => {
      const filled = {
        logits: { start: Float32Array.from(start), end: Float32Array.from(end) },
        length: LENGTH,
        pageStart: PAGE_START,
      }
      const page = pageScores(filled, mask)
      const [onlyStart, onlyEnd] = [1 - sum(page.start), 1 - sum(page.end)]
      expect(onlyStart * onlyEnd).toBeCloseTo(Math.exp(page.absent), 6)
      expect(page.start).toHaveLength(LENGTH - PAGE_START)
      const positions = Array.from({ length: LENGTH - PAGE_START }, (_, i) => PAGE_START + i)
      expect(positionScores(filled, mask, positions)).toEqual(page)
    }),
    { seed: 61 },
  )
})
