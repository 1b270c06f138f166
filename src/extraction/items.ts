// The items of a list and the cells of a table, off all masks of a column together: docs/mask-protocol.md, 'Decoding', steps 2 to 4.
// Mask k points at item k, and where it wavers between the eighth and the ninth it gives a part of itself to each. Summed over
// the masks, the chances of a run say how often it is expected among the items, which is surer than any mask alone (docs/decisions/0006).
import type { ListField, ScalarField, TableField } from '../schema/field'
import { type Cell, candidatesOf, chancesOf, TOLD_SHARE } from './cells'
import { inColumns } from './columns'
import { type Choice, choose, type Decoder, type Reading, TYPED_SHARE } from './decode'
import { underHeadings } from './headings'
import { type Filled, type MaskScores, pageScores } from './mask-scores'
import { bestRun, cleared, isFree, type Run, take } from './runs'
import { completed, tabulated } from './table'
import type { Part } from './template'

/** What one window says of a list or table; a list is a table of one column. */
export interface Items {
  /** In the order of the page, each with a reading for every column. */
  readonly rows: readonly (readonly Reading[])[]
  /** The last mask of a column is filled: there may be more behind the last row. */
  readonly isFull: boolean
  /** The least log-probability, over columns, that the first item is not there. */
  readonly absent: number
}

export type ItemsField = ListField | TableField

/** Cells by column, empty ones undefined. */
export type TableRow = readonly (Cell | undefined)[]

/** The scalars whose values an item of a list or table consists of. */
export function columnsOf(field: ItemsField): readonly ScalarField[] {
  return field.kind === 'list' ? [field.item] : field.columns
}

/** Nothing is told unless one mask's best run beats absence by the bias. No token is told twice; whoever expects it the most has it. */
export function decodeItems(
  filled: Filled,
  part: Part,
  columns: readonly ScalarField[],
  decoder: Decoder,
): Items {
  const masks = columns.map((_, c) =>
    Array.from({ length: part.masks }, (_, k) =>
      pageScores(filled, part.firstMask + c * part.masks + k),
    ),
  )
  const absent = Math.min(0, ...masks.map(([first]) => first?.absent ?? 0))
  const ground = cleared(decoder.ground)
  const beats = (scores: MaskScores, bias: number) =>
    (bestRun(scores, ground)?.log ?? Number.NEGATIVE_INFINITY) - scores.absent > bias
  const biases = columns.map(decoder.biasOf)
  if (!masks.some((own, c) => own.some((scores) => beats(scores, biases[c] ?? 0))))
    return { rows: [], isFull: false, absent }
  const isFull = masks.some((own) => own.slice(-1).some((scores) => beats(scores, 0)))
  const chances = masks.map((own, column) => chancesOf(own, column, ground.taken.length))
  const found = chances.flatMap((own) => candidatesOf(own, ground))
  const placed = columns.length < 2 ? found : inPlace(found, columns, { ...decoder, ground })
  const candidates = placed.toSorted((a, b) => b.worth - a.worth)
  const own = { ...decoder, ground }
  const told = candidates.filter(({ run }) => run.log >= Math.log(TOLD_SHARE))
  const rows = tabulated(taken(told, candidates, columns, own), columns.length, ground)
  const whole = completed(rows, candidates, ground)
  return { rows: whole.map((row) => readingsOf(row, masks, columns, own)), isFull, absent }
}

/** What the page says of columns: its headings, and what stands above each other. */
function inPlace(
  found: readonly Cell[],
  columns: readonly ScalarField[],
  { ground, headingsOf }: Decoder,
): readonly Cell[] {
  return inColumns(underHeadings(found, headingsOf(columns), ground), columns.length, ground)
}

/** Of `told` those that no likelier one overlaps, or in their place what reads as the type of the column. Takes their tokens. */
function taken(
  told: readonly Cell[],
  candidates: readonly Cell[],
  columns: readonly ScalarField[],
  { ground, typist }: Decoder,
): readonly Cell[] {
  const reads = ({ column, run }: Cell) => {
    const field = columns[column]
    return field !== undefined && typist(field, [run]) !== undefined
  }
  const cells: Cell[] = []
  for (const best of told) {
    if (!isFree(ground, best.run)) continue
    const instead = (other: Cell) =>
      other.column === best.column &&
      overlap(other.run, best.run) &&
      other.run.log >= best.run.log + TYPED_SHARE &&
      isFree(ground, other.run) &&
      reads(other)
    const cell = reads(best) ? best : (candidates.find(instead) ?? best)
    take(ground, cell.run)
    cells.push(cell)
  }
  return cells
}

const overlap = (a: Run, b: Run): boolean => a.first <= b.last && b.first <= a.last

/** An empty cell is as absent as the likeliest mask of its row says. */
function readingsOf(
  row: TableRow,
  masks: readonly (readonly MaskScores[])[],
  columns: readonly ScalarField[],
  { typist }: Decoder,
): readonly Reading[] {
  const chances = (masks[0] ?? []).map((_, k) =>
    row.reduce((sum, cell) => sum + (cell?.byMask[k] ?? 0), 0),
  )
  const likeliest = chances.indexOf(Math.max(...chances))
  return columns.map((field, c) => {
    const cell = row[c]
    const absent = masks[c]?.[likeliest]?.absent ?? 0
    const best: Choice | undefined = cell && choose(field, [cell.run], typist)
    return { absent, best, typed: best?.value === undefined ? undefined : best }
  })
}
