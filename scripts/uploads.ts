// npm run uploads [-- --json] [-- --together N]: what both Workers hold while N (20) pictures arrive at once: receipts, and photographs
// of 12 megapixels. Fails where an isolate comes to 110 MiB, or where anything but 200 and 429 is answered.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { waitUntilReady } from './cli/api.ts'
import { startProgress } from './cli/progress.ts'
import { uploadTogether } from './cli/uploads.ts'
import { startLocal } from './local.ts'

const BUDGET_MIB = 110
const RECEIPT = join(import.meta.dirname, '../samples/receipt.jpg')
const PHOTOGRAPH = join(import.meta.dirname, '../test/fixtures/pictures/photograph.jpg')

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { json: { type: 'boolean' }, together: { type: 'string', default: '20' } },
  })
  const together = Number(values.together)
  const progress = startProgress('starting the Workers')
  const worker = await startLocal({ inspect: true })
  try {
    await waitUntilReady({ url: worker.url.origin, key: worker.key })
    const files = [
      new Uint8Array(await readFile(RECEIPT)),
      new Uint8Array(await readFile(PHOTOGRAPH)),
    ]
    progress.say(`${together} pictures at once`)
    const uploads = Array.from({ length: together }, (_, i) => {
      return { bytes: files[i % 2] ?? new Uint8Array(), type: 'image/jpeg' }
    })
    const result = await uploadTogether(worker, uploads)
    if (values.json) console.log(JSON.stringify({ together, ...result }))
    else {
      console.log(`${together} pictures at once: ${JSON.stringify(result.statuses)}`)
      console.log(`highest: main ${result.main_mib} MiB, OCR ${result.ocr_mib} MiB`)
    }
    const isWell = Object.keys(result.statuses).every((status) => ['200', '429'].includes(status))
    if (!isWell || Math.max(result.main_mib, result.ocr_mib) >= BUDGET_MIB) process.exitCode = 1
  } finally {
    progress.done()
    await worker.stop()
  }
}

await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
})
