// Counts over the documents of an evaluation, of one field or of all, and the scores made of them. A list is a multiset: every true
// value is matched by at most one given one and the other way round, exact matches first.
import type { ScalarAnswer } from '../extraction/answer'
import { isGiven, type Likeness, likeness } from './compare'
import type { TrueScalar } from './truth'

/** Shares are 0..1, null where there was nothing to count. */
export interface Scores {
  /** True values. */
  readonly expected: number
  /** Given values, right or not. */
  readonly given: number
  /** Share of the true values that were given but for case and white space. */
  readonly exact: number | null
  /** Share of the true values that were given in letters and digits. */
  readonly right: number | null
  /** Of right values: twice their number over expected plus given. */
  readonly f1: number | null
  /** Documents that have no value of the field. */
  readonly absent: number
  /** Share of them in which it got one. */
  readonly absent_filled: number | null
  /** Which documents, counted from 0, have it wrong, missing or too much. */
  readonly wrong: readonly number[]
}

export class Tally {
  private expected = 0
  private given = 0
  private exact = 0
  private right = 0
  private absent = 0
  private absentFilled = 0
  private readonly wrong = new Set<number>()

  /** One field of one document. */
  count(document: number, truths: readonly TrueScalar[], answers: readonly ScalarAnswer[]): void {
    const wanted = truths.filter((truth) => truth !== null)
    const given = answers.filter(isGiven)
    const matched = pair(wanted, given)
    this.expected += wanted.length
    this.given += given.length
    this.exact += matched.filter((found) => found === 2).length
    this.right += matched.length
    if (wanted.length === 0) {
      this.absent++
      this.absentFilled += given.length > 0 ? 1 : 0
    }
    if (matched.length < Math.max(wanted.length, given.length)) this.wrong.add(document)
  }

  scores(): Scores {
    const { expected, given, exact, right, absent, absentFilled } = this
    return {
      ...{ expected, given },
      exact: share(exact, expected),
      right: share(right, expected),
      f1: share(2 * right, expected + given),
      absent,
      absent_filled: share(absentFilled, absent),
      wrong: [...this.wrong],
    }
  }
}

/** How alike the pairs are that were found, the most alike first. */
function pair(truths: readonly NonNullable<TrueScalar>[], given: readonly ScalarAnswer[]) {
  const found: Likeness[] = []
  const [open, left] = [new Set(truths.keys()), new Set(given.keys())]
  for (const wanted of [2, 1] as const) {
    for (const t of open) {
      const truth = truths[t]
      const at = [...left].find((g) => {
        const answer = given[g]
        return truth !== undefined && answer !== undefined && likeness(answer, truth) >= wanted
      })
      if (at === undefined) continue
      found.push(wanted)
      open.delete(t)
      left.delete(at)
    }
  }
  return found
}

const share = (part: number, whole: number) =>
  whole === 0 ? null : Math.round((10_000 * part) / whole) / 10_000
