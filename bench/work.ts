// What the contenders are given: a real receipt and real field names with their true values, as the tensors of the mask protocol and
// as the prompts of the autoregressive twin. Token counts are those of the true values: nothing here is estimated.
import '../scripts/openapi/resolve-src.ts'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Dataset, readDataset } from '../scripts/evaluate/datasets.ts'
import type { Feed, Feeds } from './feeds.ts'

const { createWordpiece } = await import('../src/text/wordpiece.ts')
const { templatesOf } = await import('../src/extraction/template.ts')
const { tensorsOf } = await import('../src/extraction/tensors.ts')
const { pageTokens } = await import('../src/extraction/page-tokens.ts')
const { windowsOver } = await import('../src/extraction/windows.ts')
const { parseSchema } = await import('../src/schema/parse.ts')
type MaskTensors = ReturnType<typeof tensorsOf>

const RELEASE = join(import.meta.dirname, '../model-shards')
const DATA = process.env.PIP_DATA ?? join(import.meta.dirname, '../../shared/data/kie')
const SETS = ['sroie', 'deepform', 'wildreceipt', 'naf']
/** Characters of the longest value that is used: longer ones are paragraphs. */
const LONGEST_VALUE = 80

export interface Task {
  /** One pass after another, all fields in all. */
  readonly onePass: readonly Feeds[]
  /** One field a pass. */
  readonly questions: readonly Feeds[]
  /** One prompt a field, its value written token by token. */
  readonly keyByKey: readonly Feeds[]
  /** One prompt, one JSON with all fields. */
  readonly oneJson: readonly Feeds[]
  readonly pageTokens: number
  /** Tokens that key by key and one JSON write. */
  readonly written: { readonly keyByKey: number; readonly oneJson: number }
}

interface Pair {
  readonly name: string
  readonly value: string
}

const vocabulary = await readFile(join(RELEASE, 'vocab.txt'), 'utf8')
const wordpiece = createWordpiece(vocabulary)
const count = (text: string) => wordpiece.encode(text).ids.length

/** `fields` distinct names of the data sets with a true value each, asked of the first receipt of SROIE dev. */
export async function taskOf(fields: number): Promise<Task> {
  const datasets = await Promise.all(
    SETS.map((set) => readDataset(join(DATA, `${set}.dev.jsonl.gz`))),
  )
  const pairs = pairsOf(datasets).slice(0, fields)
  if (pairs.length < fields) throw new Error(`the sets have only ${pairs.length} field names`)
  const tokens = receiptTokens(datasets[0])
  const pages = Array.from(tokens.ids)
  const passes = (names: readonly string[]) => passesOf(names, tokens)
  const json = JSON.stringify(Object.fromEntries(pairs.map(({ name, value }) => [name, value])))
  const names = pairs.flatMap(({ name }) => [
    ...wordpiece.encode(name).ids,
    wordpiece.special.comma,
  ])
  const keyByKey = pairs.map(({ name, value }) => ({
    prompt: [...pages, ...wordpiece.encode(name).ids, wordpiece.special.sep],
    steps: count(value) + 1,
  }))
  const oneJson = { prompt: [...pages, ...names, wordpiece.special.sep], steps: count(json) + 1 }
  return {
    onePass: passes(pairs.map(({ name }) => name)),
    questions: pairs.flatMap(({ name }) => passes([name])),
    keyByKey: keyByKey.map(({ prompt, steps }) => promptFeeds(prompt, steps)),
    oneJson: [promptFeeds(oneJson.prompt, oneJson.steps)],
    pageTokens: tokens.count,
    written: {
      keyByKey: keyByKey.reduce((sum, { steps }) => sum + steps, 0),
      oneJson: oneJson.steps,
    },
  }
}

/** In turn from each set, names that differ in their letters. */
function pairsOf(datasets: readonly Dataset[]): Pair[] {
  const perSet = datasets.map(({ samples }) =>
    samples.flatMap(({ fields }) =>
      Object.entries(fields).flatMap(([name, value]) => {
        const usable = typeof value === 'string' && value !== '' && value.length <= LONGEST_VALUE
        return usable ? [{ name, value }] : []
      }),
    ),
  )
  const seen = new Set<string>()
  const pairs: Pair[] = []
  for (let i = 0; i < Math.max(...perSet.map(({ length }) => length)); i++) {
    for (const set of perSet) {
      const pair = set[i]
      if (pair === undefined || seen.has(pair.name.toLowerCase())) continue
      seen.add(pair.name.toLowerCase())
      pairs.push(pair)
    }
  }
  return pairs
}

function receiptTokens(dataset: Dataset | undefined) {
  const sample = dataset?.samples[0]
  if (sample === undefined) throw new Error('no receipt')
  const { width, height } = sample.page
  const words = sample.words.map(({ text, box }) => ({
    text,
    box: box as [number, number, number, number],
  }))
  return pageTokens({ pages: [{ width, height, words }] }, wordpiece)
}

function passesOf(names: readonly string[], tokens: ReturnType<typeof receiptTokens>): Feeds[] {
  const properties = Object.fromEntries(names.map((name) => [name, { type: 'string' }]))
  const fields = parseSchema({ type: 'object', properties })
  if (!fields.ok) throw new Error('the names make no schema')
  const templates = templatesOf(fields.value, wordpiece)
  if (!templates.ok) throw new Error('the names make no template')
  return templates.value.flatMap((template) =>
    windowsOver(tokens.count).map((window) => tensorFeeds(tensorsOf(template, tokens, window))),
  )
}

/** One sequence of the golden file, its page repeated or cut so that it is `length` tokens long. */
export async function sequenceOf(length: number): Promise<Feeds> {
  const datasets = [await readDataset(join(DATA, 'sroie.dev.jsonl.gz'))]
  const tokens = receiptTokens(datasets[0])
  const [feeds] = passesOf(['company', 'address', 'date', 'total', 'passport number'], tokens)
  if (feeds === undefined) throw new Error('no pass')
  return stretched(feeds, length)
}

function stretched(feeds: Feeds, length: number): Feeds {
  const now = feeds.input_ids?.data.length ?? 0
  return Object.fromEntries(
    Object.entries(feeds).map(([name, { type, dims, data }]) => {
      if (name === 'mask_positions') return [name, { type, dims, data }]
      const width = data.length / now
      // What is missing comes from the page, which stands at the end.
      const longer = Array.from({ length: length * width }, (_, i) => {
        const at = i < data.length ? i : data.length - now * width + (i % (now * width))
        const page = Math.floor(at / width) < 40 ? at + 40 * width : at
        return data[i < data.length ? i : page] ?? 0
      })
      return [name, { type, dims: [1, length, ...dims.slice(2)], data: longer }]
    }),
  )
}

function tensorFeeds(tensors: MaskTensors): Feeds {
  const { length, masks } = tensors
  const row = (data: Int32Array, ...dims: number[]): Feed => ({
    type: 'int32',
    dims: [1, ...dims],
    data: Array.from(data),
  })
  return {
    input_ids: row(tensors.inputIds, length),
    attention_mask: row(tensors.attentionMask, length),
    segment: row(tensors.segment, length),
    slot: row(tensors.slot, length),
    layout: row(tensors.layout, length, 6),
    mask_positions: row(tensors.maskPositions, masks),
  }
}

const promptFeeds = (prompt: readonly number[], steps: number): Feeds => ({
  prompt: { type: 'int64', dims: [1, prompt.length], data: prompt },
  steps: { type: 'int64', dims: [], data: [steps] },
})
