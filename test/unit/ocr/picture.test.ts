import { describe, expect, it } from 'vitest'
import { lumaOf, scaled, turned } from '../../../workers/ocr/src/picture'

const BLACK = [0, 0, 0, 255]
const WHITE = [255, 255, 255, 255]
const CLEAR = [0, 0, 0, 0]
/** 3 x 2: 1 2 3 above 4 5 6. */
const SIX = { width: 3, height: 2, luma: Uint8Array.of(1, 2, 3, 4, 5, 6) }

describe('brightness', () => {
  it('is averaged over boxes, smaller ones at the edges', () => {
    const rgba = Uint8Array.from([...BLACK, ...WHITE, ...WHITE, ...BLACK, ...WHITE, ...BLACK])
    expect(lumaOf(rgba, { width: 3, height: 2 }, 1)?.luma).toEqual(
      Uint8Array.of(0, 255, 255, 0, 255, 0),
    )
    expect(lumaOf(rgba, { width: 3, height: 2 }, 2)).toEqual({
      width: 2,
      height: 1,
      luma: Uint8Array.of(127, 127),
    })
  })

  it('of what is transparent is that of paper', () => {
    const rgba = Uint8Array.from([...CLEAR, ...BLACK])
    expect(lumaOf(rgba, { width: 2, height: 1 }, 1)?.luma).toEqual(Uint8Array.of(255, 0))
  })
})

describe('turning', () => {
  // As EXIF 2.32 draws them: what is stored, and what is to be seen.
  it.each([
    [1, 3, [1, 2, 3, 4, 5, 6]],
    [2, 3, [3, 2, 1, 6, 5, 4]],
    [3, 3, [6, 5, 4, 3, 2, 1]],
    [4, 3, [4, 5, 6, 1, 2, 3]],
    [5, 2, [1, 4, 2, 5, 3, 6]],
    [6, 2, [4, 1, 5, 2, 6, 3]],
    [7, 2, [6, 3, 5, 2, 4, 1]],
    [8, 2, [3, 6, 2, 5, 1, 4]],
  ])('by orientation %d', (orientation, width, luma) => {
    const upright = { width, height: 6 / width, luma: Uint8Array.from(luma) }
    expect(turned(SIX, orientation)).toEqual(upright)
  })
})

describe('scaling', () => {
  it('keeps a flat picture flat and a factor of one exact', () => {
    const flat = { width: 4, height: 3, luma: new Uint8Array(12).fill(77) }
    expect(new Set(scaled(flat, 2.3).luma)).toEqual(new Set([77]))
    expect(scaled(SIX, 1)).toEqual(SIX)
  })

  it('never comes to nothing', () => {
    expect(scaled(SIX, 0.01)).toMatchObject({ width: 1, height: 1 })
  })
})
