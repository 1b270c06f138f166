// The best run equals what trying every pair finds, over the sixteen likeliest starts.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { MaskScores } from '../../../src/extraction/mask-scores'
import { bestRun, groundOf, likelyRuns, STRETCH_COST, take } from '../../../src/extraction/runs'
import { MAX_RUN_TOKENS } from '../../../src/limits'

const LOW = 7
const token = fc.record({
  start: fc.double({ min: -20, max: 0, noNaN: true }),
  end: fc.double({ min: -20, max: 0, noNaN: true }),
  taken: fc.boolean(),
  turns: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
  wraps: fc.integer({ min: 0, max: 4 }).map((n) => n === 0),
})

interface Token {
  start: number
  taken?: boolean
  turns?: boolean
  wraps?: boolean
}

function groundFor(tokens: readonly Token[]) {
  let [page, row] = [0, 0]
  const pages = tokens.map(({ turns }) => (turns ? ++page : page))
  const rows = tokens.map(({ turns, wraps }) => (turns || wraps ? ++row : row))
  const before = Array.from({ length: LOW }, () => 0)
  const window = { low: LOW, high: LOW + tokens.length }
  const ground = groundOf(window, {
    page: Int32Array.from([...before, ...pages, 0]),
    row: Int32Array.from([...before, ...rows, 0]),
    stretch: Int32Array.from([...before, ...rows, 0]),
    layout: new Int32Array(0),
  })
  for (const [i, { taken }] of tokens.entries()) {
    if (taken) take(ground, { first: LOW + i, last: LOW + i, log: 0 })
  }
  return ground
}

const scoresOf = (tokens: readonly { start: number; end: number }[]): MaskScores => ({
  absent: -1,
  start: Float64Array.from(tokens, ({ start }) => start),
  end: Float64Array.from(tokens, ({ end }) => end),
})

describe('bestRun', () => {
  it('equals brute force', () => {
    fc.assert(
      fc.property(fc.array(token, { maxLength: 130 }), (tokens) => {
        const scores = scoresOf(tokens)
        const ground = groundFor(tokens)
        let best = Number.NEGATIVE_INFINITY
        const order = [...tokens.keys()].sort(
          (a, b) => (tokens[b]?.start ?? 0) - (tokens[a]?.start ?? 0),
        )
        for (const s of order.slice(0, 16)) {
          for (let e = s; e < Math.min(tokens.length, s + MAX_RUN_TOKENS); e++) {
            if (ground.taken[e] !== 0 || ground.page[e] !== ground.page[s]) break
            const rows = (ground.stretch[e] ?? 0) - (ground.stretch[s] ?? 0)
            const log = (scores.start[s] ?? 0) + (scores.end[e] ?? 0)
            best = Math.max(best, log - STRETCH_COST * rows)
          }
        }
        const run = bestRun(scores, ground)
        expect(run === undefined).toBe(best === Number.NEGATIVE_INFINITY)
        if (run === undefined) return
        const [first, last] = [run.first - LOW, run.last - LOW]
        const rows = (ground.stretch[last] ?? 0) - (ground.stretch[first] ?? 0)
        expect(run.log).toBe((scores.start[first] ?? 0) + (scores.end[last] ?? 0))
        expect(run.log - STRETCH_COST * rows).toBeCloseTo(best, 9)
        expect(likelyRuns(scores, ground)[0]).toEqual(run)
      }),
      { seed: 23 },
    )
  })

  it('reaches the longest run and no further', () => {
    const flat = Array.from({ length: 200 }, () => ({ start: -9, end: -9 }))
    const at = (first: number, last: number) =>
      bestRun(
        scoresOf(
          flat.map((t, i) => ({ start: i === first ? -1 : t.start, end: i === last ? -1 : t.end })),
        ),
        groundFor(flat),
      )
    expect(at(3, 3 + MAX_RUN_TOKENS - 1)).toEqual({ first: LOW + 3, last: LOW + 98, log: -2 })
    expect(at(3, 3 + MAX_RUN_TOKENS)?.log).toBe(-10)
  })

  it('does not run from one item to another where each is as likely', () => {
    const tokens = [
      { start: -1, end: -9 },
      { start: -9, end: -1 },
      { start: -1, end: -9, wraps: true },
      { start: -9, end: -1 },
    ]
    expect(bestRun(scoresOf(tokens), groundFor(tokens))).toEqual({
      first: LOW,
      last: LOW + 1,
      log: -2,
    })
  })

  it('finds nothing where everything is taken', () => {
    const tokens = [{ start: -1, end: -1, taken: true }]
    expect(bestRun(scoresOf(tokens), groundFor(tokens))).toBeUndefined()
    expect(likelyRuns(scoresOf(tokens), groundFor(tokens))).toEqual([])
  })
})
