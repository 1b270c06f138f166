// The answer to an extraction, as api.md puts it on the wire (there it also has an id). Types only.
//
// When `value` is null, `status` says why, and nothing else means absence:
//   absent     the model found no such thing; `confidence` is the probability of that, `raw` is null
//   uncertain  the page has something there (`raw`, `citations`), but it does not read as the field's type; or it is not so much
//              likelier than absence that it may be called the value, or is likelier that of another field (then `raw` is null too, and `citations` say
//              where to look);
//              or, for an enum, an option was told without a place on the page that says so (`value` is the option, `raw` null)
import type { ModelInfo } from '../model/mask-filler'
import type { Citation } from './spelling'

export type Status =
  /** A value, with its source, that is likely enough. */
  | 'found'
  /** Not in the document. */
  | 'absent'
  /** Less likely than the release's threshold, of the wrong form, or without a source: look at the page. */
  | 'uncertain'
  /** More than could be returned: a run at the longest that is looked for, or items beyond the passes or items allowed. */
  | 'overflow'

export type Value = string | number | boolean

export interface ScalarAnswer {
  readonly status: Status
  /** Of the field's type: ISO 8601 dates and times, plain decimal numbers, an option as the schema spells it. */
  readonly value: Value | null
  /** The page's own spelling; null when nothing was pointed at, or nothing that may be called the value. */
  readonly raw: string | null
  /** Chance that the answer is right; of an absent field, that it is absent. 0..1. */
  readonly confidence: number
  /** One a visual row; empty when nothing was pointed at. */
  readonly citations: readonly Citation[]
}

interface ItemsAnswer {
  readonly status: Status
  /** False when there may be more items than are told. */
  readonly complete: boolean
  /** The least of its items' confidences; of an absent list, that it is absent. 0..1. */
  readonly confidence: number
}

export interface ListAnswer extends ItemsAnswer {
  readonly items: readonly ScalarAnswer[]
}

export interface TableAnswer extends ItemsAnswer {
  /** Every row has every column, an empty cell as `absent`. */
  readonly rows: readonly Readonly<Record<string, ScalarAnswer>>[]
}

export type FieldAnswer = ScalarAnswer | ListAnswer | TableAnswer

/** What an extraction cost. Words and tokens are the document's, not the template's. */
interface Usage extends Readonly<Record<string, number>> {
  readonly pages: number
  readonly words: number
  readonly tokens: number
}

export interface Answer {
  readonly model: Pick<ModelInfo, 'name' | 'version' | 'tier'>
  /** Forward passes. */
  readonly passes: number
  /** By field name, in the order of the schema. */
  readonly fields: Readonly<Record<string, FieldAnswer>>
  readonly usage: Usage
}
