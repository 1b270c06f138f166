// Further passes: when the last mask of a list or table is filled, the rest of the window is read again from behind that
// item, by a template of the field alone, until the last mask stays empty. Context above the items is lost to such a
// pass; that is the price of a bounded number of masks.
import { ok, type Result } from '../failure'
import { MAX_ITEMS } from '../limits'
import type { ScalarField, TableField } from '../schema/field'
import type { ListField } from '../schema/field'
import { columnsOf, decodeItems, type Decoder } from './decode'
import type { Filled } from './mask-scores'
import type { Passes } from './passes'
import { isFull, lastToken, type Row, rowsOf } from './rows'
import type { Part, Template } from './template'
import type { Window } from './windows'

/** Rows of a chain of passes, and why it ended. */
export interface Chain {
  readonly rows: readonly Row[]
  /** `open`: enough items, or nothing new; `exhausted`: no passes left. There may be more items in both. */
  readonly end: 'complete' | 'open' | 'exhausted'
}

export type ItemsField = ListField | TableField

/** What a chain of passes is made with. */
export interface ChainMaker {
  readonly passes: Passes
  /** The field alone. */
  readonly template: () => Template
  readonly decoderOf: (window: Window) => Decoder
}

/** The items that a window, and further passes over its rest, hold. `filled` is the pass over the whole window. */
export async function readItems(
  field: ItemsField,
  part: Part,
  filled: Filled,
  window: Window,
  next: Window | undefined,
  maker: ChainMaker,
): Promise<Result<Chain>> {
  const columns = columnsOf(field)
  const rows: Row[] = []
  let rest = read(part, filled, columns, window, maker, rows)
  while (rest !== undefined) {
    if (rest.low >= window.high || (next !== undefined && next.low <= rest.low)) break
    if (rows.length >= (field.maxItems ?? MAX_ITEMS)) return ok({ rows, end: 'open' })
    if (maker.passes.left === 0) return ok({ rows, end: 'exhausted' })
    const template = maker.template()
    const own = template.parts[0]
    if (own === undefined) break
    const pass = await maker.passes.fill(template, rest)
    if (!pass.ok) return pass
    const before = rows.length
    const low: number = rest.low
    rest = read(own, pass.value, columns, rest, maker, rows)
    if (rest !== undefined && (rows.length === before || rest.low <= low)) return ok({ rows, end: 'open' })
  }
  return ok({ rows, end: 'complete' })
}

/** Adds the rows of a pass to `rows`; what is left of the window when its last mask is filled. */
function read(
  part: Part,
  filled: Filled,
  columns: readonly ScalarField[],
  window: Window,
  { decoderOf }: ChainMaker,
  rows: Row[],
): Window | undefined {
  const items = decodeItems(filled, part, columns, decoderOf(window))
  const found = rowsOf(items)
  rows.push(...found)
  const last = lastToken(found)
  return isFull(items) && last !== undefined ? { low: last + 1, high: window.high } : undefined
}
