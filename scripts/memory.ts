// npm run memory [-- --json] [-- --requests N]: what one isolate holds after loading the model and after N requests (200).
import { parseArgs } from 'node:util'
import { BUDGET_MIB, type Memory, measureMemory, type Reading } from './cli/memory.ts'
import { startProgress } from './cli/progress.ts'

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { json: { type: 'boolean' }, requests: { type: 'string', default: '200' } },
  })
  const requests = Number(values.requests)
  if (!(requests > 0)) throw new Error('--requests wants a number above 0')
  const progress = startProgress('starting the Worker')
  const memory = await measureMemory(requests, progress.say).finally(progress.done)
  if (values.json) console.log(JSON.stringify(memory))
  else show(memory)
  if (memory.highest.total_mib < BUDGET_MIB) return
  console.error(`over the budget of ${BUDGET_MIB} MiB`)
  process.exitCode = 1
}

function show({ after_load, after_requests, highest }: Memory): void {
  const line = (when: string, { wasm_mib, js_mib, total_mib }: Reading) =>
    console.log(`${when.padEnd(20)} ${wasm_mib} MiB WASM + ${js_mib} MiB JS = ${total_mib} MiB`)
  line('after loading', after_load)
  line(`after ${after_requests.requests} requests`, after_requests)
  line('highest seen', highest)
}

await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
})
