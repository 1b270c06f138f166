import { describe, expect, it } from 'vitest'
import { MAX_MAP_PIXELS } from '../../../src/limits'
import { bandsOf, mapOf, mapSize } from '../../../workers/ocr/src/map'
import type { Net } from '../../../workers/ocr/src/net'

const blank = (width: number, height: number) => ({
  width,
  height,
  luma: new Uint8Array(width * height),
})

describe('the size of a map', () => {
  it.each([
    [1, 1],
    [3500, 1000],
    [1, 100_000],
    [100_000, 1],
    [463, 1013],
  ])('of %d x %d holds the picture within its bounds, in whole steps', (width, height) => {
    const map = mapSize({ width, height })
    expect(map.width * map.height).toBeLessThanOrEqual(MAX_MAP_PIXELS)
    expect([map.width % 32, map.height % 32]).toEqual([0, 0])
    expect(map.width).toBeGreaterThanOrEqual(Math.floor(width * map.factor))
    expect(map.height).toBeGreaterThanOrEqual(Math.floor(height * map.factor))
  })
})

describe('bands', () => {
  it.each([
    [32, 32],
    [544, 1088],
    [864, 448],
    [800, 480],
  ])('of %d x %d take every row once, none at the border of what was seen', (width, height) => {
    const bands = bandsOf(width, height)
    expect(bands.map(({ top }) => top)).toEqual([0, ...bands.slice(0, -1).map((it) => it.bottom)])
    expect(bands.at(-1)?.bottom).toBe(height)
    for (const { from, rows, top, bottom } of bands) {
      expect(rows % 32).toBe(0)
      expect(rows * width).toBeLessThanOrEqual(112_000)
      if (top > 0) expect(top - from).toBe(32)
      if (bottom < height) expect(from + rows - bottom).toBe(32)
    }
  })

  it('are put together as they lie', async () => {
    // Says of every pixel how bright it is.
    const echo: Net = {
      run: async (dims, fill, read) => {
        const [, , rows = 0, width = 0] = dims
        const input = new Float32Array(3 * rows * width)
        fill(input)
        return read({ dims, data: input.slice(0, rows * width) })
      },
    }
    const picture = blank(400, 900)
    for (let y = 0; y < 900; y++) picture.luma.fill(y / 4, y * 400, (y + 1) * 400)
    const { width, height, factor, values } = await mapOf(picture, echo)
    expect(bandsOf(width, height).length).toBeGreaterThan(1)
    const column = Array.from(
      { length: Math.floor(900 * factor) },
      (_, y) => values[y * width] ?? 0,
    )
    expect(column).toEqual(column.toSorted((a, b) => a - b))
  })
})
