// npm run pages [-- --json] [-- --runs N]: what a page costs, in documents of 1 to 50 pages: the median time of a request from outside,
// by page, and the forward passes. Flat means that a long document costs no more a page than a short one.
import { parseArgs } from 'node:util'
import { requestExtraction, type Service, type Timed } from './cli/api.ts'
import { CONTRACT_SCHEMA, manyPages } from './cli/many-pages.ts'
import { startProgress } from './cli/progress.ts'
import { reachService } from './cli/service.ts'
import { table } from './cli/table.ts'

const SIZES = [1, 5, 10, 20, 30, 40, 50]
/** The first passes of an isolate are slow, until its WebAssembly is compiled for speed. */
const WARM_UP_PAGES = 10

interface Cost {
  readonly pages: number
  readonly words: number
  readonly passes: number
  readonly median_ms: number
  readonly ms_a_page: number
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { json: { type: 'boolean' }, runs: { type: 'string', default: '3' } },
  })
  const runs = Number(values.runs)
  if (!(runs > 0)) throw new Error('--runs wants a number above 0')
  const costs = await measure(runs)
  if (values.json) console.log(JSON.stringify(costs))
  else show(costs)
}

async function measure(runs: number): Promise<Cost[]> {
  const { service, stop } = await reachService(undefined, undefined)
  const progress = startProgress('warming up')
  try {
    await request(service, WARM_UP_PAGES)
    const timed = new Map<number, Timed[]>()
    for (let run = 1; run <= runs; run++) {
      for (const pages of SIZES) {
        progress.say(`run ${run} of ${runs}: ${pages} pages`)
        timed.set(pages, [...(timed.get(pages) ?? []), await request(service, pages)])
      }
    }
    return SIZES.map((pages) => costOf(pages, timed.get(pages) ?? []))
  } finally {
    progress.done()
    await stop()
  }
}

/** The number stands on the last page. */
function request(service: Service, pages: number): Promise<Timed> {
  const content = Buffer.from(manyPages(pages, pages)).toString('base64')
  const document = { content, type: 'application/pdf' }
  return requestExtraction(service, { document, schema: CONTRACT_SCHEMA })
}

function costOf(pages: number, timed: readonly Timed[]): Cost {
  const [first] = timed
  if (first === undefined) throw new Error('nothing was measured')
  const sorted = timed.map(({ ms }) => ms).toSorted((a, b) => a - b)
  const median = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
  const { passes, usage } = first.extraction
  return {
    pages,
    words: usage.words ?? 0,
    passes,
    median_ms: Math.round(median),
    ms_a_page: Math.round(median / pages),
  }
}

function show(costs: readonly Cost[]): void {
  const rows = costs.map((cost) =>
    [cost.pages, cost.words, cost.passes, cost.median_ms, cost.ms_a_page].map(String),
  )
  console.log(table([['pages', 'words', 'passes', 'ms', 'ms a page'], ...rows]))
}

await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
})
