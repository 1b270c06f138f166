// One model in a workerd of its own: bench/worker.ts, with its files from a folder that looks like model-shards/.
import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { convertV4MiniflareOptions, Log, LogLevel, Miniflare } from 'miniflare'
import type { Feeds, Loaded, Ran } from './feeds.ts'

const ROOT = join(import.meta.dirname, '..')
const WRANGLER = join(ROOT, 'node_modules/wrangler/bin/wrangler.js')
const CONFIG = join(import.meta.dirname, 'wrangler.toml')

export type Runtime = 'ort' | 'kernel'

export interface Contender {
  readonly name: string
  readonly loaded: Loaded
  /** Runs all feeds one after another, `times` over; the milliseconds are of one time. */
  run(feeds: readonly Feeds[], options?: { times?: number; outputs?: boolean }): Promise<Ran>
  /** Makes ONNX Runtime print what it has recorded. */
  endProfile(): Promise<void>
  stop(): Promise<void>
}

/** What `profile` prints goes to `log`. */
export async function startContender(
  name: string,
  runtime: Runtime,
  release: string,
  log?: (line: string) => void,
): Promise<Contender> {
  const scratch = await mkdtemp(join(tmpdir(), 'pip-kie-bench-'))
  const worker = new Miniflare(options(await bundleInto(scratch), scratch, release, log))
  const url = await worker.ready
  const ask = async <T>(path: string, body?: unknown): Promise<T> => {
    const init = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }
    const response = await fetch(new URL(path, url), init)
    const text = await response.text()
    if (!response.ok) throw new Error(`${name} ${path}: ${response.status} ${text.slice(0, 500)}`)
    return JSON.parse(text)
  }
  const loaded = await ask<Loaded>(`/load?runtime=${runtime}${log ? '&profile' : ''}`)
  return {
    name,
    loaded,
    run: (feeds, { times = 1, outputs = false } = {}) =>
      ask(`/run?times=${times}${outputs ? '&outputs' : ''}`, feeds),
    endProfile: () => ask('/profile'),
    async stop() {
      await worker.dispose()
      await rm(scratch, { recursive: true, force: true })
    },
  }
}

async function bundleInto(folder: string): Promise<readonly string[]> {
  const command = [WRANGLER, 'deploy', '--dry-run', '--config', CONFIG, '--outdir', folder]
  const env = { ...process.env, WRANGLER_SEND_METRICS: 'false' }
  await promisify(execFile)(process.execPath, command, { cwd: ROOT, env })
  const files = (await readdir(folder)).filter((file) => /\.(js|wasm)$/.test(file))
  return files.toSorted((a, b) => Number(b.endsWith('.js')) - Number(a.endsWith('.js')))
}

function options(
  files: readonly string[],
  folder: string,
  release: string,
  log?: (line: string) => void,
) {
  return convertV4MiniflareOptions({
    name: 'bench',
    compatibilityDate: '2026-11-01',
    host: '127.0.0.1',
    port: 0,
    cf: false,
    log: new Log(LogLevel.WARN),
    modules: files.map((file) => ({
      type: file.endsWith('.wasm') ? 'CompiledWasm' : 'ESModule',
      path: join(folder, file),
    })),
    modulesRoot: folder,
    serviceBindings: { FILES: (request: { url: string }) => answer(release, request.url) },
    handleStructuredLogs: ({ message }) => log?.(message),
  })
}

async function answer(release: string, url: string) {
  const { pathname } = new URL(url)
  const body =
    pathname === '/now' ? String(performance.now()) : await readFile(join(release, pathname))
  // Miniflare's Response is undici's own, which it makes of Node's.
  return new Response(body) as never
}
