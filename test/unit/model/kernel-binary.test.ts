// src/model/kernel.wasm is what kernel/ compiles to.
import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const ROOT = join(import.meta.dirname, '../../..')
const ASC = join(ROOT, 'node_modules/assemblyscript/bin/asc.js')

test('the committed kernel is fresh: npm run kernel', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'pip-kernel-'))
  try {
    const out = join(folder, 'kernel.wasm')
    const command = [ASC, '--config', 'kernel/asconfig.json', '--outFile', out]
    await promisify(execFile)(process.execPath, command, { cwd: ROOT })
    const [built, committed] = await Promise.all(
      [out, join(ROOT, 'src/model/kernel.wasm')].map((path) => readFile(path)),
    )
    expect(built?.equals(committed ?? Buffer.of())).toBe(true)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}, 60_000)
