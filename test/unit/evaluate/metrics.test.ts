// The evaluation's arithmetic against numbers worked out by hand.
import { describe, expect, it } from 'vitest'
import { count, emptyTally, percentile, shares } from '../../../scripts/evaluate/metrics.ts'
import { anls, sameLettersAndDigits } from '../../../scripts/evaluate/text.ts'
import { lettersAndDigits, normalise } from '../../../src/text/letters'

const given = (text: string, confidence = 0.95) => ({ text, confidence })

describe('text', () => {
  it('collapses white space and ignores case', () => {
    expect(normalise('  ABC \n Ho\tTrading ')).toBe('abc ho trading')
  })

  it('keeps letters and digits of any script', () => {
    expect(lettersAndDigits('RM 12.00, Élan № 五')).toBe('rm1200élan五')
    expect(sameLettersAndDigits('e\u0301lan', 'ÉLAN')).toBe(true)
  })

  it('falls back on the spelling where the truth has neither', () => {
    expect(sameLettersAndDigits('-', '-')).toBe(true)
    expect(sameLettersAndDigits('%', '-')).toBe(false)
  })

  it('measures similarity by edit distance over the longer text', () => {
    // kitten -> sitting: 3 edits of 7 characters
    expect(anls('kitten', 'sitting')).toBeCloseTo(4 / 7, 10)
    expect(anls('ab', 'cd')).toBe(0)
    // exactly one half still counts
    expect(anls('ab', 'ax')).toBe(0.5)
    expect(anls('abc', 'axy')).toBe(0)
    expect(anls('', '')).toBe(1)
    expect(anls('', 'a')).toBe(0)
  })
})

describe('shares', () => {
  it('are null where nothing was counted', () => {
    expect(shares(emptyTally())).toEqual({
      exact: null,
      letters_digits: null,
      f1: null,
      anls: null,
      absent_filled: null,
      ece: null,
    })
  })

  it('tell a scalar right, nearly right, missed, wrong, absent and absent but filled', () => {
    const tally = emptyTally()
    count(tally, [['12.00']], [given('12.00', 0.9)])
    count(tally, [['1, Main St']], [given('1 Main St', 0.7)])
    count(tally, [['x']], [])
    count(tally, [['abcd']], [given('wxyz', 0.2)])
    count(tally, [], [])
    count(tally, [], [given('stray', 0.6)])
    const result = shares(tally)
    // 4 true values: 1 exact, 2 by letters and digits
    expect(result.exact).toBe(25)
    expect(result.letters_digits).toBe(50)
    // TP 2, FP 2 (wrong, stray), FN 2 (missed, wrong): 4 / (4 + 2 + 2)
    expect(result.f1).toBe(50)
    // 1 + 9/10 (one comma of ten characters) + 0 + 0
    expect(result.anls).toBeCloseTo(47.5, 10)
    expect(result.absent_filled).toBe(50)
    // 0.9 right, 0.7 right, 0.2 wrong, 0.6 wrong: (0.1 + 0.3 + 0.2 + 0.6) / 4
    expect(result.ece).toBeCloseTo(30, 10)
  })

  it('accept either spelling of one true value, once', () => {
    const tally = emptyTally()
    count(tally, [['03/02/20', '2020-02-03']], [given('2020-02-03')])
    expect(shares(tally)).toMatchObject({ exact: 100, letters_digits: 100, f1: 100, anls: 100 })
  })

  it('score a list as a multiset', () => {
    const tally = emptyTally()
    count(tally, [['tea'], ['tea'], ['milk']], [given('Milk'), given('tea'), given('bread')])
    const result = shares(tally)
    // milk and one tea of three; three given: 2 * 2 / (3 + 3)
    expect(result.letters_digits).toBeCloseTo(200 / 3, 10)
    expect(result.f1).toBeCloseTo(200 / 3, 10)
    // the other tea is paired with bread: 0
    expect(result.anls).toBeCloseTo(200 / 3, 10)
  })

  it('average confidence within a bin before comparing it', () => {
    const tally = emptyTally()
    count(tally, [['a']], [given('a', 0.81)])
    count(tally, [['b']], [given('x', 0.89)])
    // one bin: 1 right of 2, mean confidence 0.85
    expect(shares(tally).ece).toBeCloseTo(35, 10)
    count(tally, [['c']], [given('c', 1)])
    expect(shares(tally).ece).toBeCloseTo((100 * 0.7) / 3, 10)
  })
})

describe('percentile', () => {
  it('is the nearest rank', () => {
    const values = [5, 1, 4, 2, 3]
    expect(percentile(values, 50)).toBe(3)
    expect(percentile(values, 95)).toBe(5)
    expect(percentile([1, 2], 50)).toBe(1)
    expect(percentile([], 50)).toBeNull()
  })
})
