// Reads the evaluation sets (NAME.SPLIT.jsonl.gz, one document a line) and decides what each document is asked for.
// A set with fixed fields asks every document for all of them; a set of forms with open keys asks for the document's
// own keys and for those that it surely does not have: as the set says, or a few of other documents.
// Nothing here looks at answers.
import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { MAX_LABEL_CHARS } from '../../src/limits.ts'
import { type Rng, seededRandom } from './random.ts'
import { lettersAndDigits } from './text.ts'

export interface Sample {
  readonly id: string
  readonly page: { readonly width: number; readonly height: number }
  readonly pages?: readonly { readonly width: number; readonly height: number }[]
  readonly words: readonly {
    readonly text: string
    readonly box: readonly number[]
    readonly page?: number
  }[]
  readonly fields: Readonly<Record<string, string | readonly string[]>>
  readonly fields_surface?: Readonly<Record<string, string | readonly string[]>>
  /** Fields that the document surely lacks, where the set says so. */
  readonly absent?: readonly string[]
}

export interface Dataset {
  /** `sroie` of `sroie.dev.jsonl.gz`. */
  readonly name: string
  readonly samples: readonly Sample[]
  readonly openKeys: boolean
}

export interface Question {
  readonly field: string
  readonly isList: boolean
}

const OPEN_KEYS: Readonly<Record<string, boolean>> = {
  naf: true,
  sroie: false,
  deepform: false,
  wildreceipt: false,
}
/** A set that is not named above has open keys when it has more distinct ones than this. */
const MOST_FIXED_FIELDS = 60
const ABSENT_KEYS_ASKED = 3

/** A whole set, gzipped or not. */
export async function readDataset(path: string): Promise<Dataset> {
  const file = await readFile(path)
  const text = path.endsWith('.gz') ? await promisify(gunzip)(file) : file
  const samples = text
    .toString('utf8')
    .split('\n')
    .filter(Boolean)
    .map((line): Sample => JSON.parse(line))
  const name = basename(path).split('.')[0] ?? path
  const openKeys = OPEN_KEYS[name] ?? keysOf(samples).length > MOST_FIXED_FIELDS
  return { name, samples, openKeys }
}

/** What to ask of each document of the set, in the set's order. */
export function questionsOf(dataset: Dataset): readonly (readonly Question[])[] {
  const { samples, openKeys } = dataset
  const keys = keysOf(samples)
  if (openKeys) return samples.map((sample) => openQuestions(sample, keys))
  const lists = new Set(
    samples.flatMap((sample) => keysOf([sample]).filter((key) => isList(sample, key))),
  )
  const questions = keys.map((field) => ({ field, isList: lists.has(field) }))
  return samples.map(() => questions)
}

function openQuestions(sample: Sample, keys: readonly string[]): Question[] {
  const own = keysOf([sample]).map((field) => ({ field, isList: isList(sample, field) }))
  const named = sample.absent?.filter((key) => !own.some(({ field }) => field === key))
  const absent = named ?? unnamed(sample, keys, seededRandom(sample.id))
  return [...own, ...absent.map((field) => ({ field, isList: false }))]
}

/** A few keys of other documents that this page does not show anywhere. */
function unnamed(sample: Sample, keys: readonly string[], random: Rng): string[] {
  const page = lettersAndDigits(sample.words.map(({ text }) => text).join(' '))
  const strange = keys.filter((key) => {
    const letters = lettersAndDigits(key)
    return letters.length >= 3 && key.length <= MAX_LABEL_CHARS && !page.includes(letters)
  })
  return Array.from({ length: Math.min(ABSENT_KEYS_ASKED, strange.length) }, () => {
    const [key = ''] = strange.splice(Math.floor(random() * strange.length), 1)
    return key
  })
}

function keysOf(samples: readonly Sample[]): string[] {
  return [...new Set(samples.flatMap(({ fields }) => Object.keys(fields)))]
}

const isList = (sample: Sample, key: string) => Array.isArray(sample.fields[key])
