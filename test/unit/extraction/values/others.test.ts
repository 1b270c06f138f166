// Times, moments, addresses, yes and no, options and plain text.
import { describe, expect, it } from 'vitest'
import type { Clues } from '../../../../src/extraction/clues'
import { parseBoolean } from '../../../../src/extraction/values/boolean'
import { parseDateTime } from '../../../../src/extraction/values/date-time'
import { parseEmail } from '../../../../src/extraction/values/email'
import { parseOption } from '../../../../src/extraction/values/option'
import { parseText } from '../../../../src/extraction/values/text'
import { parseTime } from '../../../../src/extraction/values/time'
import { parseUri } from '../../../../src/extraction/values/uri'

const clues: Clues = { dateOrder: 'day-first', decimalMark: undefined }

describe('parseTime', () => {
  it.each([
    ['14:30', '14:30'],
    ['9:05', '09:05'],
    ['14:30:59', '14:30:59'],
    ['2:30 PM', '14:30'],
    ['2:30p.m.', '14:30'],
    ['12:05 am', '00:05'],
    ['12:05 PM', '12:05'],
    ['2pm', '14:00'],
    ['14h30', '14:30'],
    ['14 h', '14:00'],
    ['14.30 Uhr', '14:30'],
    ['9 Uhr', '09:00'],
    ['14:30 hrs', '14:30'],
    ['(14:30)', '14:30'],
    ['14:30:00Z', '14:30:00Z'],
    ['14:30+0200', '14:30+02:00'],
    ['14:30 PM', '14:30'],
    ['25:00', undefined],
    ['14:60', undefined],
    ['14', undefined],
    ['13:00 am', undefined],
    ['abc', undefined],
  ])('%j is %s', (raw, value) => {
    expect(parseTime(raw)).toBe(value)
  })
})

describe('parseDateTime', () => {
  it.each([
    ['2018-12-25T14:30:00Z', '2018-12-25T14:30:00Z'],
    ['25/12/2018 14:30', '2018-12-25T14:30'],
    ['25/12/2018 2:30 PM', '2018-12-25T14:30'],
    ['25 Dec 2018, 14:30', '2018-12-25T14:30'],
    ['25. Dezember 2018 um 14.30 Uhr', '2018-12-25T14:30'],
    ['14:30 25/12/2018', '2018-12-25T14:30'],
    ['25/12/2018', undefined],
    ['14:30', undefined],
    ['', undefined],
  ])('%j is %s', (raw, value) => {
    expect(parseDateTime(raw, clues)).toBe(value)
  })
})

describe('parseEmail', () => {
  it.each([
    ['Jane.Roe@Example.COM', 'Jane.Roe@example.com'],
    ['E-mail: jane@x.co.uk', 'jane@x.co.uk'],
    ['<jane@x.com>,', 'jane@x.com'],
    ['jane @ x . com', 'jane@x.com'],
    ['mailto:j@x.org', 'j@x.org'],
    ['j+tag@x.org.', 'j+tag@x.org'],
    ['jane@x', undefined],
    ['write jane@x.com', undefined],
    ['jane@x.com or joe@x.com', undefined],
    ['x.com', undefined],
    ['', undefined],
  ])('%j is %s', (raw, value) => {
    expect(parseEmail(raw)).toBe(value)
  })
})

describe('parseUri', () => {
  it.each([
    ['https://example.com/a?b=1#c', 'https://example.com/a?b=1#c'],
    ['www.Example.com', 'https://www.Example.com'],
    ['(example.co.uk/path)', 'https://example.co.uk/path'],
    ['example.com:8080', 'https://example.com:8080'],
    ['mailto:a@b.c', 'mailto:a@b.c'],
    ['example', undefined],
    ['12.50', undefined],
    ['see www.x.com', undefined],
    ['', undefined],
  ])('%j is %s', (raw, value) => {
    expect(parseUri(raw)).toBe(value)
  })
})

describe('parseBoolean', () => {
  it.each([
    ['Yes', true],
    ['[X]', true],
    ['x', true],
    ['\u2713', true],
    ['\u2611\ufe0f', true],
    ['(\u2713)', true],
    ['JA.', true],
    ['S\u00ed', true],
    ['oui', true],
    ['Tak', true],
    ['Nej', false],
    ['FA\u0141SZ', false],
    ['No', false],
    ['N', false],
    ['[ ]', false],
    ['\u2610', false],
    ['n\u00e3o', false],
    ['Nein!', false],
    ['tidak', false],
    ['\u2717', undefined],
    ['maybe', undefined],
    ['yes no', undefined],
    ['', undefined],
  ])('%j is %s', (raw, value) => {
    expect(parseBoolean(raw)).toBe(value)
  })
})

describe('parseOption', () => {
  it.each([
    ['CREDIT-CARD:', 'Credit card'],
    ['caf\u00e9', 'Cafe'],
    ['***', '***'],
    ['cash', undefined],
    ['', undefined],
  ])('%j is %s', (raw, value) => {
    expect(parseOption(raw, ['Credit card', 'Cafe', '***'])).toBe(value)
  })
})

describe('parseText', () => {
  it.each([
    ['  ABC  HO\nTRADING ', 'ABC HO TRADING'],
    [': ABC,', 'ABC'],
    ['"ABC"', 'ABC'],
    ['\u201cABC\u201d', 'ABC'],
    ['"A" and "B"', '"A" and "B"'],
    ["O'Neil'", "O'Neil'"],
    ['ABC INC.', 'ABC INC.'],
    ['(IN LIQUIDATION)', '(IN LIQUIDATION)'],
    ['#12', '#12'],
    ['$', '$'],
    [':', undefined],
    ['...', undefined],
    ['', undefined],
  ])('%j is %j', (raw, value) => {
    expect(parseText(raw)).toBe(value)
  })
})
