// npm run upload [-- --bucket NAME]: puts the released model's shards into the R2 bucket of a deployment, by wrangler and
// its login. Keys are content hashes, so it may be run again and never changes what a running Worker reads.
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'

const RELEASE = join(import.meta.dirname, '../model-shards')

interface Listed {
  readonly file: string
}

function main(): void {
  const { values } = parseArgs({
    options: { bucket: { type: 'string', default: 'pip-kie-model' } },
  })
  const { graph, shards }: { graph: Listed; shards: readonly Listed[] } = JSON.parse(
    readFileSync(join(RELEASE, 'manifest.json'), 'utf8'),
  )
  for (const { file } of [graph, ...shards]) {
    console.log(`${values.bucket}/${file}`)
    const put = ['r2', 'object', 'put', `${values.bucket}/${file}`, '--remote', '--file']
    const { status } = spawnSync('wrangler', [...put, join(RELEASE, file)], { stdio: 'inherit' })
    if (status !== 0) throw new Error(`wrangler could not upload ${file}; see its message above`)
  }
}

try {
  main()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
