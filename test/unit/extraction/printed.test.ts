// Whether a label stands on the page: as words of its own, run together, or not at all.
import { describe, expect, it } from 'vitest'
import { printedAmong } from '../../../src/extraction/printed'

const among = (text: string) => printedAmong(text.split(' ').map((word) => ({ text: word })))

describe('printedAmong', () => {
  const page = among('Invoice No.: 17 DATEOFISSUE: Gross total - net 12.00 Straße')

  it.each([
    ['invoice no'],
    ['Invoice No.'],
    ['date of issue'],
    ['gross total net'],
    ['STRASSE', false],
    ['straße'],
    ['no'],
    ['voice', false],
    ['otal net', true],
    ['due date', false],
    ['net total', false],
    ['', false],
    ['#'],
    [':', false],
  ])('%s', (label, isThere = true) => {
    expect(page([label])).toBe(isThere)
  })

  it('writes out what forms abbreviate', () => {
    const form = among('Inv. No. 17 PO #: 4 Tel: 555 Yes No Qty.')
    for (const label of ['invoice number', 'PO number', 'telephone', 'quantity', 'no', '#'])
      expect([label, form([label])]).toEqual([label, true])
    expect(form(['tel no'])).toBe(false)
  })

  it('takes any of several labels', () => {
    expect(page(['due date', 'net'])).toBe(true)
    expect(page([])).toBe(false)
    expect(among('')(['net'])).toBe(false)
  })
})
