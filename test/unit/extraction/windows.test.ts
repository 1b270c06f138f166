// Windows cover every token, overlap by a quarter and are never longer than the model takes.
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { windowsOver } from '../../../src/extraction/windows'
import { WINDOW_OVERLAP_TOKENS, WINDOW_TOKENS } from '../../../src/limits'

it('covers everything', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 30_000 }), (count) => {
      const windows = windowsOver(count)
      expect(windows[0]?.low).toBe(0)
      expect(windows.at(-1)?.high).toBe(count)
      for (const [i, { low, high }] of windows.entries()) {
        expect(high - low).toBeLessThanOrEqual(WINDOW_TOKENS)
        const next = windows[i + 1]
        if (next !== undefined) expect(high - next.low).toBe(WINDOW_OVERLAP_TOKENS)
      }
    }),
    { seed: 22 },
  )
})

it('is one window up to its length and two beyond', () => {
  expect(windowsOver(WINDOW_TOKENS)).toEqual([{ low: 0, high: 320 }])
  expect(windowsOver(WINDOW_TOKENS + 1)).toEqual([
    { low: 0, high: 320 },
    { low: 240, high: 321 },
  ])
  expect(windowsOver(560)).toHaveLength(2)
  expect(windowsOver(561)).toHaveLength(3)
})
