import { expect, it } from 'vitest'
import { fitChances } from '../../../scripts/evaluate/likelihood'

/** 100 observations of a confidence, of which so many came true. */
const said = (confidence: number, right: number) =>
  Array.from({ length: 100 }, (_, i) => ({ confidence, isRight: i < right }))

it('confidences that mean what they say stay as they are', () => {
  const { slope, offset } = fitChances([...said(0.5, 50), ...said(0.8, 80), ...said(0.2, 20)])
  expect(slope).toBeCloseTo(1)
  expect(offset).toBeCloseTo(0)
})

it('doubts that come true less often than they say are made less of', () => {
  const { slope, offset } = fitChances([...said(0.5, 80), ...said(0.9, 90)])
  expect(slope).toBeLessThan(1)
  expect(offset).toBeCloseTo(Math.log(4))
})
