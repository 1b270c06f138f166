// Bundles a Worker as `wrangler deploy` would, into a folder of its own, so that workerd can run it here.
import { execFile } from 'node:child_process'
import { readdir } from 'node:fs/promises'
import { join, parse } from 'node:path'
import { promisify } from 'node:util'

const ROOT = join(import.meta.dirname, '..')
const WRANGLER = join(ROOT, 'node_modules/wrangler/bin/wrangler.js')

export interface Module {
  readonly type: 'ESModule' | 'CompiledWasm' | 'Text' | 'Data'
  readonly path: string
}

/**
 * The modules that would be uploaded, the entry first.
 * @param config a wrangler.toml, from the root of the repository
 * @param entry another entry than the one that the config names
 */
export async function bundle(
  config: string,
  folder: string,
  entry?: string,
): Promise<readonly Module[]> {
  const own = entry === undefined ? [] : [entry]
  const command = [WRANGLER, 'deploy', ...own, '--dry-run', '--config', config, '--outdir', folder]
  const env = { ...process.env, WRANGLER_SEND_METRICS: 'false' }
  try {
    await promisify(execFile)(process.execPath, command, { cwd: ROOT, env })
  } catch (error) {
    throw new Error(`The Worker could not be bundled. Try: npx wrangler deploy --dry-run\n${error}`)
  }
  const files = (await readdir(folder)).filter((file) => moduleType(file) !== undefined)
  const first = `${parse(entry ?? 'index.ts').name}.js`
  const entryFirst = files.toSorted((a, b) => Number(b === first) - Number(a === first))
  return entryFirst.map((file) => ({
    type: moduleType(file) ?? 'ESModule',
    path: join(folder, file),
  }))
}

function moduleType(file: string): Module['type'] | undefined {
  if (file.endsWith('.js')) return 'ESModule'
  if (file.endsWith('.wasm')) return 'CompiledWasm'
  if (file.endsWith('.txt')) return 'Text'
  return /\.(onnx|weights)$/.test(file) ? 'Data' : undefined
}
