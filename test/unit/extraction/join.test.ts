// Windows of one scalar: the best run wins, absence is the least, and what reads as the type is preferred over windows.
import { expect, it } from 'vitest'
import type { Reading } from '../../../src/extraction/decode'
import { joinWindows } from '../../../src/extraction/join'

const reading = (p: number, value: string | undefined, absent = 0.1): Reading => {
  const run = { first: 1, last: 1, log: Math.log(p) }
  const best = { runs: [run], log: run.log, value }
  return { absent: Math.log(absent), best, typed: value === undefined ? undefined : best }
}
const absence = (p: number): Reading => ({
  absent: Math.log(p),
  best: undefined,
  typed: undefined,
})

it('takes the best of all windows', () => {
  const { choice } = joinWindows([absence(0.9), reading(0.5, 'a'), reading(0.7, 'b')])
  expect(choice?.value).toBe('b')
})

it('tells of a doubted run only where no window has more', () => {
  const run = { first: 1, last: 1, log: Math.log(0.5) }
  const doubtful: Reading = {
    ...absence(0.3),
    doubted: { runs: [run], log: run.log, value: undefined, isDoubted: true },
  }
  expect(joinWindows([absence(0.9), doubtful]).choice?.runs).toEqual([run])
  expect(joinWindows([doubtful, reading(0.2, 'a')]).choice?.value).toBe('a')
})

it('is absent by the least of the absences', () => {
  const { choice, absent } = joinWindows([absence(0.9), absence(0.6), absence(0.99)])
  expect(choice).toBeUndefined()
  expect(Math.exp(absent)).toBeCloseTo(0.6, 12)
})

it('prefers a window whose run reads as the type, down to a tenth', () => {
  expect(joinWindows([reading(0.9, undefined), reading(0.1, 'a')]).choice?.value).toBe('a')
  expect(joinWindows([reading(0.9, undefined), reading(0.08, 'a')]).choice?.value).toBeUndefined()
})

it('compares by the first run, so that a second one is no handicap', () => {
  const first = { first: 1, last: 1, log: Math.log(0.8) }
  const second = { first: 3, last: 3, log: Math.log(0.5) }
  const both = { runs: [first, second], log: first.log + second.log, value: 'both' }
  const broken: Reading = { absent: -5, best: both, typed: both }
  expect(joinWindows([reading(0.7, 'one'), broken]).choice?.value).toBe('both')
})
