// Where the page itself names the columns of a table: labels of columns that stand beside each other in one visual row head what is
// below them, and what stands under another's heading is another's (docs/decisions/0006, 'What stands under a heading').
import type { ScalarField } from '../schema/field'
import { type Cell, merged } from './cells'
import { ASTRAY, COLUMN_OVERLAP, lessLikely, sharedWidth, type Width, widthOf } from './columns'
import { labelWord, labelWords } from './label-words'
import { LAYOUT_SIZE } from './layout'
import type { PageTokens } from './page-tokens'
import type { Ground } from './runs'

/** `column` undefined: a heading of something that is not asked. */
interface Heading extends Width {
  readonly column: number | undefined
}

/** By page the visual row that heads its table, and what stands there. */
export type Headings = ReadonlyMap<
  number,
  { readonly row: number; readonly headings: readonly Heading[] }
>

/** A column that is headed elsewhere has a cell here this seldom. */
const ELSEWHERE = 0.01
/** So many columns of a table must be named in one row: one label alone may stand anywhere. */
const LEAST_NAMED = 2
/** Words of a row from which a label is looked for: a row may have thousands, and a table hundreds of columns. */
const MOST_IN_ROW = 12

interface Place extends Width {
  readonly text: string
  readonly page: number
  readonly row: number
  readonly stretch: number
}

/** Words [from, to) that spell a label of a column. */
interface Named {
  readonly column: number
  readonly from: number
  readonly to: number
}

/** Where columns with these labels are headed; nowhere on most pages. */
export function headingsOf(tokens: PageTokens, columns: readonly ScalarField[]): Headings {
  const places = placesOf(tokens)
  const byText = Map.groupBy(places.keys(), (at) => places[at]?.text ?? '')
  const named = columns.flatMap((field, column) =>
    field.labels.flatMap((label) =>
      standing(label, places, byText).map((at) => ({ column, ...at })),
    ),
  )
  const heads = new Map<number, readonly Named[]>()
  for (const row of Map.groupBy(named, ({ from }) => places[from]?.row ?? 0).values()) {
    const own = apart(row)
    const page = places[own[0]?.from ?? 0]?.page ?? 0
    if (own.length >= LEAST_NAMED && own.length > (heads.get(page)?.length ?? 0))
      heads.set(page, own)
  }
  return new Map(Array.from(heads, ([page, own]) => [page, headingRow(own, places)]))
}

/** Words of letters and digits in raster order. */
function placesOf({ words, count, word, layout }: PageTokens): readonly Place[] {
  const widths = new Map<number, Width>()
  for (let token = 0; token < count; token++) {
    const at = word[token] ?? 0
    const left = layout[token * LAYOUT_SIZE] ?? 0
    const right = layout[token * LAYOUT_SIZE + 2] ?? 0
    widths.set(at, { left: widths.get(at)?.left ?? left, right })
  }
  return words.flatMap(({ text, page, row, stretch }, at) => {
    const width = widths.get(at)
    const own = labelWord(text)
    return width === undefined || own === '' ? [] : [{ text: own, page, row, stretch, ...width }]
  })
}

/** Where a label stands as words of its own in one row. */
function standing(
  label: string,
  places: readonly Place[],
  byText: ReadonlyMap<string, readonly number[]>,
): readonly Omit<Named, 'column'>[] {
  const parts = labelWords(label)
  const isHere = (from: number) =>
    parts.every((part, i) => {
      const place = places[from + i]
      return place?.text === part && place.row === places[from]?.row
    })
  const starts = byText.get(parts[0] ?? '') ?? []
  const rows = Map.groupBy(starts, (from) => places[from]?.row ?? 0).values()
  return [...rows]
    .flatMap((row) => row.slice(0, MOST_IN_ROW).filter(isHere))
    .map((from) => ({ from, to: from + parts.length }))
}

/** Of what is named in a row one place a column, none over another, longer labels first. */
function apart(named: readonly Named[]): readonly Named[] {
  const own: Named[] = []
  for (const one of named.toSorted((a, b) => b.to - b.from - (a.to - a.from))) {
    const isTaken = own.some(
      ({ column, from, to }) => column === one.column || (from < one.to && one.from < to),
    )
    if (!isTaken) own.push(one)
  }
  return own
}

/** The columns' own headings, and the rest of their row by stretch. */
function headingRow(own: readonly Named[], places: readonly Place[]) {
  const row = places[own[0]?.from ?? 0]?.row ?? 0
  const rest = Array.from(places.entries()).filter(
    ([at, place]) => place.row === row && !own.some(({ from, to }) => from <= at && at < to),
  )
  const widthFrom = (parts: readonly Place[]) => ({
    left: Math.min(...parts.map(({ left }) => left)),
    right: Math.max(...parts.map(({ right }) => right)),
  })
  const groups = Map.groupBy(rest, ([, { stretch }]) => stretch).values()
  const others = Array.from(groups, (group) => ({
    column: undefined,
    ...widthFrom(group.map(([, place]) => place)),
  }))
  const asked = own.map(({ column, from, to }) => ({
    column,
    ...widthFrom(places.slice(from, to)),
  }))
  return { row, headings: [...asked, ...others] }
}

/**
 * The same candidates, each in the column under whose heading it stands: the model expects a cell there and only wavers about whose. What
 * stands under a heading that is not asked is less likely of a column that has one of its own.
 */
export function underHeadings(
  cells: readonly Cell[],
  heads: Headings,
  ground: Ground,
): readonly Cell[] {
  return heads.size === 0 ? cells : merged(cells.map((cell) => placed(cell, heads, ground)))
}

function placed(cell: Cell, heads: Headings, ground: Ground): Cell {
  const at = cell.run.first - ground.window.low
  const head = heads.get(ground.page[at] ?? 0)
  if (head === undefined || (ground.row[at] ?? 0) <= head.row) return cell
  const width = widthOf(cell.run, ground)
  const over = head.headings
    .filter((heading) => sharedWidth(width, heading) > COLUMN_OVERLAP)
    .toSorted((a, b) => sharedWidth(width, b) - sharedWidth(width, a))
  const isOwn = ({ column }: Heading) => column === cell.column
  if (over.some(isOwn)) {
    const headed = { ...cell, isHeaded: true }
    return over.length === 1 ? headed : lessLikely(headed, ASTRAY)
  }
  const [nearest] = over
  if (nearest === undefined) return cell
  if (nearest.column !== undefined) return { ...cell, column: nearest.column, isHeaded: true }
  return head.headings.some(isOwn) ? lessLikely(cell, ELSEWHERE) : cell
}
