// What the evaluation prints: one JSON object for machines, tables for people. Shares are 0..100, times in ms.
import { table } from '../cli/table.ts'
import {
  count,
  emptyTally,
  type Given,
  percentile,
  type Shares,
  shares,
  type Tally,
  type Truth,
} from './metrics.ts'
import { countRows, type Row, type RowShares, rowShares } from './rows.ts'

export interface Report extends Shares {
  readonly documents: number
  readonly median_ms: number | null
  readonly p95_ms: number | null
  /** Documents that were cut to the service's limits, and those that were refused (scored as without values). */
  readonly truncated: number
  readonly failed: number
  /** Whole rows of tables, and choices among options, where a set has any; they are not in the figures above. */
  readonly rows?: RowShares
  readonly enums?: Shares
  readonly fields: Readonly<Record<string, Shares>>
}

/** Collects the outcomes of one set, or of all. */
export class Scores {
  private readonly all = emptyTally()
  private readonly byField = new Map<string, Tally>()
  private readonly enums = emptyTally()
  private readonly rows = { truths: 0, given: 0, right: 0 }
  private readonly times: number[] = []
  private documents = 0
  private truncated = 0
  private failed = 0

  field(name: string, truths: readonly Truth[], given: readonly Given[]): void {
    const tally = this.byField.get(name) ?? emptyTally()
    this.byField.set(name, tally)
    count(tally, truths, given)
    count(this.all, truths, given)
  }

  choice(truths: readonly Truth[], given: readonly Given[]): void {
    count(this.enums, truths, given)
  }

  table(truths: readonly Row[], given: readonly Row[]): void {
    countRows(this.rows, truths, given)
  }

  /** @param ms undefined for a document that failed */
  document(ms: number | undefined, truncated: boolean): void {
    this.documents++
    if (truncated) this.truncated++
    if (ms === undefined) this.failed++
    else this.times.push(ms)
  }

  report(): Report {
    const fields = Array.from(
      this.byField,
      ([name, tally]) => [name, rounded(shares(tally))] as const,
    )
    return {
      documents: this.documents,
      ...rounded(shares(this.all)),
      median_ms: round(percentile(this.times, 50)),
      p95_ms: round(percentile(this.times, 95)),
      truncated: this.truncated,
      failed: this.failed,
      ...(this.rows.truths + this.rows.given > 0 ? { rows: rowShares(this.rows) } : {}),
      ...(this.enums.truths + this.enums.absent > 0 ? { enums: rounded(shares(this.enums)) } : {}),
      fields: Object.fromEntries(fields),
    }
  }
}

/** A table by field; of sets with very many fields only the total. */
export function printReport(name: string, report: Report): void {
  const { documents, median_ms, p95_ms, truncated, failed } = report
  const fields = Object.entries(report.fields)
  const shown = fields.length > MOST_ROWS ? [] : fields
  const head = ['', 'exact', 'letters+digits', 'F1', 'ANLS', 'absent filled', 'ECE']
  const choices = report.enums === undefined ? [] : [['choices', report.enums] as const]
  const rows = [...shown, ['in all', report] as const, ...choices].map(([field, of]) => {
    return [field, ...cells(of)]
  })
  console.log(`\n${name}: ${documents} documents, median ${median_ms} ms, P95 ${p95_ms} ms`)
  if (truncated > 0) console.log(`  ${truncated} cut to the limits of the service`)
  if (failed > 0) console.log(`  ${failed} refused or failed, scored as without values`)
  if (shown.length < fields.length)
    console.log(`  ${fields.length} fields, not listed; --json has them`)
  console.log(table([head, ...rows]))
  if (report.rows !== undefined) {
    const { precision, recall, f1 } = report.rows
    console.log(`  whole rows of tables: precision ${precision}, recall ${recall}, F1 ${f1}`)
  }
}

const MOST_ROWS = 40

const cells = (of: Shares): string[] =>
  [of.exact, of.letters_digits, of.f1, of.anls, of.absent_filled, of.ece].map(
    (value) => value?.toFixed(1) ?? '',
  )

const round = (value: number | null) => (value === null ? null : Math.round(value * 100) / 100)

function rounded(all: Shares): Shares {
  return {
    exact: round(all.exact),
    letters_digits: round(all.letters_digits),
    f1: round(all.f1),
    anls: round(all.anls),
    absent_filled: round(all.absent_filled),
    ece: round(all.ece),
  }
}
