// Whether a given value is the true one. `exact`: the typed value, or the page's spelling, is the same but for case and white space.
// `right`: letters and digits are, which forgives commas and hyphens.
import type { ScalarAnswer } from '../extraction/answer'
import { lettersAndDigits, normalise } from '../text/letters'
import type { TrueScalar } from './truth'

/** How much of it is the same: not at all, in letters and digits, exactly. */
export type Likeness = 0 | 1 | 2

/** Whether the answer has a value at all, be it only one to look at. */
export const isGiven = ({ value, raw }: ScalarAnswer): boolean =>
  value !== null || (raw !== null && raw.trim() !== '')

export function likeness(answer: ScalarAnswer, truth: NonNullable<TrueScalar>): Likeness {
  const { value, raw } = answer
  if (value === truth) return 2
  if (typeof truth === 'number' && typeof value === 'number') return 0
  const texts = [value, raw].filter((text) => text !== null).map(String)
  const wanted = String(truth)
  if (texts.some((text) => normalise(text) === normalise(wanted))) return 2
  const letters = lettersAndDigits(wanted)
  return letters !== '' && texts.some((text) => lettersAndDigits(text) === letters) ? 1 : 0
}
