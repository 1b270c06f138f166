// npm run extract -- FILE --fields company,date,total [--schema FILE.json] [--json] [--url U --key K]
// Extracts from one file and shows every field with its status, confidence and place. Starts a Worker of its own unless
// --url names one; the time shown is of a request to a loaded model.
import { readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { requestExtraction } from './cli/api.ts'
import { documentFrom, schemaFrom } from './cli/document.ts'
import { reachService } from './cli/service.ts'
import { printExtraction } from './cli/show.ts'

const USAGE =
  'npm run extract -- FILE --fields company,date,total [--schema FILE.json] [--json] [--url U --key K]'

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    fields: { type: 'string' },
    schema: { type: 'string' },
    json: { type: 'boolean', default: false },
    url: { type: 'string' },
    key: { type: 'string' },
  },
})

async function main(): Promise<void> {
  const [path] = positionals
  const schema = await schemaOf()
  if (path === undefined || schema === undefined) throw new Error(`usage: ${USAGE}`)
  const document = await documentFrom(path)
  const { service, stop } = await reachService(options.url, options.key)
  try {
    const timed = await requestExtraction(service, { document, schema })
    if (options.json) console.log(JSON.stringify(timed.extraction, null, 2))
    else printExtraction(timed)
  } finally {
    await stop()
  }
}

/** A schema file, or plain names as strings; undefined where neither is given. */
async function schemaOf(): Promise<unknown> {
  if (options.schema !== undefined) return JSON.parse(await readFile(options.schema, 'utf8'))
  const names = options.fields?.split(',').map((name) => name.trim())
  return names && schemaFrom(names.filter(Boolean))
}

await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
})
