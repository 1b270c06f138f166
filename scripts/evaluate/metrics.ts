// Counts what one field of one document was worth, and turns the counts into shares. Pure arithmetic, hand-checked in
// test/unit/evaluate. A list is a multiset: every true value may be matched by one given value and the other way round.
import { normalise } from '../../src/text/letters.ts'
import { anls, sameLettersAndDigits } from './text.ts'

/** One true value with every spelling that counts as it. */
export type Truth = readonly string[]

export interface Given {
  readonly text: string
  /** 0..1 */
  readonly confidence: number
}

interface Bin {
  given: number
  right: number
  confidence: number
}

export interface Tally {
  /** True values, and how many of them were matched in which way; `anls` is a sum of similarities. */
  truths: number
  exact: number
  right: number
  anls: number
  /** Values given, right or not, on present and absent fields. */
  given: number
  /** Fields asked of a document that has no value for them, and those that got one all the same. */
  absent: number
  absentFilled: number
  bins: Bin[]
}

/** Shares as 0..100; null where there was nothing to count. */
export interface Shares {
  readonly exact: number | null
  readonly letters_digits: number | null
  readonly f1: number | null
  readonly anls: number | null
  readonly absent_filled: number | null
  readonly ece: number | null
}

const BINS = 10

export function emptyTally(): Tally {
  const bins = Array.from({ length: BINS }, () => ({ given: 0, right: 0, confidence: 0 }))
  return { truths: 0, exact: 0, right: 0, anls: 0, given: 0, absent: 0, absentFilled: 0, bins }
}

/** Adds one field of one document. No truths means that the document does not have the field. */
export function count(tally: Tally, truths: readonly Truth[], given: readonly Given[]): void {
  const texts = given.map(({ text }) => text)
  const matched = matches(truths, texts, sameLettersAndDigits)
  tally.truths += truths.length
  tally.exact += matches(truths, texts, (a, b) => normalise(a) === normalise(b)).size
  tally.right += matched.size
  tally.anls += bestAnls(truths, texts)
  tally.given += given.length
  if (truths.length === 0) {
    tally.absent++
    tally.absentFilled += given.length > 0 ? 1 : 0
  }
  for (const [i, { confidence }] of given.entries()) {
    const bin = tally.bins[Math.min(BINS - 1, Math.max(0, Math.floor(confidence * BINS)))]
    if (bin === undefined) continue
    bin.given++
    bin.confidence += confidence
    bin.right += matched.has(i) ? 1 : 0
  }
}

/** F1 is micro: 2 TP / (2 TP + FP + FN), where 2 TP + FP + FN is values given plus true values. */
export function shares(tally: Tally): Shares {
  return {
    exact: share(tally.exact, tally.truths),
    letters_digits: share(tally.right, tally.truths),
    f1: share(2 * tally.right, tally.given + tally.truths),
    anls: share(tally.anls, tally.truths),
    absent_filled: share(tally.absentFilled, tally.absent),
    ece: calibrationError(tally.bins),
  }
}

/** Nearest rank; null for no values. */
export function percentile(values: readonly number[], percent: number): number | null {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)] ?? null
}

const share = (part: number, whole: number) => (whole === 0 ? null : (100 * part) / whole)

/** Expected calibration error: how far confidence is from the share that is right, weighted by bin. */
function calibrationError(bins: readonly Bin[]): number | null {
  const all = bins.reduce((sum, bin) => sum + bin.given, 0)
  const off = bins.reduce((sum, bin) => sum + Math.abs(bin.right - bin.confidence), 0)
  return share(off, all)
}

/** Indices of the given values that are matched, each with one true value of its own. */
function matches(
  truths: readonly Truth[],
  given: readonly string[],
  same: (given: string, truth: string) => boolean,
): Set<number> {
  const used = new Set<number>()
  for (const truth of truths) {
    const at = given.findIndex((text, i) => !used.has(i) && truth.some((t) => same(text, t)))
    if (at >= 0) used.add(at)
  }
  return used
}

/** Sum over the true values of the similarity to a given value of its own, best pairs first. */
function bestAnls(truths: readonly Truth[], given: readonly string[]): number {
  const pairs = truths.flatMap((truth, t) =>
    given.map((text, g) => ({ t, g, score: Math.max(...truth.map((one) => anls(text, one))) })),
  )
  const [usedTruths, usedGiven] = [new Set<number>(), new Set<number>()]
  let sum = 0
  for (const { t, g, score } of pairs.sort((a, b) => b.score - a.score)) {
    if (usedTruths.has(t) || usedGiven.has(g)) continue
    usedTruths.add(t)
    usedGiven.add(g)
    sum += score
  }
  return sum
}
