// Further passes: when the last mask of a list or table is filled, the rest of the window is read again from behind that
// item, by a template of the field alone, until the last mask stays empty. Context above the items is lost to such a
// pass; that is the price of a bounded number of masks.
import { ok, type Result } from '../failure'
import { MAX_ITEMS } from '../limits'
import type { Decoder } from './decode'
import { columnsOf, decodeItems, type Items, type ItemsField } from './items'
import type { PageTokens } from './page-tokens'
import type { Passes } from './passes'
import { lastToken, mergeRows, type Row, rowsOf } from './rows'
import type { Template } from './template'
import type { Window } from './windows'

/** Rows of a window and its further passes, and why they ended. */
export interface Chain {
  readonly rows: readonly Row[]
  /** `open`: enough items, or nothing new; `exhausted`: no passes left. There may be more items in both. */
  readonly end: 'complete' | 'open' | 'exhausted'
}

/** What further passes are made with. */
export interface FurtherMaker {
  readonly passes: Passes
  /** The field alone. */
  readonly template: Template
  readonly decoderFor: (window: Window) => Decoder
  readonly tokens: PageTokens
}

/**
 * The items of a window. `items` is what the first pass read of it, `next` the window after it, which reads the rest
 * by itself where it begins early enough. Fails as the filler does.
 */
export async function readItems(
  field: ItemsField,
  items: Items,
  window: Window,
  next: Window | undefined,
  maker: FurtherMaker,
): Promise<Result<Chain>> {
  const { passes, template, tokens } = maker
  const wanted = field.maxItems ?? MAX_ITEMS
  let rows = mergeRows(rowsOf(items), tokens.count)
  let rest = restOf(items, window)
  while (rest !== undefined && !isCovered(rest, next)) {
    if (rows.length >= wanted) return ok({ rows, end: 'open' })
    if (passes.left === 0) return ok({ rows, end: 'exhausted' })
    const filled = await passes.fill(template, rest)
    if (!filled.ok) return filled
    const [part] = template.parts
    if (part === undefined) throw new Error('A template without parts')
    const more = decodeItems(filled.value, part, columnsOf(field), maker.decoderFor(rest))
    const before = rows.length
    rows = mergeRows([...rows, ...rowsOf(more)], tokens.count)
    rest = restOf(more, rest)
    if (rest !== undefined && rows.length === before) return ok({ rows, end: 'open' })
  }
  return ok({ rows, end: 'complete' })
}

/** What of a window lies behind its last item, when its last mask is filled. */
function restOf(items: Items, { high }: Window): Window | undefined {
  const last = items.isFull ? lastToken(rowsOf(items)) : undefined
  return last === undefined ? undefined : { low: last + 1, high }
}

/** Whether nothing is left, or the next window begins early enough to read all of it anyway. */
const isCovered = (rest: Window, next: Window | undefined): boolean =>
  rest.low >= rest.high || (next !== undefined && next.low <= rest.low)
