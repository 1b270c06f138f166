// Dates in many spellings; which of two readings is taken; what is no date.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Clues } from '../../../../src/extraction/clues'
import { parseDate } from '../../../../src/extraction/values/date'

const dayFirst: Clues = { dateOrder: 'day-first', decimalMark: undefined }
const monthFirst: Clues = { dateOrder: 'month-first', decimalMark: undefined }

describe('parseDate', () => {
  it.each([
    '2018-12-25',
    '2018/12/25',
    '2018.12.25',
    '20181225',
    '25/12/2018',
    '12/25/2018',
    '25-12-18',
    '25.12.2018',
    '25 12 2018',
    "25/12/'18",
    '25 December 2018',
    '25 DEC 2018',
    '25-Dec-18',
    '25DEC2018',
    'Dec 25, 2018',
    'December 25th, 2018',
    'the 25th of December 2018',
    '2018 Dec 25',
    '2018-DEC-25',
    'Tue, 25 Dec 2018',
    'Tuesday 25/12/2018',
    '25.12.2018 14:30',
    '25/12/2018 02:30:11 PM',
    '2018-12-25T14:30:00Z',
    '25/12/2018 (14:30)',
    'Date: 25/12/2018',
    '25. Dezember 2018',
    '25 grudnia 2018 r.',
    'poniedzia\u0142ek, 25. grudnia 2018',
    'tisdag 25 dec 2018',
    'Dienstag, den 25. Dezember 2018',
    '25 d\u00e9cembre 2018',
    'le 25 d\u00e9c. 2018',
    '25 de diciembre de 2018',
    '25 dic 2018',
    '25 dicembre 2018',
    '25 december 2018',
    '25 Desember 2018',
    '25 de dezembro de 2018',
    '25/dez/2018',
    '2018\u5e7412\u670825\u65e5',
    '\uff12\uff15/12/2018',
    ' 25 / 12 / 2018 ',
  ])('%j is Christmas 2018', (raw) => {
    expect(parseDate(raw, dayFirst)).toBe('2018-12-25')
  })

  it.each([
    ['1er mars 2020', '2020-03-01'],
    ['3 M\u00e4rz 1999', '1999-03-03'],
    ['7 agosto 2021', '2021-08-07'],
    ['7 Agt 2021', '2021-08-07'],
    ['1 mei 2001', '2001-05-01'],
    ['2 ao\u00fbt 2001', '2001-08-02'],
    ['3 Mar\u00e7o 2001', '2001-03-03'],
    ['9 gennaio 1950', '1950-01-09'],
    ['18/1/49', '1949-01-18'],
    ['18/1/39', '2039-01-18'],
    ['98/03/25', '1998-03-25'],
    ['29/02/2020', '2020-02-29'],
  ])('%j is %s', (raw, value) => {
    expect(parseDate(raw, dayFirst)).toBe(value)
  })

  it('lets the document decide what both could be, and only that', () => {
    expect(parseDate('03/04/2020', dayFirst)).toBe('2020-04-03')
    expect(parseDate('03/04/2020', monthFirst)).toBe('2020-03-04')
    expect(parseDate('13/04/2020', monthFirst)).toBe('2020-04-13')
    expect(parseDate('04/13/2020', dayFirst)).toBe('2020-04-13')
    expect(parseDate('2020-03-04', monthFirst)).toBe('2020-03-04')
  })

  it.each([
    '',
    'December 2018',
    '2018',
    '12/2018',
    '30/02/2020',
    '29/02/2019',
    '13/13/2020',
    '0/5/2020',
    '25/12/018',
    '02/03/20-03/29/20',
    '25/12/2018 - 26/12/2018',
    '1 Jan Feb 2020',
    'Invoice 25 12 2018',
    '25 Foo 2018',
    '012-345-678',
    '20189925',
    '14:30',
  ])('%j is no date', (raw) => {
    expect(parseDate(raw, dayFirst)).toBeUndefined()
  })

  it('reads back every day it writes', () => {
    const day = fc.date({
      min: new Date('1940-01-01'),
      max: new Date('2039-12-31'),
      noInvalidDate: true,
    })
    fc.assert(
      fc.property(day, (date) => {
        const iso = date.toISOString().slice(0, 10)
        const [y, m, d] = iso.split('-')
        expect(parseDate(iso, monthFirst)).toBe(iso)
        expect(parseDate(`${d}/${m}/${y}`, dayFirst)).toBe(iso)
        expect(parseDate(`${m}/${d}/${y?.slice(2)}`, monthFirst)).toBe(iso)
        const long = date.toLocaleDateString('en-GB', { dateStyle: 'full', timeZone: 'UTC' })
        expect(parseDate(long, dayFirst)).toBe(iso)
        for (const locale of ['de', 'fr', 'es', 'it', 'nl', 'id', 'pt', 'en-US']) {
          const text = date.toLocaleDateString(locale, { dateStyle: 'long', timeZone: 'UTC' })
          expect(`${text} ${parseDate(text, dayFirst)}`).toBe(`${text} ${iso}`)
        }
      }),
      { seed: 32, numRuns: 60 },
    )
  })
})
