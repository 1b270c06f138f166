// The best runs of a mask: a start and an end on one page, not too far apart, over no token that is taken, and the fewer rows and
// gaps between them the better.
// Exact over the ends of the likeliest starts, as training/decode.py; a start beyond those is nearly never the answer, and
// looking at all of them would give other runs than the ones that the release was calibrated with.
import { MAX_RUN_TOKENS } from '../limits'
import { LAYOUT_SIZE } from './layout'
import type { MaskScores } from './mask-scores'
import type { PageTokens } from './page-tokens'
import type { Window } from './windows'

/** Page tokens [first, last] of the document, inclusive, and the log-probability of the pair; rows and gaps do not lower it. */
export interface Run {
  readonly first: number
  readonly last: number
  readonly log: number
}

/** Where runs may lie: a window, by token of it what decoding asks of the page, and whether another mask has taken it. */
export interface Ground extends Pick<PageTokens, 'page' | 'row' | 'stretch' | 'layout'> {
  readonly window: Window
  readonly taken: Uint8Array
}

/** A window of a document with nothing taken. */
export function groundOf(window: Window, tokens: Omit<Ground, 'window' | 'taken'>): Ground {
  const { low, high } = window
  return {
    window,
    page: tokens.page.subarray(low, high),
    row: tokens.row.subarray(low, high),
    stretch: tokens.stretch.subarray(low, high),
    layout: tokens.layout.subarray(low * LAYOUT_SIZE, high * LAYOUT_SIZE),
    taken: new Uint8Array(high - low),
  }
}

/** The same ground with nothing taken. */
export function cleared(ground: Ground): Ground {
  return { ...ground, taken: new Uint8Array(ground.taken.length) }
}

/** Starts that are looked at. */
const BEST_STARTS = 16

/**
 * What each further stretch (another row, or the same behind a wide gap) costs a run when runs are compared. Start and end are scored apart,
 * so where a mask wavers between items, the start of one and the end of another are as likely together as either's own
 * (docs/decisions/0006).
 */
export const STRETCH_COST = 0.7

/** The best run; undefined when the likeliest starts are all taken. */
export function bestRun(scores: MaskScores, ground: Ground): Run | undefined {
  return likelyRuns(scores, ground)[0]
}

/** The best run from each of the likeliest starts, the best run first. */
export function likelyRuns(scores: MaskScores, ground: Ground): readonly Run[] {
  return greatest(scores.start, BEST_STARTS)
    .map((start) => bestFrom(start, scores, ground))
    .filter((found) => found !== undefined)
    .sort((a, b) => b.worth - a.worth)
    .map(({ run }) => run)
}

interface Candidate {
  readonly run: Run
  /** Its log-probability less what its stretches cost. */
  readonly worth: number
}

/** Indices of the `count` greatest, the greatest first, the earlier of equals first. */
export function greatest(values: Float64Array, count: number): readonly number[] {
  const best: number[] = []
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? 0
    let at = best.length
    while (at > 0 && value > (values[best[at - 1] ?? 0] ?? 0)) at--
    if (at >= count) continue
    best.splice(at, 0, i)
    if (best.length > count) best.pop()
  }
  return best
}

/** Whether no token of a run is taken. */
export function isFree({ window: { low }, taken }: Ground, { first, last }: Run): boolean {
  return !taken.subarray(first - low, last - low + 1).includes(1)
}

/** Marks the tokens of a run as taken. */
export function take({ window: { low }, taken }: Ground, { first, last }: Run): void {
  taken.fill(1, first - low, last - low + 1)
}

/** The best end for a start, both counted from the window's beginning. */
function bestFrom(s: number, { start, end }: MaskScores, ground: Ground): Candidate | undefined {
  const { low } = ground.window
  const page = ground.page[s]
  const stretch = ground.stretch[s] ?? 0
  const stop = Math.min(end.length, s + MAX_RUN_TOKENS)
  let last = -1
  let worth = Number.NEGATIVE_INFINITY
  for (let e = s; e < stop; e++) {
    if (ground.taken[e] !== 0 || ground.page[e] !== page) break
    const further = (ground.stretch[e] ?? stretch) - stretch
    const score = (end[e] ?? worth) - STRETCH_COST * further
    if (score > worth) {
      worth = score
      last = e
    }
  }
  if (last < 0) return undefined
  const first = start[s] ?? 0
  const run = { first: low + s, last: low + last, log: first + (end[last] ?? 0) }
  return { run, worth: first + worth }
}
