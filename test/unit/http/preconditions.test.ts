// RFC 9110, section 13: when a change may be made, and when an answer was seen.
import { expect, it } from 'vitest'
import { mayChange, wasSeen } from '../../../src/http/preconditions'

const ETAG = '"2-ab"'

it.each<[string | undefined, string | undefined, string | undefined, boolean]>([
  [undefined, undefined, undefined, true],
  [undefined, undefined, ETAG, true],
  [ETAG, undefined, ETAG, true],
  ['"1-ab", "2-ab"', undefined, ETAG, true],
  ['*', undefined, ETAG, true],
  ['*', undefined, undefined, false],
  ['"1-ab"', undefined, ETAG, false],
  ['W/"2-ab"', undefined, ETAG, false],
  ['2-ab', undefined, ETAG, false],
  [ETAG, undefined, undefined, false],
  [undefined, '*', undefined, true],
  [undefined, '*', ETAG, false],
  [undefined, 'W/"2-ab"', ETAG, false],
  [undefined, '"1-ab"', ETAG, true],
  [ETAG, '*', ETAG, false],
])('If-Match %j and If-None-Match %j over %j', (ifMatch, ifNoneMatch, etag, expected) => {
  expect(mayChange({ ifMatch, ifNoneMatch }, etag)).toBe(expected)
})

it.each<[string | undefined, boolean]>([
  [undefined, false],
  [ETAG, true],
  ['W/"2-ab"', true],
  ['"1", "2-ab"', true],
  ['*', true],
  ['"2"', false],
])('a GET with If-None-Match %j', (ifNoneMatch, expected) => {
  expect(wasSeen(ifNoneMatch, ETAG)).toBe(expected)
})
