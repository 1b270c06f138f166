// Reads the evaluation sets (NAME.SPLIT.jsonl.gz, one document a line) and decides what each document is asked for.
// A set with fixed fields asks every document for all of them; a set of forms with open keys asks for the document's
// own keys and for those that it surely does not have: as the set says, or a few of other documents.
// Nothing here looks at answers.
import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { MAX_LABEL_CHARS } from '../../src/limits.ts'
import { lettersAndDigits } from '../../src/text/letters.ts'
import { type Rng, seededRandom } from './random.ts'

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
  /** The document itself, a picture or a PDF; then there are no words. */
  readonly readFrom?: string
  /** Tables by name: what each row has by column; an empty cell is left out. */
  readonly tables?: Readonly<Record<string, TableTruth>>
  /** Choices by name; `answer` is null where the document makes none. */
  readonly choices?: Readonly<Record<string, ChoiceTruth>>
}

interface TableTruth {
  readonly columns: readonly string[]
  readonly rows: readonly Readonly<Record<string, string>>[]
}

interface ChoiceTruth {
  readonly options: readonly string[]
  readonly answer: string | null
}

export interface Dataset {
  /** `sroie` of `sroie.dev.jsonl.gz`; hints go by it. */
  readonly name: string
  /** What the report calls it, where the name alone would not tell it from another. */
  readonly title?: string
  readonly samples: readonly Sample[]
  readonly openKeys: boolean
}

export type Question = { readonly field: string } & (
  | { readonly kind: 'scalar' }
  | { readonly kind: 'list' }
  | { readonly kind: 'enum'; readonly options: readonly string[] }
  | { readonly kind: 'table'; readonly columns: readonly string[] }
)

const OPEN_KEYS: Readonly<Record<string, boolean>> = {
  naf: true,
  sroie: false,
  deepform: false,
  wildreceipt: false,
}
/** A set that is not named above has open keys when it has more distinct ones than this. */
const MOST_FIXED_FIELDS = 60
const ABSENT_KEYS_ASKED = 3
/** A fixed field is asked as a list when at least this share of the documents that have it hold several values. */
const LIST_SHARE = 0.2

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
  const questions = keys.map((field): Question => ({ field, kind: usualKind(samples, field) }))
  return samples.map(() => questions)
}

/** A total that a few receipts print twice is no list to those who ask for it. */
function usualKind(samples: readonly Sample[], field: string): 'scalar' | 'list' {
  const having = samples.filter(({ fields }) => fields[field] !== undefined)
  const lists = having.filter((sample) => isList(sample, field))
  return lists.length >= LIST_SHARE * having.length ? 'list' : 'scalar'
}

function openQuestions(sample: Sample, keys: readonly string[]): Question[] {
  const own = keysOf([sample]).map((field): Question => {
    return { field, kind: isList(sample, field) ? 'list' : 'scalar' }
  })
  const named = sample.absent?.filter((key) => !own.some(({ field }) => field === key))
  const absent = named ?? unnamed(sample, keys, seededRandom(sample.id))
  return [
    ...own,
    ...absent.map((field): Question => ({ field, kind: 'scalar' })),
    ...Object.entries(sample.tables ?? {}).map(
      ([field, { columns }]): Question => ({ field, kind: 'table', columns }),
    ),
    ...Object.entries(sample.choices ?? {}).map(
      ([field, { options }]): Question => ({ field, kind: 'enum', options }),
    ),
  ]
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
