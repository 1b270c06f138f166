// The count against zlib itself, on every kind of block; limits and broken data.
import { constants, deflateRawSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { inflatedSize as inflated } from '../../../src/document/inflate-size'

const { Z_FIXED, Z_DEFAULT_STRATEGY, Z_HUFFMAN_ONLY } = constants
const BIG = 1 << 30
const inflatedSize = (deflated: Uint8Array, limit: number) => inflated(deflated, limit).size
const text = new TextEncoder().encode('Order 14086, gross amount $600.00. '.repeat(3000))
const noise = Uint8Array.from({ length: 70_000 }, (_, i) => Math.imul(i * i + 7, 2654435761) >>> 24)

describe('inflatedSize', () => {
  it.each([
    ['nothing', new Uint8Array(0)],
    ['text', text],
    ['noise', noise],
    ['zeros', new Uint8Array(3_000_000)],
  ])('counts %s, stored, with fixed and with own codes', (_, bytes) => {
    for (const strategy of [Z_FIXED, Z_DEFAULT_STRATEGY, Z_HUFFMAN_ONLY]) {
      for (const level of [0, 1, 9]) {
        expect(inflatedSize(deflateRawSync(bytes, { strategy, level }), BIG)).toBe(bytes.length)
      }
    }
  })

  it('counts anything, whatever follows it', () => {
    const bytes = fc.uint8Array({ maxLength: 600 })
    fc.assert(
      fc.property(bytes, bytes, (data, rest) => {
        const deflated = Buffer.concat([deflateRawSync(data), rest])
        const read = deflated.length - rest.length
        expect(inflated(deflated, BIG)).toEqual({ size: data.length, read })
      }),
    )
  })

  it('stops beyond the limit', () => {
    const size = inflatedSize(deflateRawSync(new Uint8Array(1 << 26)), 1000)
    expect(size).toBeGreaterThan(1000)
    expect(size).toBeLessThan(2000)
  })

  it('ends on broken data', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (data) => {
        expect(inflatedSize(data, BIG)).toBeGreaterThanOrEqual(0)
      }),
    )
    const half = deflateRawSync(text).subarray(0, 100)
    expect(inflatedSize(half, BIG)).toBeLessThan(text.length)
  })
})
