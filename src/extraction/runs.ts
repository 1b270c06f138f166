// The best runs of a mask: a start and an end on one page, not too far apart, over no token that is taken.
// Exact over the ends of the likeliest starts, as training/decode.py; a start beyond those is nearly never the answer, and
// looking at all of them would give other runs than the ones that the release was calibrated with.
import { MAX_RUN_TOKENS } from '../limits'
import type { MaskScores } from './mask-scores'
import type { Window } from './windows'

/** Page tokens [first, last] of the document, inclusive, and the log-probability of the pair. */
export interface Run {
  readonly first: number
  readonly last: number
  readonly log: number
}

/** Where runs may lie: a window, and by token of it the page, and whether another mask has taken it. */
export interface Ground {
  readonly window: Window
  readonly page: Int32Array
  readonly taken: Uint8Array
}

/** A window with nothing taken; `page` is by token of the document. */
export function groundOf(window: Window, page: Int32Array): Ground {
  const { low, high } = window
  return { window, page: page.subarray(low, high), taken: new Uint8Array(high - low) }
}

/** The same ground with nothing taken. */
export function cleared(ground: Ground): Ground {
  return { ...ground, taken: new Uint8Array(ground.taken.length) }
}

/** Starts that are looked at. */
const BEST_STARTS = 16

/** The likeliest run; undefined when the likeliest starts are all taken. */
export function bestRun(scores: MaskScores, ground: Ground): Run | undefined {
  let best: Run | undefined
  for (const start of bestStarts(scores.start)) {
    const run = bestFrom(start, scores, ground)
    if (run !== undefined && (best === undefined || run.log > best.log)) best = run
  }
  return best
}

/** The best run from each of the likeliest starts, the likeliest run first. */
export function likelyRuns(scores: MaskScores, ground: Ground): readonly Run[] {
  return bestStarts(scores.start)
    .map((start) => bestFrom(start, scores, ground))
    .filter((run) => run !== undefined)
    .sort((a, b) => b.log - a.log)
}

/** Indices of the greatest, the greatest first, the earlier of equals first. */
function bestStarts(start: Float64Array): readonly number[] {
  const best: number[] = []
  for (let s = 0; s < start.length; s++) {
    const score = start[s] ?? 0
    let at = best.length
    while (at > 0 && score > (start[best[at - 1] ?? 0] ?? 0)) at--
    if (at >= BEST_STARTS) continue
    best.splice(at, 0, s)
    if (best.length > BEST_STARTS) best.pop()
  }
  return best
}

/** Marks the tokens of a run as taken. */
export function take({ window: { low }, taken }: Ground, { first, last }: Run): void {
  taken.fill(1, first - low, last - low + 1)
}

/** The best end for a start, both counted from the window's beginning. */
function bestFrom(s: number, { start, end }: MaskScores, ground: Ground): Run | undefined {
  const { low } = ground.window
  const page = ground.page[s]
  const stop = Math.min(end.length, s + MAX_RUN_TOKENS)
  let last = -1
  let log = Number.NEGATIVE_INFINITY
  for (let e = s; e < stop; e++) {
    if (ground.taken[e] !== 0 || ground.page[e] !== page) break
    const score = end[e] ?? log
    if (score > log) {
      log = score
      last = e
    }
  }
  if (last < 0) return undefined
  return { first: low + s, last: low + last, log: (start[s] ?? 0) + log }
}
