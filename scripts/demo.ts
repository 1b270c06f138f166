// npm run demo: starts the Worker, extracts from the two sample files, shows what came back, stops.
// The last field of each is not on the page: an honest answer says `absent`.
import { join } from 'node:path'
import { requestExtraction } from './cli/api.ts'
import { documentFrom } from './cli/document.ts'
import { reachService } from './cli/service.ts'
import { printExtraction } from './cli/show.ts'

const SAMPLES = join(import.meta.dirname, '../samples')

const DEMOS = [
  {
    file: 'receipt.json',
    what: 'a shop receipt, given as words with boxes',
    properties: {
      company: { type: 'string' },
      address: { type: 'string' },
      date: { type: 'string', format: 'date' },
      total: { type: 'number' },
      passport_number: { type: 'string' },
    },
  },
  {
    file: 'order.pdf',
    what: 'an order for television advertising, a PDF with a text layer',
    properties: {
      contract_number: { type: 'string' },
      advertiser: { type: 'string' },
      gross_amount: { type: 'number' },
      flight_dates: { type: 'string', description: 'when the advertisements run' },
      table_number: { type: 'string', description: 'number of the table in a restaurant' },
    },
  },
] as const

async function main(): Promise<void> {
  const { service, stop } = await reachService(undefined, undefined)
  try {
    await warmUp(service)
    for (const { file, what, properties } of DEMOS) {
      const document = await documentFrom(join(SAMPLES, file))
      const timed = await requestExtraction(service, { document, schema: schemaOf(properties) })
      console.log(`${file}: ${what}`)
      printExtraction(timed)
    }
  } finally {
    await stop()
  }
}

const schemaOf = (properties: object) => ({ type: 'object', properties })

/** The first passes of an isolate are slow, until its WebAssembly is compiled for speed; the demo shows the usual ones. */
async function warmUp(service: Parameters<typeof requestExtraction>[0]): Promise<void> {
  for (const { file, properties } of DEMOS) {
    const document = await documentFrom(join(SAMPLES, file))
    const schema = schemaOf(properties)
    for (let i = 0; i < 2; i++) await requestExtraction(service, { document, schema })
  }
}

await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
})
