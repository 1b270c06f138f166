// Numbers and amounts as people print them.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Clues } from '../../../../src/extraction/clues'
import { parseInteger, parseNumber } from '../../../../src/extraction/values/number'

const clues = (decimalMark?: '.' | ','): Clues => ({ dateOrder: 'day-first', decimalMark })

describe('parseNumber', () => {
  it.each([
    ['0', 0],
    ['31.00', 31],
    ['1,234', 1234],
    ['1,234.50', 1234.5],
    ['1.234,50', 1234.5],
    ['12,50', 12.5],
    ['12.5', 12.5],
    ['1.234.567', 1234567],
    ['1,234,567.89', 1234567.89],
    ['12,34,567.00', 1234567],
    ["1'234.50", 1234.5],
    ['1\u2019234,50', 1234.5],
    ['1 234,50', 1234.5],
    ['1\u202f234\u00a0567', 1234567],
    ['.50', 0.5],
    [',5', 0.5],
    ['0.500', 0.5],
    ['0,125', 0.125],
    ['1234.567', 1234.567],
    ['12.', 12],
    ['12 .50', 12.5],
    ['12. 50', 12.5],
    ['$12.50', 12.5],
    ['RM 31.00', 31],
    ['RM31.00', 31],
    ['1 619 948,11 z\u0142', 1619948.11],
    ['K\u010c 31,50', 31.5],
    ['31.00 COP', 31],
    ['\u20ac 1.234,56', 1234.56],
    ['1.234,56 EUR', 1234.56],
    ['S$5.00', 5],
    ['US$5', 5],
    ['Rs. 500', 500],
    ['CHF 12.00', 12],
    ['12,00 kr', 12],
    ['USD 1,000.00', 1000],
    ['12.5%', 12.5],
    ['6 %', 6],
    ['-5.00', -5],
    ['- 5.00', -5],
    ['\u22125.00', -5],
    ['5.00-', -5],
    ['$-5.00', -5],
    ['-$5.00', -5],
    ['(5.00)', -5],
    ['($1,234.00)', -1234],
    ['$(1,234.00)', -1234],
    ['5.00 CR', -5],
    ['5.00 DR', 5],
    ['+5', 5],
    ['-0.00', 0],
    ['x2', 2],
    ['2 x', 2],
    [': 31.00', 31],
    ['**31.00**', 31],
    ['\uff11\uff12', 12],
    ['12,-', -12],
  ])('%j is %d', (raw, value) => {
    expect(parseNumber(raw, clues())).toBe(value)
  })

  it.each([
    '',
    '-',
    'RM',
    'abc',
    '12 Main Street',
    '31.00 5.00',
    '1,23,4',
    '1.2.3',
    '12/03',
    '1,2345.0',
    '12:30',
    '1-2',
    '+-5',
    '90071992547409931',
    'A12',
    '12A',
    '0x10',
    '1e5',
    '(5',
  ])('%j is no number', (raw) => {
    expect(parseNumber(raw, clues())).toBeUndefined()
  })

  it('asks the document what a single mark before three digits is', () => {
    expect(parseNumber('1.234', clues())).toBe(1.234)
    expect(parseNumber('1.234', clues('.'))).toBe(1.234)
    expect(parseNumber('1.234', clues(','))).toBe(1234)
    expect(parseNumber('1,234', clues(','))).toBe(1.234)
    expect(parseNumber('1,234', clues('.'))).toBe(1234)
  })

  it('reads what locales write', () => {
    const cents = fc.integer({ min: -1e9, max: 1e9 })
    const locale = fc.constantFrom('en-US', 'de-DE', 'fr-FR', 'de-CH', 'en-IN', 'id-ID', 'pt-BR')
    fc.assert(
      fc.property(cents, locale, (n, tag) => {
        const text = (n / 100).toLocaleString(tag, { minimumFractionDigits: 2 })
        expect(parseNumber(text, clues()) ?? text).toBe(n / 100 || 0)
      }),
      { seed: 31 },
    )
  })
})

describe('parseInteger', () => {
  it.each([
    ['3', 3],
    ['3.00', 3],
    ['1.234', 1234],
    ['1,234', 1234],
    ['007', 7],
    ['-12', -12],
    ['9007199254740991', 9007199254740991],
    ['2.5', undefined],
    ['9007199254740993', undefined],
    ['x', undefined],
  ])('%j is %s', (raw, value) => {
    expect(parseInteger(raw, clues())).toBe(value)
  })
})
