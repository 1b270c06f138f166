// A scalar over several windows: the best run of all, and the least of the absences (protocol, 'Decoding', step 3).
// The preference for what reads as the type holds over the windows as it does within one.
import { type Choice, type Reading, TYPED_SHARE } from './decode'

/**
 * The choice of all windows, undefined when each says absent; without a value where it does not read as the type, or where no
 * window is sure enough of more. `absent` is a log-probability.
 */
export interface Joined {
  readonly absent: number
  readonly choice: Choice | undefined
}

/** `readings` of one field, one a window. */
export function joinWindows(readings: readonly Reading[]): Joined {
  const absent = Math.min(0, ...readings.map((reading) => reading.absent))
  const best = likeliest(readings.map((reading) => reading.best))
  if (best === undefined) return { absent, choice: likeliest(readings.map((it) => it.doubted)) }
  if (best.value !== undefined) return { absent, choice: best }
  const typed = likeliest(readings.map((reading) => reading.typed))
  const choice = typed !== undefined && lead(typed) >= lead(best) + TYPED_SHARE ? typed : best
  return { absent, choice }
}

/** What choices are compared by: their first run, or an enum's option; a second run would only make them less likely. */
const lead = ({ runs, log }: Choice): number =>
  runs[1] === undefined ? log : (runs[0]?.log ?? log)

function likeliest(choices: readonly (Choice | undefined)[]): Choice | undefined {
  let best: Choice | undefined
  for (const choice of choices) {
    if (choice !== undefined && (best === undefined || lead(choice) > lead(best))) best = choice
  }
  return best
}
