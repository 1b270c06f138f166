// What check boxes say of an enum or a boolean, where they settle it; undefined where the model decides (docs/decisions/0001).
import type { ScalarField } from '../schema/field'
import type { Value } from './answer'
import type { BoxedOption, BoxGroup } from './check-boxes'
import type { Decoder, Reading } from './decode'
import type { MaskScores } from './mask-scores'
import type { Ground } from './runs'
import { YES_WORDS } from './values/boolean'

/** What boxes say that are ticked or empty is this sure at least. */
const BOXED_LOG = Math.log(0.95)
/** The boxes are this field's if its label stands before them, if so many options do, or if so much of its evidence is among them. */
const OWN_OPTIONS = 3
const OWN_SHARE = 0.05

/** The ticked option, or absent where none is. `places` is where the evidence may stand, `logs` are of the options. */
export function enumByBoxes(
  { ground, boxesOf }: Decoder,
  field: ScalarField,
  places: MaskScores,
  { logs, absent }: { readonly logs: readonly number[]; readonly absent: number },
): Reading | undefined {
  const group = ownGroup(boxesOf(field).groups, ground, places)
  const ticked = group?.boxes.filter(({ isTicked }) => isTicked)
  if (ticked?.length === 0) return empty(absent)
  const [box] = ticked ?? []
  const value = box && field.options[box.option]
  if (box === undefined || value === undefined || ticked?.length !== 1) return undefined
  return said(value, box, Math.max(BOXED_LOG, logs[box.option] ?? BOXED_LOG), absent)
}

/** Yes or no as ticked, absent where neither is; or whether the box is ticked that the label of the field stands beside. */
export function booleanByBoxes(
  { ground, boxesOf }: Decoder,
  field: ScalarField,
  places: MaskScores,
): Reading | undefined {
  const { groups, own } = boxesOf(field)
  const group = ownGroup(groups, ground, places)
  const ticked = group?.boxes.filter(({ isTicked }) => isTicked)
  if (ticked?.length === 0) return empty(places.absent)
  const [box] = ticked ?? []
  if (box !== undefined && ticked?.length === 1)
    return said(box.option < YES_WORDS.length, box, BOXED_LOG, places.absent)
  if (group !== undefined || own === undefined || !isIn(own, ground)) return undefined
  return said(own.isTicked, own, BOXED_LOG, places.absent)
}

function ownGroup(
  groups: readonly BoxGroup[],
  ground: Ground,
  { start }: MaskScores,
): BoxGroup | undefined {
  const { low } = ground.window
  const shareOf = ({ first, last }: BoxGroup) =>
    start.subarray(first - low, last - low + 1).reduce((sum, log) => sum + Math.exp(log), 0)
  const own = groups
    .filter((group) => isIn(group, ground))
    .map((group) => ({ group, share: shareOf(group) }))
    .filter(({ group, share }) => {
      return group.isLabelled || group.boxes.length >= OWN_OPTIONS || share >= OWN_SHARE
    })
    .map(({ group, share }) => ({ group, worth: share + Number(group.isLabelled) }))
  return own.sort((a, b) => b.worth - a.worth)[0]?.group
}

const isIn = ({ first, last }: Pick<BoxedOption, 'first' | 'last'>, { window }: Ground): boolean =>
  first >= window.low && last < window.high

function said(value: Value, { first, last }: BoxedOption, log: number, absent: number): Reading {
  const best = { runs: [{ first, last, log }], log, value }
  return { absent, best, typed: best }
}

const empty = (absent: number): Reading => ({
  absent: Math.max(absent, BOXED_LOG),
  best: undefined,
  typed: undefined,
})
