import { describe, expect, it } from 'vitest'
import { STRIP_HEIGHT, stripSize, writeStrip } from '../../../workers/ocr/src/strip'

/** 100 x 60, white but for a black bar of 40 x 10 about (50, 30). */
const BAR = {
  width: 100,
  height: 60,
  luma: Uint8Array.from({ length: 6000 }, (_, i) => {
    const [x, y] = [i % 100, Math.floor(i / 100)]
    return x >= 30 && x < 70 && y >= 25 && y < 35 ? 0 : 255
  }),
}

function stripOf(region: Parameters<typeof stripSize>[0]): Float32Array {
  const strip = new Float32Array(3 * STRIP_HEIGHT * stripSize(region).all)
  writeStrip(BAR, region, strip)
  return strip
}

describe('a strip', () => {
  it('is what its region holds, three times over', () => {
    const strip = stripOf({ x: 50, y: 30, width: 36, height: 8, angle: 0 })
    expect(new Set(strip)).toEqual(new Set([-1]))
  })

  it('turns with its region', () => {
    const strip = stripOf({ x: 50, y: 30, width: 10, height: 40, angle: Math.PI / 2 })
    const own = stripSize({ x: 50, y: 30, width: 10, height: 40, angle: 0 }).own
    expect(strip.slice(0, own).every((value) => value < 0)).toBe(true)
  })

  it('shows the edge beyond the edge, and nothing beyond the line', () => {
    const region = { x: 0, y: 30, width: 10, height: 10, angle: 0 }
    const { own, all } = stripSize(region)
    const row = stripOf(region).slice(0, all)
    expect(new Set(row.slice(0, own))).toEqual(new Set([1]))
    expect(new Set(row.slice(own))).toEqual(new Set([0]))
  })

  it('is never wider than the network is given', () => {
    expect(stripSize({ x: 0, y: 0, width: 10_000, height: 5, angle: 0 }).all).toBe(2400)
    expect(stripSize({ x: 0, y: 0, width: 1, height: 500, angle: 0 })).toEqual({ own: 1, all: 64 })
  })
})
