// openapi.json is what the schemas say; `npm run openapi` writes it anew.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { describeApi } from '../../scripts/openapi/description.ts'

const committed: unknown = JSON.parse(
  await readFile(join(import.meta.dirname, '../../openapi.json'), 'utf8'),
)

it('is up to date', () => {
  expect(JSON.parse(JSON.stringify(describeApi()))).toEqual(committed)
})

it('refers only to what is there', () => {
  const text = JSON.stringify(committed)
  for (const [, path = ''] of text.matchAll(/"\$ref":"#\/([^"]+)"/g)) {
    const found = path
      .split('/')
      .reduce<unknown>(
        (node, key) => (node as Record<string, unknown> | undefined)?.[key],
        committed,
      )
    expect(found, path).toBeDefined()
  }
})
