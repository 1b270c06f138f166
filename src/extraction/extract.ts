// The whole pure way from a document and its fields to the answer: tokens, templates, windows, passes, decoding, values.
// Every template is read over every window first; lists and tables that are full then share the passes that are left.
// The filler is the only thing that waits; it is called for one sequence at a time.
import type { Document } from '../document/words'
import { fail, ok, type Result } from '../failure'
import { MAX_PASSES } from '../limits'
import type { MaskFiller } from '../model/mask-filler'
import type { Field } from '../schema/field'
import type { Wordpiece } from '../text/wordpiece'
import type { Answer, FieldAnswer } from './answer'
import { itemsAnswer } from './answer-items'
import { type Scribe, scalarAnswer } from './answer-scalar'
import { cluesOf } from './clues'
import type { Columns, Decoder, ItemsField, Typist } from './decode'
import { type Chain, readItems } from './further'
import { type Gathered, gather } from './gather'
import { joinWindows } from './join'
import { type PageTokens, pageTokens } from './page-tokens'
import { Passes } from './passes'
import { groundOf } from './runs'
import { spellingOf } from './spelling'
import { templatesOf } from './template'
import { parseValue } from './values'
import { type Window, windowsOver } from './windows'

/** One extraction under way. */
interface Work extends Scribe {
  readonly windows: readonly Window[]
  readonly passes: Passes
  readonly wordpiece: Wordpiece
  readonly decoderFor: (window: Window) => Decoder
}

/**
 * Fields of a document, each with value, source and confidence. Fails as `invalid` when the document has no readable
 * word (at /document) or a field fits no template (at /properties/...), as `too-large` when templates times windows
 * exceed MAX_PASSES, and as the filler does.
 */
export async function extract(
  document: Document,
  fields: readonly Field[],
  filler: MaskFiller,
  wordpiece: Wordpiece,
): Promise<Result<Answer>> {
  const tokens = pageTokens(document, wordpiece)
  if (tokens.count === 0) return noWords()
  const templates = templatesOf(fields, wordpiece)
  if (!templates.ok) return templates
  const windows = windowsOver(tokens.count)
  if (templates.value.length * windows.length > MAX_PASSES) return tooLarge()
  const info = await filler.info()
  if (!info.ok) return info
  const typist = typistFor(tokens)
  const { absentBias, name, version, tier } = info.value
  const decoderFor = (window: Window) => {
    return { ground: groundOf(window, tokens), typist, absentBias }
  }
  const passes = new Passes(filler, tokens)
  const gathered = await gather(templates.value, windows, passes, decoderFor)
  if (!gathered.ok) return gathered
  const work = { tokens, info: info.value, windows, passes, wordpiece, decoderFor }
  const answers = await answerAll(fields, gathered.value, work)
  if (!answers.ok) return answers
  return ok({
    model: { name, version, tier },
    passes: passes.count,
    fields: answers.value,
    usage: { pages: document.pages.length, words: tokens.words.length, tokens: tokens.count },
  })
}

const noWords = () =>
  fail({ kind: 'invalid', issues: [{ pointer: '/document', detail: 'No words on any page' }] })

const tooLarge = () =>
  fail({ kind: 'too-large', limit: 'passes', max: MAX_PASSES, unit: 'forward passes' })

function typistFor(tokens: PageTokens): Typist {
  const clues = cluesOf(tokens.words)
  return (field, runs) => parseValue(field, spellingOf(tokens, runs), clues)
}

async function answerAll(
  fields: readonly Field[],
  { scalars, items }: Gathered,
  work: Work,
): Promise<Result<Record<string, FieldAnswer>>> {
  const answers: [string, FieldAnswer][] = []
  for (const field of fields) {
    if (field.kind === 'scalar') {
      const { choice, absent } = joinWindows(scalars.get(field) ?? [])
      answers.push([field.name, scalarAnswer(field, choice, absent, work)])
      continue
    }
    const answer = await answerItems(field, items.get(field) ?? [], work)
    if (!answer.ok) return answer
    answers.push([field.name, answer.value])
  }
  return ok(Object.fromEntries(answers))
}

/** `readings` of a list or table, one a window. */
async function answerItems(
  field: ItemsField,
  readings: readonly Columns[],
  work: Work,
): Promise<Result<FieldAnswer>> {
  const { passes, tokens, wordpiece, windows, decoderFor } = work
  const alone = templatesOf([field], wordpiece)
  if (!alone.ok) return alone
  const [template] = alone.value
  if (template === undefined) throw new Error('No template for a field')
  const maker = { passes, template, decoderFor, tokens }
  const chains: Chain[] = []
  for (const [i, columns] of readings.entries()) {
    const window = windows[i]
    if (window === undefined) throw new Error('A reading without a window')
    const chain = await readItems(field, columns, window, windows[i + 1], maker)
    if (!chain.ok) return chain
    chains.push(chain.value)
  }
  return ok(itemsAnswer(field, chains, leastAbsence(readings), work))
}

/** The least log-probability, over windows and columns, that the first item is not there. */
function leastAbsence(readings: readonly Columns[]): number {
  const first = readings.flatMap((columns) => columns.map((masks) => masks[0]?.absent ?? 0))
  return Math.min(0, ...first)
}
