// npm run bench [-- machine fields side load] [-- --rounds N] [-- --minutes N] [-- --counts 1,4] [-- --python PATH]
// [-- --invoice2data PYTHON]: measures the parts named (all of them without names), keeps each in bench/results/ and writes
// bench/RESULTS.md and docs/fields.svg from what is kept. The twin is made by Python into a scratch folder:
// training/requirements.txt says what that takes. Before `side`: npm install --prefix bench/rivals. Data: ../shared/data/kie, or PIP_DATA.
import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs, promisify } from 'node:util'
import { startProgress } from '../scripts/cli/progress.ts'
import { startContender } from './contender.ts'
import { measureFields, type Stage, warmUp } from './fields.ts'
import type { Where } from './kept.ts'
import { measureLoad } from './load.ts'
import { measureLengths, measurePeak } from './machine.ts'
import { profileOrt } from './operators.ts'
import { profileKernel } from './profile.ts'
import { keep, withEarlierRows, writeReport } from './report.ts'
import { measureDocument, measureSide } from './side.ts'
import { sequenceOf } from './work.ts'

const ROOT = join(import.meta.dirname, '..')
const PYTHON = join(ROOT, 'training/.venv/bin/python')
const CONNECTIONS = [1, 10, 100]
const WARM_UPS = 4
const SECONDS_A_COUNT = 45

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: 'string', default: '5' },
    minutes: { type: 'string', default: '1.5' },
    counts: { type: 'string', default: '1,4,10,25,50,100' },
    python: { type: 'string', default: PYTHON },
    invoice2data: { type: 'string' },
    release: { type: 'string', default: join(ROOT, 'model-shards') },
  },
})
const rounds = Number(options.rounds)
const parts = positionals.length === 0 ? ['machine', 'fields', 'side', 'load'] : positionals

async function main(): Promise<void> {
  const models = await mkdtemp(join(tmpdir(), 'pip-kie-twin-'))
  const progress = startProgress('making the twin')
  const where = await whereabouts()
  try {
    if (parts.includes('machine') || parts.includes('fields'))
      await promisify(execFile)(options.python, [join(import.meta.dirname, 'twin.py'), models])
    for (const part of parts) {
      if (part === 'machine') await keep(part, where, await machine(models, progress.say))
      else if (part === 'fields') await keep(part, where, await fields(models, where, progress.say))
      else if (part === 'side') await keep(part, where, await side())
      else if (part === 'load') await keep(part, where, await load(progress.say))
      else throw new Error(`no part is called ${part}`)
    }
  } finally {
    progress.done()
    await rm(models, { recursive: true, force: true })
  }
  await writeReport()
}

async function whereabouts(): Promise<Where> {
  const git = await promisify(execFile)('git', ['rev-parse', '--short', 'HEAD'], { cwd: ROOT })
  const processor = cpus()[0]?.model ?? 'unknown'
  return { commit: git.stdout.trim(), cores: cpus().length, processor }
}

async function fields(models: string, where: Where, say: (text: string) => void) {
  const counts = options.counts.split(',').map(Number)
  const stage: Stage = {
    kernel: await startContender('kernel', 'kernel', options.release),
    ort: await startContender('ort', 'ort', options.release),
    twin: await startContender('twin', 'ort', join(models, 'twin')),
  }
  try {
    say('warming up')
    await warmUp(stage, WARM_UPS)
    const rows = await measureFields(stage, counts, { rounds, seconds: SECONDS_A_COUNT }, say)
    return { rows: await withEarlierRows(where, rows) }
  } finally {
    for (const contender of Object.values(stage)) await contender.stop()
  }
}

async function machine(models: string, say: (text: string) => void) {
  say('lengths')
  const kernel = await startContender('kernel', 'kernel', options.release)
  const ort = await startContender('ort', 'ort', options.release)
  const lengths = await measureLengths(kernel, ort, rounds * 4)
  await kernel.stop()
  await ort.stop()
  say('peak')
  const peak = await measurePeak(models, rounds * 4)
  say('profiles')
  const feeds = await sequenceOf(256)
  const kernelProfile = await profileKernel(options.release, feeds, rounds * 4)
  const ortProfile = await profileOrt(options.release, feeds)
  return { rounds: rounds * 4, ...lengths, peak, kernelProfile, ortProfile }
}

async function side() {
  const feeds = await sequenceOf(256)
  const rows = await measureSide(options.release, feeds, rounds * 4)
  const other = options.invoice2data
  const documents = other === undefined ? [] : await measureDocument(other, rounds * 4)
  return { rounds: rounds * 4, rows, documents }
}

function load(say: (text: string) => void) {
  const seconds = Math.round((Number(options.minutes) * 60) / CONNECTIONS.length)
  return measureLoad(CONNECTIONS, seconds, say)
}

await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
})
