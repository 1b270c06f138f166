// The answer of a list or a table from the chains of passes over its windows: rows merged, cut at what was asked for,
// and told honestly whether there may be more.
import { MAX_ITEMS } from '../limits'
import type { FieldAnswer, ScalarAnswer, Status } from './answer'
import { type Scribe, scalarAnswer } from './answer-scalar'
import { confidenceOf } from './confidence'
import type { Chain } from './further'
import { columnsOf, type ItemsField } from './items'
import type { Row } from './rows'

/** What is read of a list or a table. `absent` is the least log-probability, over windows and columns, that the first item is not there. */
export interface ItemsRead {
  readonly field: ItemsField
  readonly chains: readonly Chain[]
  readonly rows: readonly Row[]
  readonly absent: number
}

export function itemsAnswer(
  { field, chains, rows, absent }: ItemsRead,
  scribe: Scribe,
): FieldAnswer {
  const kept = rows.slice(0, field.maxItems ?? MAX_ITEMS)
  const complete = kept.length === rows.length && chains.every(({ end }) => end === 'complete')
  const cells = kept.map((row) => cellsOf(field, row, scribe))
  const isExhausted = chains.some(({ end }) => end === 'exhausted')
  const isCutByUs = field.maxItems === undefined && rows.length > kept.length
  const there = cells.flat().filter(({ status }) => status !== 'absent')
  const answer = {
    status: isExhausted || isCutByUs ? 'overflow' : statusOf(there),
    complete,
    confidence:
      there.length === 0
        ? confidenceOf(absent, 'absent', scribe.info)
        : there.reduce((least, { confidence }) => Math.min(least, confidence), 1),
  } as const
  if (field.kind === 'list') return { ...answer, items: cells.flat() }
  const names = field.columns.map(({ name }) => name)
  const rowOf = (row: readonly ScalarAnswer[]) =>
    Object.fromEntries(row.map((cell, i) => [names[i] ?? '', cell]))
  return { ...answer, rows: cells.map(rowOf) }
}

function cellsOf(field: ItemsField, { cells, absent }: Row, scribe: Scribe): ScalarAnswer[] {
  return columnsOf(field).map((column, i) => scalarAnswer(column, cells[i], absent[i] ?? 0, scribe))
}

/** Found when anything is; uncertain when every item is. */
function statusOf(there: readonly ScalarAnswer[]): Status {
  if (there.length === 0) return 'absent'
  return there.some(({ status }) => status === 'found') ? 'found' : 'uncertain'
}
