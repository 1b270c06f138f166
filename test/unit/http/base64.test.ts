// Base64 comes back as the bytes it was made of, and anything looser is refused.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeBase64 } from '../../../src/http/base64'

describe('decodeBase64', () => {
  it('inverts encoding', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(decodeBase64(Buffer.from(bytes).toString('base64'))).toEqual(new Uint8Array(bytes))
      }),
    )
  })

  it('joins its pieces', () => {
    const bytes = Uint8Array.from({ length: 200_001 }, (_, i) => (i * 7919) % 256)
    expect(decodeBase64(Buffer.from(bytes).toString('base64'))).toEqual(bytes)
  })

  it.each(['A', 'AA', 'AAA', 'AA=', '====', 'A===', 'AA==AAAA', 'AA A', 'AAA\n', 'A_-A', 'ééé='])(
    'refuses %j',
    (text) => {
      expect(decodeBase64(text)).toBeUndefined()
    },
  )

  it('refuses padding and white space between its pieces', () => {
    const piece = 'A'.repeat(4 * 16_384 - 4)
    expect(decodeBase64(`${piece}AA==${piece}AAAA`)).toBeUndefined()
    expect(decodeBase64(`${piece}    AAAA`)).toBeUndefined()
  })
})
