// From the logits of one window to what the masks of a scalar say: docs/mask-protocol.md, 'Decoding', steps 1 to 4. Lists and tables: items.ts.
// Windows are joined later (join.ts, rows.ts); nothing here knows another window.
import type { ScalarField } from '../schema/field'
import type { Value } from './answer'
import { booleanByBoxes, enumByBoxes } from './boxed'
import type { Boxes } from './check-boxes'
import type { Headings } from './headings'
import { type Filled, type MaskScores, pageScores, positionScores } from './mask-scores'
import { bestRun, cleared, type Ground, likelyRuns, type Run, take } from './runs'
import type { Part } from './template'

/** Runs that are one value together, their log-probability, and the value if they read as the field's type. */
export interface Choice {
  readonly runs: readonly Run[]
  readonly log: number
  readonly value: Value | undefined
  /** Likelier than absence, but not by enough to be given, or likelier another field's (rivals.ts): its place is told, and neither value nor spelling. */
  readonly isDoubted?: boolean
}

/** What one window says of a scalar, or of a cell. */
export interface Reading {
  /** Log-probability of [CLS]. */
  readonly absent: number
  /** The best run, if it beats absence. */
  readonly best: Choice | undefined
  /** The best that also reads as the type: `best` itself when it does. */
  readonly typed: Choice | undefined
  /** Of a scalar without `best`: the run that is doubted. */
  readonly doubted?: Choice
}

/** Reads runs as a field's type; undefined when they do not read as one. */
export type Typist = (field: ScalarField, runs: readonly Run[]) => Value | undefined

/** What decoding needs to know besides the logits. */
export interface Decoder {
  readonly ground: Ground
  readonly typist: Typist
  /** A run is taken when its log-odds against absence exceed this. */
  readonly biasOf: (field: ScalarField) => number
  /** Boxes on the page that may be those of an enum or a boolean. */
  readonly boxesOf: (field: ScalarField) => Boxes
  /** Where the page names the columns of a table. */
  readonly headingsOf: (columns: readonly ScalarField[]) => Headings
}

/** A typed run is preferred down to this share of the best run's probability. */
export const TYPED_SHARE = Math.log(0.1)

/** A scalar that points at the page: its first mask, and the second for the rest of a broken value. A boolean's boxes say more than the model. */
export function decodeScalar(
  filled: Filled,
  part: Part,
  field: ScalarField,
  decoder: Decoder,
): Reading {
  const ground = cleared(decoder.ground)
  const bias = decoder.biasOf(field)
  const scores = pageScores(filled, part.firstMask)
  const boxed = field.type === 'boolean' ? booleanByBoxes(decoder, field, scores) : undefined
  if (boxed !== undefined) return boxed
  const best = taken(scores, ground, bias)
  if (best === undefined) return doubt(scores, ground)
  take(ground, best)
  const rest = taken(pageScores(filled, part.firstMask + 1), ground, bias)
  const candidates = rest === undefined ? [[best]] : [[best, rest], [best]]
  const choices = candidates.map((runs) => choose(field, runs, decoder.typist))
  const whole = choices.find(({ value }) => value !== undefined)
  const typed = whole ?? likelyTyped(scores, decoder, field, best)
  return { absent: scores.absent, best: whole ?? choices[0], typed }
}

function doubt(scores: MaskScores, ground: Ground): Reading {
  const run = taken(scores, ground, 0)
  return run === undefined
    ? nothing(scores.absent)
    : {
        ...nothing(scores.absent),
        doubted: { runs: [run], log: run.log, value: undefined, isDoubted: true },
      }
}

/**
 * An enum: which option, and the place on the page that says so. Where its options stand there with boxes, the ticked one is meant, and where
 * none is ticked, none. Else where the place pointed at spells one of the options, this one is meant: the model finds an answer more surely
 * than it names it. A choice without runs has no evidence.
 */
export function decodeEnum(
  filled: Filled,
  part: Part,
  field: ScalarField,
  decoder: Decoder,
): Reading {
  const positions = part.options.flatMap(({ first, last }) =>
    Array.from({ length: last - first + 1 }, (_, i) => first + i),
  )
  const bias = decoder.biasOf(field)
  const scores = positionScores(filled, part.firstMask, positions)
  const places = pageScores(filled, part.firstMask + 1)
  const logs = optionLogs(scores, part)
  const boxed = enumByBoxes(decoder, field, places, { logs, absent: scores.absent })
  if (boxed !== undefined) return boxed
  const evidence = taken(places, cleared(decoder.ground), bias)
  const spelt = evidence && choose(field, [evidence], decoder.typist)
  if (spelt?.value !== undefined) return { absent: scores.absent, best: spelt, typed: spelt }
  const log = Math.max(...logs)
  const value = field.options[logs.indexOf(log)]
  if (value === undefined || log - scores.absent <= bias) return nothing(scores.absent)
  const best = { runs: evidence === undefined ? [] : [evidence], log, value }
  return { absent: scores.absent, best, typed: best }
}

const nothing = (absent: number): Reading => ({ absent, best: undefined, typed: undefined })

/** The best run, if its log-odds against absence are high enough. */
function taken(scores: MaskScores, ground: Ground, absentBias: number): Run | undefined {
  const run = bestRun(scores, ground)
  return run !== undefined && run.log - scores.absent > absentBias ? run : undefined
}

/** The likeliest run that reads as the type, not much less likely than the best of all. */
function likelyTyped(
  scores: MaskScores,
  { ground, typist }: Decoder,
  field: ScalarField,
  best: Run,
): Choice | undefined {
  for (const run of likelyRuns(scores, ground)) {
    if (run.log < best.log + TYPED_SHARE) continue
    const choice = choose(field, [run], typist)
    if (choice.value !== undefined) return choice
  }
  return undefined
}

/** Runs as one value of a field. */
export function choose(field: ScalarField, runs: readonly Run[], typist: Typist): Choice {
  return { runs, log: runs.reduce((sum, { log }) => sum + log, 0), value: typist(field, runs) }
}

/** By option: start at its first token and end at its last. Scores are over the tokens of the options in order. */
function optionLogs({ start, end }: MaskScores, { options }: Part): readonly number[] {
  let at = 0
  return options.map(({ first, last }) => {
    const from = at
    at += last - first + 1
    return (start[from] ?? 0) + (end[at - 1] ?? 0)
  })
}
