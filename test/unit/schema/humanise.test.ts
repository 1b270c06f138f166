// Property names to what a form would say.
import { expect, it } from 'vitest'
import { humanise } from '../../../src/schema/humanise'

it.each([
  ['invoiceNumber', 'invoice number'],
  ['invoice_number', 'invoice number'],
  ['INVOICE-NO', 'invoice no'],
  ['VATNumber', 'vat number'],
  ['IBAN', 'iban'],
  ['line2Text', 'line2 text'],
  ['__total__', 'total'],
  ['___', '___'],
  ['NAME (Last, First)', 'NAME (Last, First)'],
  ['  Date of\nbirth ', 'Date of birth'],
  ['Größe', 'größe'],
  ['No.', 'No.'],
])('%j is %j', (name, words) => {
  expect(humanise(name)).toBe(words)
})
