// npm run chaos [-- --jobs 1000] [-- --in-flight 100] [-- --percent 3] [-- --json]: many jobs while everything fails at random. Exits with 1
// where a job is lost, done twice or told of in two ways, or leaves its document.
import { parseArgs } from 'node:util'
import { runChaos } from './cli/chaos.ts'
import { startProgress } from './cli/progress.ts'

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      jobs: { type: 'string', default: '1000' },
      'in-flight': { type: 'string', default: '100' },
      percent: { type: 'string', default: '3' },
      json: { type: 'boolean', default: false },
    },
  })
  const options = {
    jobs: Number(values.jobs),
    inFlight: Number(values['in-flight']),
    percent: Number(values.percent),
  }
  const progress = startProgress('starting the Worker')
  const chaos = await runChaos(options, progress.say).finally(progress.done)
  if (values.json) console.log(JSON.stringify(chaos))
  else for (const [name, value] of Object.entries(chaos)) console.log(name.padEnd(12), value)
  const { lost, twice, untold, unverified, left } = chaos
  if (lost + twice + untold + unverified + left > 0) process.exitCode = 1
}

await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
})
