// Keys that were made are sound; one with any single character changed, swapped, missing or added is told from an unknown key.
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { inspectKey, newKey } from '../../../src/http/key-format'

it('has a prefix, 22 random characters of base58 and a checksum', () => {
  const keys = Array.from({ length: 200 }, newKey)
  for (const key of keys) {
    expect(key).toMatch(/^pk_[1-9A-HJ-NP-Za-km-z]{22}_[1-9A-HJ-NP-Za-km-z]{6}$/)
    expect(inspectKey(key)).toBe('sound')
  }
  expect(new Set(keys).size).toBe(keys.length)
})

it('draws every character alike', () => {
  const counts = new Map<string, number>()
  for (let i = 0; i < 2000; i++) {
    for (const char of newKey().slice(3, 25)) counts.set(char, (counts.get(char) ?? 0) + 1)
  }
  // 44,000 draws over 58 characters: 759 each; a share that bytes modulo 58 would favour has 860.
  expect(counts.size).toBe(58)
  expect(Math.max(...counts.values())).toBeLessThan(759 + 6 * Math.sqrt(759))
})

it('has the CRC-32 of gzip as its checksum', () => {
  // zlib.crc32 of the first part is 0x40f65d71 or 1089887601.
  expect(inspectKey('pk_1111111111111111111111_2fJxcY')).toBe('sound')
})

it('shows every typing error of one character, and most others', () => {
  const letter = fc.constantFrom(
    ...'123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz0OIl-_ ',
  )
  fc.assert(
    fc.property(fc.nat(31), letter, (at, char) => {
      const key = newKey()
      const wrong = [
        key.slice(0, at) + char + key.slice(at + 1),
        key.slice(0, at) + char + key.slice(at),
        key.slice(0, at) + key.slice(at + 1),
        key.slice(0, at) + (key[at + 1] ?? '') + (key[at] ?? '') + key.slice(at + 2),
      ].filter((text) => text !== key)
      for (const text of wrong) expect(inspectKey(text), `${key} ${text}`).toBe('mistyped')
    }),
  )
})
