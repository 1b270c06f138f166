// The whole pure way from a document and its fields to the answer: tokens, templates, windows, passes, decoding, values.
// Every window is read by every template first; lists and tables that are full then share the passes that are left.
// The filler is the only thing that waits; it is called for one sequence at a time. A job (jobs/read.ts) goes the same way in steps.
import type { Document } from '../document/words'
import { ok, type Result } from '../failure'
import { MAX_PASSES } from '../limits'
import type { MaskFiller, ModelInfo } from '../model/mask-filler'
import type { Field, ScalarField } from '../schema/field'
import type { Wordpiece } from '../text/wordpiece'
import type { Answer, FieldAnswer } from './answer'
import { type ItemsRead, itemsAnswer } from './answer-items'
import { scalarAnswer } from './answer-scalar'
import { boxesAmong } from './check-boxes'
import { cluesOf } from './clues'
import type { Decoder, Typist } from './decode'
import { type Chain, readItems } from './further'
import { type Gathered, gather, readWindow, type WindowReading } from './gather'
import { headingsOf } from './headings'
import type { Items, ItemsField } from './items'
import { joinWindows } from './join'
import type { PageTokens } from './page-tokens'
import { Passes } from './passes'
import { printedAmong } from './printed'
import { rowsApart } from './rival-rows'
import { settled } from './rivals'
import { mergeRows } from './rows'
import { groundOf } from './runs'
import { spellingOf } from './spelling'
import { type Survey, survey } from './survey'
import { templatesOf } from './template'
import { parseValue } from './values'
import type { Window } from './windows'

/** Log-odds that a value needs against absence where its own label is printed. */
const PRINTED_BIAS = 1

/** One extraction under way. */
export interface Work extends Survey {
  readonly info: ModelInfo
  readonly passes: Passes
  readonly wordpiece: Wordpiece
  readonly decoderFor: (window: Window) => Decoder
  /** Whether a label of a field stands on a page. */
  readonly isPrinted: (field: ScalarField) => boolean
}

/**
 * Fields of a document, each with value, source and confidence. Fails as `survey` does, with at most MAX_PASSES, and as the
 * filler does.
 */
export async function extract(
  document: Document,
  fields: readonly Field[],
  filler: MaskFiller,
  wordpiece: Wordpiece,
): Promise<Result<Answer>> {
  const surveyed = survey(document, fields, wordpiece, MAX_PASSES)
  if (!surveyed.ok) return surveyed
  const passes = new Passes(filler, surveyed.value.tokens, MAX_PASSES)
  const work = await begin(surveyed.value, passes, filler, wordpiece)
  if (!work.ok) return work
  const readings: WindowReading[] = []
  for (const window of work.value.windows) {
    const reading = await readOne(work.value, window)
    if (!reading.ok) return reading
    readings.push(reading.value)
  }
  return answer(work.value, readings)
}

/** Loads the model where it is not loaded. Fails as the filler does. */
export async function begin(
  surveyed: Survey,
  passes: Passes,
  filler: MaskFiller,
  wordpiece: Wordpiece,
): Promise<Result<Work>> {
  const info = await filler.info()
  if (!info.ok) return info
  const { tokens } = surveyed
  const typist = typistFor(tokens)
  const printed = printedAmong(tokens.words)
  const isPrinted = once(({ labels }: ScalarField) => printed(labels))
  const biasOf = biasesFor(isPrinted, info.value)
  const boxesOf = once(boxesAmong(tokens))
  const headings = once((columns: readonly ScalarField[]) => headingsOf(tokens, columns))
  const decoderFor = (window: Window) => {
    return { ground: groundOf(window, tokens), typist, biasOf, boxesOf, headingsOf: headings }
  }
  return ok({ ...surveyed, info: info.value, passes, wordpiece, decoderFor, isPrinted })
}

/** What one window says. Fails as the filler does. */
export const readOne = (work: Work, window: Window): Promise<Result<WindowReading>> =>
  readWindow(work.templates, window, work.passes, work.decoderFor(window))

