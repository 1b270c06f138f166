// How stored schemas are named.
import { expect, it } from 'vitest'
import { parseReference } from '../../../src/schema/reference'

it.each<[string, string, number | undefined]>([
  ['receipt', 'receipt', undefined],
  ['receipt@3', 'receipt', 3],
  ['A.b-c_9@999999999', 'A.b-c_9', 999_999_999],
  ['x'.repeat(64), 'x'.repeat(64), undefined],
])('%j', (text, name, version) => {
  expect(parseReference(text)).toEqual({ name, version })
})

it.each([
  '',
  '@1',
  'a@',
  'a@0',
  'a@01',
  'a@-1',
  'a@1.5',
  'a@1@2',
  'a/b',
  '.a',
  'a b',
  'é',
  'x'.repeat(65),
  'a@9999999999',
])('%j is no reference', (text) => expect(parseReference(text)).toBeUndefined())
