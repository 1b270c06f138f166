// From the logits of one window to what its masks say: docs/mask-protocol.md, 'Decoding', steps 1, 2, 4 and 5.
// Windows are joined later (join.ts, rows.ts); nothing here knows another window.
import type { ListField, ScalarField, TableField } from '../schema/field'
import type { Value } from './answer'
import { type Filled, type MaskScores, pageScores, positionScores } from './mask-scores'
import { bestRun, cleared, type Ground, likelyRuns, type Run, take } from './runs'
import type { Part } from './template'

/** Runs that are one value together, their log-probability, and the value if they read as the field's type. */
export interface Choice {
  readonly runs: readonly Run[]
  readonly log: number
  readonly value: Value | undefined
}

/** What one window says of a scalar, or a mask of an item. */
export interface Reading {
  /** Log-probability of [CLS]. */
  readonly absent: number
  /** The best run, if it beats absence. */
  readonly best: Choice | undefined
  /** The best that also reads as the type: `best` itself when it does. */
  readonly typed: Choice | undefined
  /** Of a scalar: the best run where it is likelier than absence, but not by enough to be given; without a value. */
  readonly doubted?: Choice
}

/** Readings by column and mask; a list is a table of one column. */
export type Columns = readonly (readonly Reading[])[]

export type ItemsField = ListField | TableField

/** Reads runs as a field's type; undefined when they do not read as one. */
export type Typist = (field: ScalarField, runs: readonly Run[]) => Value | undefined

/** What decoding needs to know besides the logits. */
export interface Decoder {
  readonly ground: Ground
  readonly typist: Typist
  /** A run is taken when its log-odds against absence exceed this. */
  readonly absentBias: number
}

/** A typed run is preferred down to this share of the best run's probability. */
export const TYPED_SHARE = Math.log(0.1)

/** A scalar that points at the page: its first mask, and the second for the rest of a broken value. */
export function decodeScalar(
  filled: Filled,
  part: Part,
  field: ScalarField,
  decoder: Decoder,
): Reading {
  const ground = cleared(decoder.ground)
  const scores = pageScores(filled, part.firstMask)
  const best = taken(scores, ground, decoder.absentBias)
  if (best === undefined) return doubt(scores, ground)
  take(ground, best)
  const rest = taken(pageScores(filled, part.firstMask + 1), ground, decoder.absentBias)
  const candidates = rest === undefined ? [[best]] : [[best, rest], [best]]
  const choices = candidates.map((runs) => choose(field, runs, decoder.typist))
  const whole = choices.find(({ value }) => value !== undefined)
  const typed = whole ?? likelyTyped(scores, decoder, field, best)
  return { absent: scores.absent, best: whole ?? choices[0], typed }
}

function doubt(scores: MaskScores, ground: Ground): Reading {
  const nothing = { absent: scores.absent, best: undefined, typed: undefined }
  const run = taken(scores, ground, 0)
  return run === undefined
    ? nothing
    : { ...nothing, doubted: { runs: [run], log: run.log, value: undefined } }
}

/** An enum: which option, and the place on the page that says so. A choice without runs has no evidence. */
export function decodeEnum(
  filled: Filled,
  part: Part,
  field: ScalarField,
  decoder: Decoder,
): Reading {
  const positions = part.options.flatMap(({ first, last }) =>
    Array.from({ length: last - first + 1 }, (_, i) => first + i),
  )
  const scores = positionScores(filled, part.firstMask, positions)
  const logs = optionLogs(scores, part)
  const index = logs.indexOf(Math.max(...logs))
  const log = logs[index] ?? Number.NEGATIVE_INFINITY
  const value = field.options[index]
  if (value === undefined || log - scores.absent <= decoder.absentBias) {
    return { absent: scores.absent, best: undefined, typed: undefined }
  }
  const evidence = taken(
    pageScores(filled, part.firstMask + 1),
    cleared(decoder.ground),
    decoder.absentBias,
  )
  const best = { runs: evidence === undefined ? [] : [evidence], log, value }
  return { absent: scores.absent, best, typed: best }
}

/** A list or a table: every mask of every column; masks of one column take no token twice. */
export function decodeItems(
  filled: Filled,
  part: Part,
  columns: readonly ScalarField[],
  decoder: Decoder,
): Columns {
  return columns.map((column, c) => {
    const own = { ...decoder, ground: cleared(decoder.ground) }
    const first = part.firstMask + c * part.masks
    return Array.from({ length: part.masks }, (_, k) =>
      decodeItem(pageScores(filled, first + k), column, own),
    )
  })
}

/** The scalars whose values an item of a list or table consists of. */
export function columnsOf(field: ItemsField): readonly ScalarField[] {
  return field.kind === 'list' ? [field.item] : field.columns
}

function decodeItem(scores: MaskScores, field: ScalarField, decoder: Decoder): Reading {
  const { absent } = scores
  const run = taken(scores, decoder.ground, decoder.absentBias)
  if (run === undefined) return { absent, best: undefined, typed: undefined }
  const best = choose(field, [run], decoder.typist)
  const typed = best.value === undefined ? likelyTyped(scores, decoder, field, run) : best
  for (const it of (typed ?? best).runs) take(decoder.ground, it)
  return { absent, best: typed ?? best, typed }
}

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

function choose(field: ScalarField, runs: readonly Run[], typist: Typist): Choice {
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
