// One document of a set through the running Worker: its pages and questions as a request, its answer as given values.
// Everything is asked as plain strings and compared in the page's own spelling (`raw`); a value that the service calls
// uncertain is a value. Documents beyond the service's limits are cut, and the cut is reported.

import type { FieldAnswer, ScalarAnswer } from '../../src/extraction/answer.ts'
import { MAX_FIELDS, MAX_LABEL_CHARS, MAX_PAGES, MAX_WORDS } from '../../src/limits.ts'
import { requestExtraction, type Service } from '../cli/api.ts'
import { documentFrom } from '../cli/document.ts'
import type { Question, Sample } from './datasets.ts'
import { hintsOf } from './hints.ts'
import type { Given, Truth } from './metrics.ts'
import type { Row } from './rows.ts'

export interface Asked {
  /** By scalar, list and enum, in the order asked. */
  readonly given: ReadonlyMap<string, readonly Given[]>
  /** By table. */
  readonly rows: ReadonlyMap<string, readonly Row[]>
  /** Of all requests that the document took, measured from outside. */
  readonly ms: number
  readonly truncated: boolean
}

/** One request, or several where there are more questions than one request may have. */
export async function ask(
  service: Service,
  dataset: string,
  sample: Sample,
  questions: readonly Question[],
): Promise<Asked> {
  const { document, truncated } = await documentOf(sample)
  const given = new Map<string, readonly Given[]>()
  const rows = new Map<string, readonly Row[]>()
  let ms = 0
  for (let from = 0; from < questions.length; from += MAX_FIELDS) {
    const names = namesFor(questions.slice(from, from + MAX_FIELDS))
    const schema = schemaOf(dataset, names)
    const timed = await requestExtraction(service, { document, schema })
    ms += timed.ms
    for (const [name, { field, kind }] of names) {
      const answer = timed.extraction.fields[name]
      if (answer === undefined) throw new Error(`${sample.id}: the answer lacks a field`)
      if ('rows' in answer) rows.set(field, answer.rows.map(cellsOf))
      else given.set(field, kind === 'enum' ? chosen(answer) : valuesOf(answer))
    }
  }
  return { given, rows, ms, truncated }
}

/** The true values of a field, each with every spelling that counts; none where the document lacks it. */
export function truthsOf(sample: Sample, field: string): readonly Truth[] {
  const choice = sample.choices?.[field]
  if (choice !== undefined) return choice.answer === null ? [] : [[choice.answer]]
  const normalised = listOf(sample.fields[field])
  const surface = listOf(sample.fields_surface?.[field])
  return normalised.map((text, i) => [...new Set([surface[i] ?? text, text])])
}

const listOf = (value: string | readonly string[] | undefined): readonly string[] =>
  (value === undefined ? [] : typeof value === 'string' ? [value] : value).filter(
    (text) => text.trim() !== '',
  )

async function documentOf(sample: Sample): Promise<{ document: unknown; truncated: boolean }> {
  if (sample.readFrom !== undefined)
    return { document: await documentFrom(sample.readFrom), truncated: false }
  const sizes = sample.pages ?? [sample.page]
  const words = sample.words.slice(0, MAX_WORDS)
  const pages = sizes.slice(0, MAX_PAGES).map(({ width, height }, p) => ({
    width,
    height,
    words: words.filter(({ page = 0 }) => page === p).map(({ text, box }) => ({ text, box })),
  }))
  const kept = pages.reduce((sum, page) => sum + page.words.length, 0)
  return { document: { pages }, truncated: kept < sample.words.length }
}

/** Property names, cut to what the service takes and kept apart. */
function namesFor(questions: readonly Question[]): Map<string, Question> {
  const names = new Map<string, Question>()
  for (const question of questions) {
    let name = question.field.slice(0, MAX_LABEL_CHARS)
    for (let n = 2; names.has(name); n++) {
      name = `${question.field.slice(0, MAX_LABEL_CHARS - 4)} ${n}`
    }
    names.set(name, question)
  }
  return names
}

function schemaOf(dataset: string, names: ReadonlyMap<string, Question>): unknown {
  const properties = Array.from(names, ([name, question]) => {
    return [name, { ...typeOf(question), ...hintsOf(dataset, question.field) }] as const
  })
  return { type: 'object', properties: Object.fromEntries(properties) }
}

function typeOf(question: Question): object {
  if (question.kind === 'enum') return { enum: question.options }
  if (question.kind === 'scalar') return { type: 'string' }
  if (question.kind === 'list') return { type: 'array', items: { type: 'string' } }
  const columns = question.columns.map((column) => [column, { type: 'string' }] as const)
  return {
    type: 'array',
    items: { type: 'object', properties: Object.fromEntries(columns) },
  }
}

/** An enum's value is compared as the schema spells it, wherever the page says so. */
function chosen(answer: FieldAnswer): readonly Given[] {
  if (!('value' in answer) || answer.value === null) return []
  return [{ text: String(answer.value), confidence: answer.confidence }]
}

function cellsOf(row: Readonly<Record<string, ScalarAnswer>>): Row {
  const cells = Object.entries(row).flatMap(([column, { raw }]) =>
    raw === null ? [] : [[column, raw] as const],
  )
  return Object.fromEntries(cells)
}

function valuesOf(answer: FieldAnswer): readonly Given[] {
  if ('rows' in answer) return []
  const scalars: readonly ScalarAnswer[] = 'items' in answer ? answer.items : [answer]
  return scalars.flatMap(({ raw, confidence }) =>
    raw === null || raw.trim() === '' ? [] : [{ text: raw, confidence }],
  )
}
