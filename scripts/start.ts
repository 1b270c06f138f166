// npm start [-- --port N]: the Worker on this machine until Ctrl+C, with a key to call it. The model's shards stay in .wrangler/
// between starts.
import { parseArgs } from 'node:util'
import { waitUntilReady } from './cli/api.ts'
import { startProgress } from './cli/progress.ts'
import { forgetRunning, noteRunning, PERSIST } from './cli/running.ts'
import { type LocalWorker, startLocal } from './local.ts'

const DEFAULT_PORT = '8787'

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { port: { type: 'string', default: DEFAULT_PORT } } })
  const progress = startProgress('starting the Worker')
  const worker = await startLocal({ port: Number(values.port), persist: PERSIST, showLog: true })
  process.once('SIGINT', () => void stop(worker))
  process.once('SIGTERM', () => void stop(worker))
  progress.say('loading the model')
  try {
    await waitUntilReady({ url: worker.url.origin, key: worker.key })
  } catch (error) {
    await worker.stop()
    throw error
  } finally {
    progress.done()
  }
  await noteRunning({ url: worker.url.origin, key: worker.key })
  greet(worker)
}

async function stop(worker: LocalWorker): Promise<void> {
  await forgetRunning()
  await worker.stop()
  process.exit()
}

function greet({ url, key }: LocalWorker): void {
  const schema =
    '{"type": "object", "properties": {"company": {"type": "string"}, "total": {"type": "number"}}}'
  console.log(`pip-kie listens on ${url.origin} (Ctrl+C ends it). Its key, until then: ${key}

Try, in another terminal:

  curl -s ${url.origin}/v1/extract -H 'authorization: Bearer ${key}' \\
    -H 'content-type: application/json' \\
    -d '{"document": '"$(cat samples/receipt.json)"', "schema": ${schema}}'
`)
}

await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  console.error('Is the port taken? Try: npm start -- --port 0')
  process.exit(1)
})
