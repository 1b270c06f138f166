// Fields that claim the same place: the likeliest has it, the others say where they looked and give no value.
import { expect, it } from 'vitest'
import { type Claim, settled } from '../../../src/extraction/rivals'
import type { ScalarField } from '../../../src/schema/field'

const claim = (
  name: string,
  p: number,
  [first, last]: readonly [number, number],
  type: ScalarField['type'] = 'string',
): Claim => {
  const field = {
    kind: 'scalar',
    name,
    type,
    labels: [name],
    options: [],
  } as unknown as ScalarField
  const run = { first, last, log: Math.log(p) }
  return { field, absent: Math.log(1 - p), choice: { runs: [run], log: run.log, value: 'x' } }
}
const nothingPrinted = () => false
const given = (claims: readonly Claim[]) =>
  claims.filter(({ choice }) => choice?.isDoubted !== true).map(({ field }) => field.name)

it('leaves a place to the likeliest, whatever the order', () => {
  const [start, end, other] = [
    claim('start', 0.7, [3, 4]),
    claim('end', 0.9, [3, 4]),
    claim('venue', 0.6, [5, 5]),
  ]
  expect(given(settled([start, end, other], nothingPrinted))).toEqual(['end', 'venue'])
  expect(given(settled([end, other, start], nothingPrinted))).toEqual(['end', 'venue'])
})

it('doubts the others: their place stays, the value goes, and the more so the surer the first is', () => {
  const [, unsure] = settled([claim('a', 0.6, [3, 4]), claim('b', 0.5, [3, 4])], nothingPrinted)
  const [, sure] = settled([claim('a', 0.99, [3, 4]), claim('b', 0.5, [3, 4])], nothingPrinted)
  expect(unsure?.choice).toMatchObject({ value: undefined, runs: [{ first: 3, last: 4 }] })
  expect(Math.exp(unsure?.choice?.log ?? 0)).toBeCloseTo(0.5 * 0.4, 12)
  expect(Math.exp(sure?.choice?.log ?? 0)).toBeCloseTo(0.5 * 0.01, 12)
})

it('keeps what is printed under its own label, and what only overlaps', () => {
  const claims = [claim('total', 0.9, [3, 4]), claim('amount due', 0.8, [3, 4])]
  expect(given(settled(claims, ({ name }) => name === 'amount due'))).toHaveLength(2)
  const nested = [claim('address', 0.9, [3, 9]), claim('city', 0.8, [8, 9])]
  expect(given(settled(nested, nothingPrinted))).toHaveLength(2)
})

it('takes no side between options, booleans and what is doubted already', () => {
  const boxes = [claim('sex', 0.9, [3, 3], 'enum'), claim('smoker', 0.8, [3, 3], 'boolean')]
  expect(given(settled(boxes, nothingPrinted))).toHaveLength(2)
  const first = claim('a', 0.9, [3, 3])
  const doubtful = { ...first, choice: first.choice && { ...first.choice, isDoubted: true } }
  expect(given(settled([doubtful, claim('b', 0.5, [3, 3])], nothingPrinted))).toEqual(['b'])
})
