import { expect, it } from 'vitest'
import { legibilityOf } from '../../../src/extraction/legibility'
import { pageTokens } from '../../../src/extraction/page-tokens'
import { wordpiece } from './vocabulary'

const word = (text: string, x: number, confidence?: number) => ({
  text,
  box: [x, 0, x + 9, 9] as const,
  ...(confidence === undefined ? {} : { confidence }),
})
const legibility = (...confidences: (number | undefined)[]) => {
  const words = confidences.map((confidence, i) => word('shop', 10 * i, confidence))
  const tokens = pageTokens({ pages: [{ width: 100, height: 10, words }] }, wordpiece)
  return legibilityOf(tokens, [{ first: 0, last: tokens.count - 1 }])
}

it('of words that nobody guessed at is whole', () => {
  expect(legibility(undefined, undefined)).toBe(1)
})

it('falls with each word and with the doubt about it', () => {
  expect(legibility(0.96)).toBeGreaterThan(0.95)
  expect(legibility(0.96, 0.96)).toBeCloseTo(legibility(0.96) ** 2, 10)
  expect(legibility(0.3)).toBeLessThan(legibility(0.6))
  expect(legibility(0)).toBeGreaterThan(0)
  expect(legibility(1)).toBeLessThan(1)
})

it('counts a word once, however many of its tokens runs touch, and no other', () => {
  const words = [word('supercalifragilistic', 0, 0.5), word('no', 20, 0.1)]
  const tokens = pageTokens({ pages: [{ width: 100, height: 10, words }] }, wordpiece)
  const runs = [
    { first: 0, last: 0 },
    { first: 1, last: 1 },
  ]
  expect(legibilityOf(tokens, runs)).toBeCloseTo(legibility(0.5), 10)
})
