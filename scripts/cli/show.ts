// Shows an extraction to a person: a row for every field, item and cell, and how long the pass took.
import type { FieldAnswer, ScalarAnswer } from '../../src/extraction/answer.ts'
import type { Extraction, Timed } from './api.ts'
import { table } from './table.ts'

const HEAD = ['field', 'status', 'value', 'confidence', 'where']

export function printExtraction({ extraction, ms }: Timed): void {
  const rows = Object.entries(extraction.fields).flatMap(([name, answer]) => rowsOf(name, answer))
  console.log(table([HEAD, ...rows]))
  console.log(footer(extraction, ms))
}

function rowsOf(name: string, answer: FieldAnswer): string[][] {
  if ('rows' in answer) {
    const cells = answer.rows.flatMap((row, i) =>
      Object.entries(row).map(([column, cell]) => rowOf(`${name}[${i + 1}].${column}`, cell)),
    )
    return cells.length > 0 ? cells : [emptyRow(name, answer)]
  }
  if ('items' in answer) {
    const items = answer.items.map((item, i) => rowOf(`${name}[${i + 1}]`, item))
    return items.length > 0 ? items : [emptyRow(name, answer)]
  }
  return [rowOf(name, answer)]
}

function rowOf(name: string, { status, value, confidence, citations }: ScalarAnswer): string[] {
  const where = citations.map(({ page, box }) => `page ${page} [${box.map(Math.round).join(' ')}]`)
  return [
    name,
    status,
    value === null ? '' : String(value),
    confidence.toFixed(3),
    where.join(', '),
  ]
}

const emptyRow = (name: string, { status, confidence }: FieldAnswer) => [
  name,
  status,
  '',
  confidence.toFixed(3),
  '',
]

function footer({ passes, usage, model }: Extraction, ms: number): string {
  const size = Object.entries(usage).map(([what, count]) => `${count} ${what}`)
  const pass = passes === 1 ? 'one forward pass' : `${passes} forward passes`
  return `${pass} in ${Math.round(ms)} ms (${size.join(', ')}; ${model.name} ${model.version})\n`
}
