// Two readings of one picture, at two sizes, made into one: line by line the one that Tesseract was surer of. Neither size is better
// everywhere, and a wrong letter usually comes with doubt. Lines that are cut differently in the two stay as the first has them. Pure.
import type { Word } from '../../../src/document/words'

export type Line = readonly Word[]

interface Span {
  readonly line: Line
  readonly x0: number
  readonly y0: number
  readonly x1: number
  readonly y1: number
}

/** Lines that only the second reading has are taken when it is at least this sure of them. */
const SURE_ENOUGH = 0.6

/** Boxes of both in pixels of the same picture. */
export function best(first: readonly Line[], second: readonly Line[]): readonly Line[] {
  const [ours, theirs] = [first.map(spanOf), second.map(spanOf)]
  const kept = ours.map((span) => {
    const [other, ...more] = theirs.filter((it) => overlap(span, it) > 0.5)
    if (other === undefined || more.length > 0) return span.line
    const isMutual = ours.filter((it) => overlap(it, other) > 0.5).length === 1
    return isMutual && sureness(other.line) > sureness(span.line) ? other.line : span.line
  })
  const found = theirs.filter((it) => !ours.some((span) => overlap(span, it) > 0.3))
  return [...kept, ...found.map(({ line }) => line).filter((line) => sureness(line) > SURE_ENOUGH)]
}

/** Mean confidence by character. */
function sureness(line: Line): number {
  const characters = line.reduce((sum, { text }) => sum + text.length, 0)
  const sum = line.reduce((total, { text, confidence = 1 }) => total + confidence * text.length, 0)
  return characters === 0 ? 0 : sum / characters
}

function spanOf(line: Line): Span {
  const sides = (at: 0 | 1 | 2 | 3) => line.map(({ box }) => box[at])
  return {
    line,
    x0: Math.min(...sides(0)),
    y0: Math.min(...sides(1)),
    x1: Math.max(...sides(2)),
    y1: Math.max(...sides(3)),
  }
}

/** Share of the lower one's height that both have; 0 where they do not lie over each other. */
function overlap(a: Span, b: Span): number {
  if (Math.min(a.x1, b.x1) <= Math.max(a.x0, b.x0)) return 0
  const shared = Math.min(a.y1, b.y1) - Math.max(a.y0, b.y0)
  return shared / Math.max(1, Math.min(a.y1 - a.y0, b.y1 - b.y0))
}