/** `readings` of all windows, in their order. Makes the further passes that lists and tables need; fails as the filler does. */
export async function answer(
  work: Work,
  readings: readonly WindowReading[],
): Promise<Result<Answer>> {
  const { scalars, items } = gather(work.templates, readings)
  const claims = work.fields
    .filter((field) => field.kind === 'scalar')
    .map((field) => ({ field, ...joinWindows(scalars.get(field) ?? []) }))
  const claimOf = new Map(settled(claims, work.isPrinted).map((claim) => [claim.field, claim]))
  const read = await allItems(items, work)
  if (!read.ok) return read
  const answers = work.fields.map((field): [string, FieldAnswer] => {
    if (field.kind === 'scalar') {
      const { choice, absent = 0 } = claimOf.get(field) ?? {}
      return [field.name, scalarAnswer(field, choice, absent, work)]
    }
    const one = read.value.get(field)
    if (one === undefined) throw new Error('A list that was not read')
    return [field.name, itemsAnswer(one, work)]
  })
  const { tokens, pages, passes } = work
  const { name, version, tier } = work.info
  return ok({
    model: { name, version, tier },
    passes: passes.count,
    fields: Object.fromEntries(answers),
    usage: { pages, words: tokens.words.length, tokens: tokens.count },
  })
}

function typistFor(tokens: PageTokens): Typist {
  const clues = cluesOf(tokens.words)
  return (field, runs) => parseValue(field, spellingOf(tokens, runs), clues)
}

/** What a value must beat absence by, where its label stands on the page and where not. */
function biasesFor(isPrinted: Work['isPrinted'], { absentBias }: ModelInfo): Decoder['biasOf'] {
  return (field) => (isPrinted(field) ? Math.min(PRINTED_BIAS, absentBias) : absentBias)
}

/** What is found of a field, or of columns, in the whole document is found once, and only when it is asked. */
function once<K extends object, T extends object | boolean>(find: (of: K) => T): (of: K) => T {
  const known = new Map<K, T>()
  return (of) => {
    const found = known.get(of) ?? find(of)
    known.set(of, found)
    return found
  }
}

/** Every list and table, in the order of the fields; tables without each other's rows. */
async function allItems(
  items: Gathered['items'],
  work: Work,
): Promise<Result<ReadonlyMap<ItemsField, ItemsRead>>> {
  const read = new Map<ItemsField, ItemsRead>()
  for (const field of work.fields) {
    if (field.kind === 'scalar') continue
    const one = await itemsRead(field, items.get(field) ?? [], work)
    if (!one.ok) return one
    read.set(field, one.value)
  }
  const tables = [...read.values()].filter(({ field }) => field.kind === 'table')
  for (const [i, rows] of rowsApart(tables.map((table) => table.rows)).entries()) {
    const table = tables[i]
    if (table !== undefined) read.set(table.field, { ...table, rows })
  }
  return ok(read)
}

/** `readings` of a list or table, one a window. */
async function itemsRead(
  field: ItemsField,
  readings: readonly Items[],
  work: Work,
): Promise<Result<ItemsRead>> {
  const { passes, tokens, wordpiece, windows, decoderFor } = work
  const alone = templatesOf([field], wordpiece)
  if (!alone.ok) return alone
  const [template] = alone.value
  if (template === undefined) throw new Error('No template for a field')
  const maker = { passes, template, decoderFor, tokens }
  const chains: Chain[] = []
  for (const [i, items] of readings.entries()) {
    const window = windows[i]
    if (window === undefined) throw new Error('A reading without a window')
    const chain = await readItems(field, items, window, windows[i + 1], maker)
    if (!chain.ok) return chain
    chains.push(chain.value)
  }
  const rows = mergeRows(
    chains.flatMap((chain) => chain.rows),
    tokens.count,
  )
  return ok({ field, chains, rows, absent: Math.min(0, ...readings.map(({ absent }) => absent)) })
}
