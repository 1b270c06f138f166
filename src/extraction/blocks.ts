// What one field puts into a template: its label, its masks and, for an enum, its options. A table puts in one such part
// a column. Where the wished-for size does not fit a template by itself, there are fewer masks (further passes make up
// for them), then shorter labels; only then is the field refused.
import { fail, ok, type Result } from '../failure'
import { pointerOf } from '../issues'
import { MAX_LABEL_TOKENS, MAX_TEMPLATE_TOKENS } from '../limits'
import type { Field, ScalarField } from '../schema/field'
import type { Wordpiece } from '../text/wordpiece'

/** Positions of a whole option, both inclusive. */
export interface OptionSpan {
  readonly first: number
  readonly last: number
}

/** Tokens of one field, positions counted from its own beginning. */
export interface Block {
  readonly field: Field
  readonly ids: readonly number[]
  /** By token: 0, or for a mask its number, from 1. */
  readonly slot: readonly number[]
  /** Masks of a scalar or list, or of each column of a table. */
  readonly masks: number
  /** Of an enum, in the order of the field's options; else empty. */
  readonly options: readonly OptionSpan[]
}

/** Tokens of a block that a template has room for: all but [CLS] and [SEP]. */
export const MAX_BLOCK_TOKENS = MAX_TEMPLATE_TOKENS - 2

const SCALAR_MASKS = 2
const ITEM_MASKS = [32, 16, 8] as const
const DEFAULT_ITEM_MASKS = 16
const LABEL_CUTS = [MAX_LABEL_TOKENS, MAX_LABEL_TOKENS / 2, MAX_LABEL_TOKENS / 4] as const

/** The block of a field. Fails as `invalid`, at the field's place in the schema, when no size of it fits a template. */
export function blockOf(field: Field, wordpiece: Wordpiece): Result<Block> {
  const unreadable = unreadableLabel(field, wordpiece)
  if (unreadable !== undefined) return unreadable
  for (const cut of LABEL_CUTS) {
    for (const masks of maskCounts(field)) {
      const block = tokenise(field, masks, cut, wordpiece)
      if (block.ids.length <= MAX_BLOCK_TOKENS) return ok(block)
    }
  }
  return refuse(field.name, tooLong(field))
}

/** Numbers of masks to try, the best first. */
function maskCounts(field: Field): readonly number[] {
  if (field.kind === 'scalar') return [SCALAR_MASKS]
  const most = ITEM_MASKS.findLast((masks) => masks >= (field.maxItems ?? DEFAULT_ITEM_MASKS))
  return ITEM_MASKS.filter((masks) => masks <= (most ?? ITEM_MASKS[0]))
}

function tooLong({ kind }: Field): string {
  if (kind === 'table') return 'The columns do not fit one template; ask for fewer of them'
  return 'The field does not fit one template; give fewer or shorter options'
}

function tokenise(field: Field, masks: number, cut: number, wordpiece: Wordpiece): Block {
  const ids: number[] = []
  const slot: number[] = []
  const options: OptionSpan[] = []
  const push = (id: number, number = 0) => {
    ids.push(id)
    slot.push(number)
  }
  for (const label of labelsOf(field)) {
    for (const id of labelIds(label, wordpiece).slice(0, cut)) push(id)
    for (let number = 1; number <= masks; number++) push(wordpiece.special.mask, number)
  }
  for (const option of field.kind === 'scalar' ? field.options : []) {
    const first = ids.length
    for (const id of labelIds(option, wordpiece)) push(id)
    options.push({ first, last: ids.length - 1 })
    push(wordpiece.special.comma)
  }
  return { field, ids, slot, masks, options }
}

/** What stands before each run of masks: one label, or one a column. */
function labelsOf(field: Field): readonly string[] {
  if (field.kind === 'scalar') return [joined(field)]
  if (field.kind === 'list') return [joined(field.item)]
  return field.columns.map((column) => `${field.label} / ${joined(column)}`)
}

const joined = ({ labels }: ScalarField): string => labels.join(' / ')

const labelIds = (label: string, wordpiece: Wordpiece): readonly number[] =>
  wordpiece.encode(label.toLowerCase()).ids.slice(0, MAX_LABEL_TOKENS)

/** A label or option of which the tokenizer leaves nothing: the model could not tell what it is asked. */
function unreadableLabel(field: Field, wordpiece: Wordpiece): Result<never> | undefined {
  const empty = (text: string) => labelIds(text, wordpiece).length === 0
  if (labelsOf(field).some(empty)) return refuse(field.name, 'Nothing readable in the name')
  if (field.kind === 'scalar' && field.options.some(empty)) {
    return refuse(field.name, 'Nothing readable in an option')
  }
  return undefined
}

const refuse = (name: string, detail: string): Result<never> =>
  fail({ kind: 'invalid', issues: [{ pointer: pointerOf(['properties', name]), detail }] })
