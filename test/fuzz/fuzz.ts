// npm run fuzz [-- --cases N] [--seed TEXT] [--from N] [--json]: spoilt inputs of every type against a Worker of its own. Ends with 1
// where one crashed it, hung, got a 5xx or a refusal that is no problem document, where a sound request is answered otherwise
// afterwards, or where memory did not come back. Failing inputs are kept in .wrangler/fuzz/.
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { waitUntilReady } from '../../scripts/cli/api.ts'
import { startProgress } from '../../scripts/cli/progress.ts'
import { table } from '../../scripts/cli/table.ts'
import { startLocal } from '../../scripts/local.ts'
import { type Held, MOST_GROWTH_MIB, readHeld, settle } from './memory.ts'
import { type FuzzReport, type KindTally, runFuzz } from './run.ts'

const KEEP_IN = join(import.meta.dirname, '../../.wrangler/fuzz')

interface Outcome extends FuzzReport {
  readonly before: Held
  readonly after: Held
  readonly seconds: number
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      cases: { type: 'string', default: '10000' },
      seed: { type: 'string', default: '1' },
      from: { type: 'string', default: '0' },
      json: { type: 'boolean', default: false },
    },
  })
  const { seed } = values
  const [cases, from] = [Number(values.cases), Number(values.from)]
  if (!(cases > 0) || !(from >= 0)) throw new Error('--cases and --from want numbers')
  const progress = startProgress('starting the Worker')
  const outcome = await fuzz({ seed, from, cases, keepIn: KEEP_IN }, progress.say).finally(
    progress.done,
  )
  if (values.json) console.log(JSON.stringify(plain(outcome)))
  else show(outcome, seed)
  const grown = outcome.after.total_mib - outcome.before.total_mib
  if (outcome.faults.length > 0 || !outcome.sameAnswer || grown > MOST_GROWTH_MIB) {
    process.exitCode = 1
  }
}

async function fuzz(
  options: Parameters<typeof runFuzz>[1],
  say: (text: string) => void,
): Promise<Outcome> {
  const worker = await startLocal({ inspect: true })
  try {
    const service = { url: worker.url.origin, key: worker.key }
    await waitUntilReady(service)
    await settle(service)
    const before = await readHeld(worker)
    const start = performance.now()
    const report = await runFuzz(service, options, say)
    const seconds = Math.round((performance.now() - start) / 1000)
    await settle(service)
    return { ...report, before, after: await readHeld(worker), seconds }
  } finally {
    await worker.stop()
  }
}

const rowOf = (name: string, { requests, reachedModel, slowestMs, statuses }: KindTally) => {
  const sorted = [...statuses].toSorted(([a], [b]) => a - b)
  const counts = sorted.map(([status, count]) => `${status}: ${count}`).join(', ')
  return [name, String(requests), String(reachedModel), String(slowestMs), counts]
}

function show(
  { faults, tallies, sameAnswer, before, after, seconds }: Outcome,
  seed: string,
): void {
  for (const { number, kind, fault, file } of faults) {
    console.log(`case ${number} (${kind}): ${fault}; kept as ${file}.body and .json`)
  }
  const head = ['input', 'requests', 'reached the model', 'slowest ms', 'answers']
  const rows = [...tallies].toSorted(([a], [b]) => a.localeCompare(b)).map(([k, t]) => rowOf(k, t))
  console.log(table([head, ...rows]))
  const sum = (of: (tally: KindTally) => number) =>
    [...tallies.values()].reduce((total, tally) => total + of(tally), 0)
  console.log(
    `${sum((t) => t.requests)} requests (${sum((t) => t.reachedModel)} through the model) in ${seconds} s, seed ${seed}: ${faults.length} faults`,
  )
  console.log(`a sound request is answered ${sameAnswer ? 'as before' : 'OTHERWISE than before'}`)
  console.log(`memory before ${held(before)}, after ${held(after)}`)
}

const held = ({ wasm_mib, js_mib, total_mib }: Held) =>
  `${wasm_mib} MiB WASM + ${js_mib} MiB JS = ${total_mib} MiB`

const plain = ({ tallies, ...rest }: Outcome) => ({
  ...rest,
  inputs: Object.fromEntries(
    [...tallies].map(([kind, { statuses, ...tally }]) => [
      kind,
      { ...tally, statuses: Object.fromEntries(statuses) },
    ]),
  ),
})

await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
})
