// npm run stages [-- --json] [-- --runs N] [-- FILE ...]: where the time of an answer goes, stage by stage, for each kind of document,
// measured inside both running Workers by their profiler. What is left over is HTTP, checks, and the way between the Workers.
import { basename, join } from 'node:path'
import { parseArgs } from 'node:util'
import { requestExtraction, type Service, waitUntilReady } from './cli/api.ts'
import { documentFrom, schemaFrom } from './cli/document.ts'
import { type StageOf, startProfile, timesByStage } from './cli/profile.ts'
import { startProgress } from './cli/progress.ts'
import { table } from './cli/table.ts'
import { type LocalWorker, startLocal } from './local.ts'

const ROOT = join(import.meta.dirname, '..')
/** Words, a PDF with text, a receipt cut out of a scan, a PDF with a scanned page, a photograph of 12 megapixels. */
const FILES = [
  ...['receipt.json', 'order.pdf', 'receipt.jpg'].map((file) => join(ROOT, 'samples', file)),
  ...['scan.pdf', 'photograph.jpg'].map((file) => join(ROOT, 'test/fixtures/pictures', file)),
]
const SCHEMA = schemaFrom(['company', 'date', 'total'])
/** Until the engine has compiled for speed. */
const WARM_UPS = 2

/** A file to words or to a picture; a picture to pixels, to lines, to letters; words to tensors, to logits, to an answer. */
const STAGES = ['open', 'pixels', 'lines', 'letters', 'encode', 'model', 'answer'] as const

/** Stages by what a path has in it, the first that fits. */
const MAIN: readonly (readonly [RegExp, (typeof STAGES)[number]])[] = [
  [/\/src\/document\/|\/unpdf\//, 'open'],
  [/\/src\/model\//, 'model'],
  [
    /\/src\/text\/|\/(survey|page-tokens|raster|layout|blocks|template|windows|tensors)\.ts$/,
    'encode',
  ],
  [/\/src\/extraction\/(?!extract|passes)/, 'answer'],
]
const OCR: typeof MAIN = [
  [/\/ocr\/src\/(decode|picture|jpeg[^/]*)\.ts$|\/@jsquash\/|\/src\/document\//, 'pixels'],
  [/\/(map|regions)\.ts$/, 'lines'],
  [/\/(strip|words|read|engine)\.ts$/, 'letters'],
]
const stageBy =
  (rules: typeof MAIN): StageOf =>
  (file) =>
    rules.find(([pattern]) => pattern.test(file))?.[1]
const WORKERS = [
  { name: 'pip-kie', stageOf: stageBy(MAIN) },
  { name: 'pip-kie-ocr', stageOf: stageBy(OCR) },
] as const

interface Times {
  readonly file: string
  /** Milliseconds, as `total`, which is all of it, from outside. */
  readonly stages: Readonly<Record<string, number>>
  readonly total: number
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { json: { type: 'boolean' }, runs: { type: 'string', default: '5' } },
  })
  const runs = Number(values.runs)
  if (!(runs > 0)) throw new Error('--runs wants a number above 0')
  const files = positionals.length > 0 ? positionals : FILES
  const times: Times[] = []
  const progress = startProgress('starting the Workers')
  const worker = await startLocal({ inspect: true })
  try {
    await waitUntilReady({ url: worker.url.origin, key: worker.key })
    for (const file of files) {
      progress.say(basename(file))
      times.push(await measure(worker, file, runs))
    }
  } finally {
    progress.done()
    await worker.stop()
  }
  if (values.json) console.log(JSON.stringify(times))
  else show(times)
}

/** Means of so many answers. */
async function measure(worker: LocalWorker, file: string, runs: number): Promise<Times> {
  const service: Service = { url: worker.url.origin, key: worker.key }
  const body = { document: await documentFrom(file), schema: SCHEMA }
  for (let i = 0; i < WARM_UPS; i++) await requestExtraction(service, body)
  const stops = await Promise.all(
    WORKERS.map(async ({ name }) => startProfile(await worker.inspectorUrl(name))),
  )
  let total = 0
  for (let i = 0; i < runs; i++) total += (await requestExtraction(service, body)).ms
  const spent = new Map<string, number>()
  for (const [i, { name, stageOf }] of WORKERS.entries()) {
    const profile = await stops[i]?.()
    if (profile === undefined) continue
    const own = timesByStage(profile, await worker.sourceMap(name), stageOf)
    for (const [stage, ms] of own) spent.set(stage, (spent.get(stage) ?? 0) + ms)
  }
  const mean = (ms = 0) => Math.round((ms / runs) * 10) / 10
  const stages = STAGES.map((stage) => [stage, mean(spent.get(stage))] as const)
  return { file: basename(file), stages: Object.fromEntries(stages), total: mean(total) }
}

function show(all: readonly Times[]): void {
  const rows = all.map(({ file, stages, total }) => {
    const known = STAGES.map((stage) => stages[stage] ?? 0)
    const rest = total - known.reduce((a, b) => a + b, 0)
    return [file, ...[...known, rest, total].map((ms) => ms.toFixed(1))]
  })
  console.log(table([['ms', ...STAGES, 'rest', 'total'], ...rows]))
}

await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
})
