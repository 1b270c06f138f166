// npm run ocr-trial -- FOLDER [--limit N]: what the OCR Worker reads of a folder's pictures, no model taking part. How many of the true
// values of manifest.jsonl stand in what was read, letters and digits alone; and, where the same documents have given words, how often
// a word is right that was read with so much confidence, with the line for src/extraction/legibility.ts.
import { readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import type { Page, Word } from '../src/document/words.ts'
import { lettersAndDigits } from '../src/text/letters.ts'
import { startProgress } from './cli/progress.ts'
import { table } from './cli/table.ts'
import type { Sample } from './evaluate/datasets.ts'
import { readFiles } from './evaluate/files.ts'
import { fitChances, type Observation } from './evaluate/likelihood.ts'
import { type LocalWorker, startLocal } from './local.ts'

/** Of the confidences that words are counted by; the last is open. */
const BANDS = [0, 0.5, 0.8, 0.9, 0.95, 0.98, 0.99]

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { limit: { type: 'string' } },
  })
  const [folder] = positionals
  if (folder === undefined) throw new Error('Name a folder: npm run ocr-trial -- FOLDER')
  const [files, given] = await readFiles(folder)
  const samples = (files?.samples ?? []).slice(0, Number(values.limit ?? Infinity))
  const known = new Map(given?.samples.map((sample) => [sample.id, sample]))
  const found = new Map<string, { hits: number; of: number; misses: string[] }>()
  const observations: Observation[] = []
  const worker = await startLocal({ quiet: true })
  const progress = startProgress(`0 of ${samples.length}`)
  try {
    for (const [i, sample] of samples.entries()) {
      const { words } = await read(worker, sample)
      count(found, sample, words)
      observations.push(...compared(words, known.get(sample.id)?.words ?? []))
      progress.say(`${i + 1} of ${samples.length}`)
    }
  } finally {
    progress.done()
    await worker.stop()
  }
  const rows = Array.from(found, ([field, { hits, of, misses }]) => [
    field,
    String(hits),
    String(of),
    misses.join('; '),
  ])
  console.log(table([['', 'read', 'of', 'not read'], ...rows]))
  if (observations.length > 0) printChances(observations)
}

async function read(worker: LocalWorker, { id, readFrom = '' }: Sample): Promise<Page> {
  const answer = await worker.askOcr(new Uint8Array(await readFile(readFrom)))
  const { value } = answer as { readonly value?: Page }
  if (value === undefined) throw new Error(`${id}: ${JSON.stringify(answer)}`)
  return value
}

function count(
  found: Map<string, { hits: number; of: number; misses: string[] }>,
  { fields }: Sample,
  words: readonly Word[],
): void {
  const text = lettersAndDigits(inRows(words).join(' '))
  for (const [field, truths] of Object.entries(fields)) {
    const entry = found.get(field) ?? { hits: 0, of: 0, misses: [] }
    for (const truth of [truths].flat()) {
      const isRead = text.includes(lettersAndDigits(truth))
      entry.of += 1
      entry.hits += Number(isRead)
      if (!isRead) entry.misses.push(truth)
    }
    found.set(field, entry)
  }
}

/** Words whose middles are within half a height are one row. */
function inRows(words: readonly Word[]): readonly string[] {
  const middle = ({ box }: Word) => (box[1] + box[3]) / 2
  const rows: Word[][] = []
  for (const word of words.toSorted((a, b) => middle(a) - middle(b))) {
    const first = rows.at(-1)?.[0]
    const isSame =
      first !== undefined && middle(word) - middle(first) < (first.box[3] - first.box[1]) / 2
    if (isSame) rows.at(-1)?.push(word)
    else rows.push([word])
  }
  return rows.map((row) =>
    row
      .sort((a, b) => a.box[0] - b.box[0])
      .map(({ text }) => text)
      .join(' '),
  )
}

/** Of the words that lie on given ones: whether they stand in what those say. */
function compared(words: readonly Word[], given: Sample['words']): readonly Observation[] {
  return words.flatMap(({ text, box, confidence }) => {
    const own = lettersAndDigits(text)
    const under = given.filter(({ box: [x0 = 0, y0 = 0, x1 = 0, y1 = 0] }) => {
      const y = (y0 + y1) / 2
      return y > box[1] && y < box[3] && x1 > box[0] && x0 < box[2]
    })
    if (own === '' || under.length === 0 || confidence === undefined) return []
    const truth = lettersAndDigits(under.map((word) => word.text).join(''))
    return [{ confidence, isRight: truth.includes(own) }]
  })
}

function printChances(observations: readonly Observation[]): void {
  const { slope, offset } = fitChances(observations)
  const rows = BANDS.map((from, i) => {
    const to = BANDS[i + 1] ?? Infinity
    const band = observations.filter(({ confidence: c }) => c >= from && c < to)
    const right = band.filter(({ isRight }) => isRight).length
    const share = band.length === 0 ? '' : ((100 * right) / band.length).toFixed(1)
    return [`from ${from}`, String(band.length), share]
  })
  console.log(`\n${table([['confidence', 'words', 'right %'], ...rows])}`)
  console.log(`\nslope ${slope.toFixed(2)}, offset ${offset.toFixed(2)}`)
}

await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
})
