// npm run openapi: writes openapi.json. test/unit/openapi.test.ts fails while the file is not what this would write.
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import './openapi/resolve-src.ts'

const { describeApi } = await import('./openapi/description.ts')
const path = join(import.meta.dirname, '../openapi.json')
await writeFile(path, `${JSON.stringify(describeApi(), null, 2)}\n`)
console.error('wrote openapi.json')
