// Evaluation sets of real files: pictures and PDFs with their truth in a manifest.jsonl, one {"file", "id", "fields"} a line, in the
// folder or above it. `id` is SET/DOCUMENT; where that set lies in a folder `kie` beside, the same documents are also
// asked from its given words, so that what reading the file costs stands beside what finding the fields does.
import { access, readFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { type Dataset, readDataset, type Sample } from './datasets.ts'

interface Entry {
  /** Relative to the manifest. */
  readonly file: string
  readonly id: string
  readonly fields: Sample['fields']
}

/** @param path the folder of the files or the manifest itself */
export async function readFiles(path: string): Promise<readonly Dataset[]> {
  const manifest = await manifestOf(resolve(path))
  const folder = dirname(manifest)
  const inFolder = path.endsWith('.jsonl') ? folder : resolve(path)
  const entries = (await readFile(manifest, 'utf8'))
    .split('\n')
    .filter(Boolean)
    .map((line): Entry => JSON.parse(line))
    .filter(({ file }) => join(folder, file).startsWith(join(inFolder, '/')))
  const bySet = Map.groupBy(entries, ({ id }) => id.split('/')[0] ?? id)
  const datasets = Array.from(bySet, ([name, own]) => bothWays(name, own, folder))
  return (await Promise.all(datasets)).flat()
}

async function manifestOf(path: string): Promise<string> {
  const candidates = path.endsWith('.jsonl')
    ? [path]
    : [join(path, 'manifest.jsonl'), join(path, '../manifest.jsonl')]
  for (const candidate of candidates) if (await exists(candidate)) return candidate
  throw new Error(`${path}: no manifest.jsonl in it or above it`)
}

async function bothWays(
  name: string,
  entries: readonly Entry[],
  folder: string,
): Promise<readonly Dataset[]> {
  const known = await knownSamples(join(folder, '../kie', `${name}.dev.jsonl.gz`))
  const samples = entries.map(({ file, id, fields }): Sample => {
    const given = known.get(id)
    const surface = given?.fields_surface
    const spelling = surface === undefined ? {} : { fields_surface: surface }
    return {
      id,
      page: { width: 1, height: 1 },
      words: [],
      fields,
      ...spelling,
      readFrom: join(folder, file),
    }
  })
  const given = entries.flatMap(({ id }) => known.get(id) ?? [])
  const files = { name, title: `${name} from files`, openKeys: false, samples }
  if (given.length === 0) return [files]
  return [files, { name, title: `${name} from given words`, openKeys: false, samples: given }]
}

async function knownSamples(path: string): Promise<ReadonlyMap<string, Sample>> {
  if (!(await exists(path))) return new Map()
  const { samples } = await readDataset(path)
  return new Map(samples.map((sample) => [sample.id, sample]))
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}
