// A folder of files with a manifest above it and its set's words beside it.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { readFiles } from '../../../scripts/evaluate/files.ts'

let root: string
const words = [{ text: '9.00', box: [0, 0, 1, 1] }]
const known = {
  id: 'shops/a',
  page: { width: 1, height: 1 },
  words,
  fields: { total: '9' },
  fields_surface: { total: '9.00' },
  /** Where the set's words came from; not here. */
  file: 'elsewhere/a.pdf',
}

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'pip-kie-test-'))
  await Promise.all(
    ['files/pictures', 'files/pdfs', 'kie'].map((folder) =>
      mkdir(join(root, folder), { recursive: true }),
    ),
  )
  const entries = [
    { file: 'pictures/a.jpg', id: 'shops/a', fields: { total: '9' } },
    { file: 'pictures/b.jpg', id: 'shops/b', fields: { total: '7' } },
    { file: 'pdfs/c.pdf', id: 'orders/c', fields: { number: '1' } },
  ]
  await writeFile(
    join(root, 'files/manifest.jsonl'),
    entries.map((entry) => JSON.stringify(entry)).join('\n'),
  )
  await writeFile(join(root, 'kie/shops.dev.jsonl.gz'), gzipSync(JSON.stringify(known)))
})
afterAll(() => rm(root, { recursive: true }))

it('is asked from its files, and where the words are known from those too', async () => {
  const sets = await readFiles(join(root, 'files/pictures'))
  expect(sets.map(({ title }) => title)).toEqual(['shops from files', 'shops from given words'])
  const [files, given] = sets
  expect(files?.samples.map(({ id, readFrom }) => [id, readFrom?.endsWith('.jpg')])).toEqual([
    ['shops/a', true],
    ['shops/b', true],
  ])
  expect(files?.samples[0]?.fields_surface).toEqual({ total: '9.00' })
  expect(given?.samples).toEqual([known])
  expect(given?.samples[0]?.readFrom).toBeUndefined()
})

it('goes by set: a manifest may name several', async () => {
  const sets = await readFiles(join(root, 'files/manifest.jsonl'))
  expect(sets.map(({ name, samples }) => [name, samples.length])).toEqual([
    ['shops', 2],
    ['shops', 1],
    ['orders', 1],
  ])
})

it('wants a manifest', async () => {
  await expect(readFiles(join(root, 'kie'))).rejects.toThrow('manifest.jsonl')
})
