import { describe, expect, it } from 'vitest'
import { type Map2d, regionsOf } from '../../../workers/ocr/src/regions'

/** A map of 200 x 100 that is sure where `isPrint` says. */
function mapOf(isPrint: (x: number, y: number) => boolean, likelihood = 0.9): Map2d {
  const [width, height] = [200, 100]
  const values = Float32Array.from({ length: width * height }, (_, i) =>
    isPrint(i % width, Math.floor(i / width)) ? likelihood : 0,
  )
  return { width, height, values }
}

const isIn = (x0: number, y0: number, x1: number, y1: number) => (x: number, y: number) =>
  x >= x0 && x < x1 && y >= y0 && y < y1

describe('regions', () => {
  it('are the lines that hang together, let out to their height', () => {
    const [upper, lower] = [isIn(20, 10, 120, 20), isIn(20, 40, 70, 50)]
    const regions = regionsOf(mapOf((x, y) => upper(x, y) || lower(x, y)))
    expect(regions).toHaveLength(2)
    expect(regions[0]).toMatchObject({ x: 70, y: 15, angle: 0 })
    expect(regions[0]?.height).toBeCloseTo(10 + (100 * 10 * 1.4) / 110)
    expect(regions[1]?.x).toBe(45)
  })

  it('lie along their line, short ones as the page does', () => {
    const isSloping = (x: number, y: number) => Math.abs(y - 30 - 0.1 * (x - 100)) <= 4 && x < 150
    const isShort = isIn(180, 60, 190, 70)
    const [first, second] = regionsOf(mapOf((x, y) => isSloping(x, y) || isShort(x, y)))
    expect(first?.angle).toBeCloseTo(0.1, 2)
    expect(second?.angle).toBe(first?.angle)
  })

  it('that are small or doubtful are none', () => {
    expect(regionsOf(mapOf(isIn(5, 5, 15, 7)))).toEqual([])
    expect(regionsOf(mapOf(isIn(5, 5, 50, 20), 0.3))).toEqual([])
    expect(regionsOf(mapOf(() => false))).toEqual([])
  })
})
