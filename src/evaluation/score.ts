// Scores of one schema over documents with their true values: of all fields together, of each field, and of each column of a table.
// Rows are compared column by column as multisets: whether the right cells were found, not whether they stand in one row.
import type { FieldAnswer } from '../extraction/answer'
import type { Field } from '../schema/field'
import { type Scores, Tally } from './tally'
import type { TrueRow, TrueScalar, TrueValue, Truth } from './truth'

interface FieldScores extends Scores {
  /** Of a table, by column. */
  readonly columns?: Readonly<Record<string, Scores>>
}

export interface SchemaScores {
  readonly overall: Scores
  readonly fields: Readonly<Record<string, FieldScores>>
}

interface Counted {
  readonly field: Field
  readonly own: Tally
  readonly columns: ReadonlyMap<string, Tally>
}

export class Scorer {
  private readonly all = new Tally()
  private readonly fields: readonly Counted[]

  constructor(fields: readonly Field[]) {
    this.fields = fields.map((field) => {
      const columns = field.kind === 'table' ? field.columns : []
      return {
        field,
        own: new Tally(),
        columns: new Map(columns.map((c) => [c.name, new Tally()])),
      }
    })
  }

  /** @param document its number, from 0. Fields that `truth` leaves out are not scored. */
  count(document: number, truth: Truth, answers: Readonly<Record<string, FieldAnswer>>): void {
    for (const { field, own, columns } of this.fields) {
      const [value, answer] = [truth[field.name], answers[field.name]]
      if (value === undefined || answer === undefined) continue
      if ('rows' in answer) {
        for (const [column, tally] of columns) {
          const truths = rowsOf(value).flatMap((row) => row[column] ?? [])
          const given = answer.rows.flatMap((row) => row[column] ?? [])
          for (const each of [tally, own, this.all]) each.count(document, truths, given)
        }
        continue
      }
      const given = 'items' in answer ? answer.items : [answer]
      for (const each of [own, this.all]) each.count(document, scalarsOf(value), given)
    }
  }

  scores(): SchemaScores {
    const fields = this.fields.map(({ field, own, columns }) => {
      const byColumn = Array.from(columns, ([name, tally]) => [name, tally.scores()] as const)
      const extra = columns.size === 0 ? {} : { columns: Object.fromEntries(byColumn) }
      return [field.name, { ...own.scores(), ...extra }] as const
    })
    return { overall: this.all.scores(), fields: Object.fromEntries(fields) }
  }
}

// parseTruth has held the value against its field.
const rowsOf = (value: TrueValue) => (value ?? []) as readonly TrueRow[]
const scalarsOf = (value: TrueValue) =>
  (Array.isArray(value) ? value : [value]) as readonly TrueScalar[]
