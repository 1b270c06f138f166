// npm run evaluate -- SET.jsonl.gz|FOLDER ... [--json] [--limit N] [--url U --key K] [--concurrency N] [--dump FILE]
// Sends every document of the sets, or the pictures and PDFs of a folder with a manifest.jsonl, through the running Worker and says how much of the truth came back. Progress goes to
// stderr, results to stdout; with --json exactly one object. How it is counted: scripts/evaluate/metrics.ts.
import { createWriteStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import type { Service } from './cli/api.ts'
import { startProgress } from './cli/progress.ts'
import { reachService } from './cli/service.ts'
import { type Asked, ask, truthsOf } from './evaluate/ask.ts'
import {
  type Dataset,
  type Question,
  questionsOf,
  readDataset,
  type Sample,
} from './evaluate/datasets.ts'
import { readFiles } from './evaluate/files.ts'
import { printReport, type Report, Scores } from './evaluate/report.ts'

const { values: options, positionals: paths } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'boolean', default: false },
    limit: { type: 'string' },
    url: { type: 'string' },
    key: { type: 'string' },
    concurrency: { type: 'string', default: '1' },
    dump: { type: 'string' },
  },
})

interface Outcome {
  readonly sample: Sample
  readonly questions: readonly Question[]
  readonly asked: Asked | undefined
}

async function main(): Promise<void> {
  if (paths.length === 0) throw new Error('Name at least one set: npm run evaluate -- SET.jsonl.gz')
  const datasets = (await Promise.all(paths.map(datasetsAt))).flat()
  const { service, stop } = await reachService(options.url, options.key)
  const dump = options.dump === undefined ? undefined : createWriteStream(options.dump)
  const [all, sets] = [new Scores(), new Map<string, Report>()]
  try {
    for (const dataset of datasets) {
      const scores = new Scores()
      for (const outcome of await askAll(service, dataset)) {
        score(outcome, [scores, all])
        dump?.write(`${JSON.stringify(dumped(dataset, outcome))}\n`)
      }
      sets.set(titleOf(dataset), scores.report())
    }
  } finally {
    dump?.end()
    await stop()
  }
  print(all.report(), sets)
}

async function datasetsAt(path: string): Promise<readonly Dataset[]> {
  const isFiles = path.endsWith('manifest.jsonl') || (await stat(path)).isDirectory()
  return isFiles ? readFiles(path) : [await readDataset(path)]
}

const titleOf = ({ name, title }: Dataset) => title ?? name

/** The documents of a set, `--concurrency` at a time; the outcomes in the set's order. */
async function askAll(service: Service, dataset: Dataset): Promise<Outcome[]> {
  const questions = questionsOf(dataset)
  const samples = dataset.samples.slice(
    0,
    options.limit === undefined ? undefined : Number(options.limit),
  )
  const outcomes: Outcome[] = []
  const progress = startProgress(`${titleOf(dataset)}: ${samples.length} documents`)
  const queue = samples.entries()
  let done = 0
  const work = async () => {
    for (const [i, sample] of queue) {
      const own = questions[i] ?? []
      outcomes[i] = {
        sample,
        questions: own,
        asked: await askOne(service, dataset.name, sample, own),
      }
      progress.say(`${titleOf(dataset)}: ${++done} of ${samples.length}`)
    }
  }
  await Promise.all(Array.from({ length: Math.max(1, Number(options.concurrency)) }, work))
  progress.done()
  return outcomes
}

async function askOne(
  service: Service,
  dataset: string,
  sample: Sample,
  questions: readonly Question[],
): Promise<Asked | undefined> {
  try {
    return await ask(service, dataset, sample, questions)
  } catch (error) {
    console.error(`\n${sample.id}: ${error instanceof Error ? error.message : error}`)
    process.exitCode = 1
    return undefined
  }
}

function score({ sample, questions, asked }: Outcome, all: readonly Scores[]): void {
  for (const scores of all) {
    scores.document(asked?.ms, asked?.truncated ?? false)
    for (const { field, kind } of questions) {
      const given = asked?.given.get(field) ?? []
      if (kind === 'table') {
        scores.table(sample.tables?.[field]?.rows ?? [], asked?.rows.get(field) ?? [])
      } else if (kind === 'enum') scores.choice(truthsOf(sample, field), given)
      else scores.field(field, truthsOf(sample, field), given)
    }
  }
}

function dumped(dataset: Dataset, { sample, questions, asked }: Outcome): unknown {
  const fields = questions.map(({ field, kind }) => [
    field,
    kind === 'table'
      ? { truth: sample.tables?.[field]?.rows ?? [], given: asked?.rows.get(field) ?? null }
      : { truth: truthsOf(sample, field), given: asked?.given.get(field) ?? null },
  ])
  return {
    dataset: titleOf(dataset),
    id: sample.id,
    ms: asked?.ms ?? null,
    fields: Object.fromEntries(fields),
  }
}

function print(all: Report, sets: ReadonlyMap<string, Report>): void {
  if (options.json) {
    const bySet = sets.size > 1 ? { sets: Object.fromEntries(sets) } : {}
    console.log(JSON.stringify({ ...all, ...bySet }))
    return
  }
  for (const [name, report] of sets) printReport(name, report)
  if (sets.size > 1) printReport('all sets', { ...all, fields: {} })
}

await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
})
