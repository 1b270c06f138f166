// Starts the Worker on this machine as Cloudflare would run it: bundled by wrangler, run by workerd, R2 filled from model-shards/.
// Every script that needs an answer starts its own here and stops it again. Listens on 127.0.0.1 only.
import { execFile } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, parse } from 'node:path'
import { promisify } from 'node:util'
import { convertV4MiniflareOptions, Log, LogLevel, Miniflare } from 'miniflare'
import { unstable_getMiniflareWorkerOptions as workerOptionsOf } from 'wrangler'

const ROOT = join(import.meta.dirname, '..')
const MODEL = join(ROOT, 'model-shards')
const WRANGLER = join(ROOT, 'node_modules/wrangler/bin/wrangler.js')

export interface LocalOptions {
  /** 0 or none: a free one. */
  readonly port?: number
  /** Where R2, KV and the Durable Objects keep what they hold between runs; without it all goes when the Worker stops. */
  readonly persist?: string
  /** Opens the inspector, for heap readings. */
  readonly inspect?: boolean
  /** Prints the Worker's request log to stdout; its errors go to stderr in any case. */
  readonly showLog?: boolean
  /** Another entry than the Worker's own; its model is not asked for, so R2 stays empty. */
  readonly entry?: string
  /** Further variables. */
  readonly bindings?: Readonly<Record<string, string>>
  /** Prints nothing. */
  readonly quiet?: boolean
}

export interface LocalWorker {
  readonly url: URL
  /** An operator's key of this Worker: `authorization: Bearer ${key}`. */
  readonly key: string
  /** From the start of the process until it listens, bundling and seeding left out. */
  readonly bootMs: number
  /** The inspector's WebSocket. Fails unless started with `inspect`. */
  inspectorUrl(): Promise<URL>
  /** Keys of what a bucket holds. */
  objects(bucket: 'MODEL' | 'DOCUMENTS'): Promise<readonly string[]>
  /** Ends the process and removes what it wrote, but for `persist`. */
  stop(): Promise<void>
}

export async function startLocal(options: LocalOptions = {}): Promise<LocalWorker> {
  const scratch = await mkdtemp(join(tmpdir(), 'pip-kie-'))
  const key = `pk_local_${randomBytes(12).toString('hex')}`
  try {
    const bundle = await bundleInto(join(scratch, 'bundle'), options.entry)
    const persist = options.persist ?? join(scratch, 'state')
    const started = performance.now()
    const worker = new Miniflare(runtimeOptions(bundle, persist, key, options))
    const url = await worker.ready
    const bootMs = performance.now() - started
    const stop = async () => {
      await worker.dispose()
      await rm(scratch, { recursive: true, force: true })
    }
    const inspectorUrl = () => inspectorSocket(worker)
    if (options.entry === undefined) await seed(worker)
    const objects = (bucket: string) => keysIn(worker, bucket)
    return { url, key, bootMs, inspectorUrl, objects, stop }
  } catch (error) {
    await rm(scratch, { recursive: true, force: true })
    throw error
  }
}

interface Module {
  readonly type: 'ESModule' | 'CompiledWasm' | 'Text'
  readonly path: string
}

/** The modules that `wrangler deploy` would upload, the entry first. */
async function bundleInto(folder: string, entry?: string): Promise<readonly Module[]> {
  const own = entry === undefined ? [] : [entry]
  const command = [WRANGLER, 'deploy', ...own, '--dry-run', '--outdir', folder]
  const env = { ...process.env, WRANGLER_SEND_METRICS: 'false' }
  try {
    await promisify(execFile)(process.execPath, command, { cwd: ROOT, env })
  } catch (error) {
    throw new Error(`The Worker could not be bundled. Try: npx wrangler deploy --dry-run\n${error}`)
  }
  const files = (await readdir(folder)).filter((file) => /\.(js|wasm|txt)$/.test(file))
  const first = `${parse(entry ?? 'index.ts').name}.js`
  const entryFirst = files.toSorted((a, b) => Number(b === first) - Number(a === first))
  return entryFirst.map((file) => ({ type: moduleType(file), path: join(folder, file) }))
}

function moduleType(file: string): Module['type'] {
  if (file.endsWith('.wasm')) return 'CompiledWasm'
  return file.endsWith('.txt') ? 'Text' : 'ESModule'
}

function runtimeOptions(
  modules: readonly Module[],
  persist: string,
  key: string,
  options: LocalOptions,
) {
  const { workerOptions } = workerOptionsOf(join(ROOT, 'wrangler.toml'))
  const hash = createHash('sha256').update(key).digest('hex')
  return convertV4MiniflareOptions({
    ...workerOptions,
    host: '127.0.0.1',
    cf: false,
    log: new Log(options.quiet ? LogLevel.NONE : LogLevel.WARN),
    resourcePersistencePath: persist,
    modules: [...modules],
    modulesRoot: join(modules[0]?.path ?? '', '..'),
    bindings: {
      ...Object(workerOptions.bindings),
      API_KEY_HASHES: hash,
      FORM_SECRETS: randomBytes(24).toString('hex'),
      WEBHOOK_TARGETS: 'anywhere',
      UPLOAD_SECRET: randomBytes(32).toString('hex'),
      ...options.bindings,
    },
    port: options.port ?? 0,
    handleStructuredLogs: ({ level, message }) => {
      if (options.quiet) return
      if (level === 'error' || level === 'warn') console.error(message)
      else if (options.showLog) console.log(message)
    },
    ...(options.inspect ? { inspectorPort: 0, inspectorHost: '127.0.0.1' } : {}),
  })
}

/** Puts the shards that are not there yet into the bucket, as an upload of the release would. */
async function seed(worker: Miniflare): Promise<void> {
  // Miniflare's own type of a bucket needs a package of Worker types that would collide with Node's.
  const bucket = (await worker.getR2Bucket('MODEL')) as unknown as Bucket
  for (const { file, bytes } of await releasedFiles()) {
    if ((await bucket.head(file))?.size === bytes) continue
    await bucket.put(file, await readFile(join(MODEL, file)))
  }
}

async function keysIn(worker: Miniflare, name: string): Promise<readonly string[]> {
  const bucket = (await worker.getR2Bucket(name)) as unknown as Bucket
  return (await bucket.list()).objects.map(({ key }) => key)
}

interface Bucket {
  list(): Promise<{ readonly objects: readonly { readonly key: string }[] }>
  head(key: string): Promise<{ readonly size: number } | null>
  put(key: string, value: Uint8Array): Promise<unknown>
}

interface ReleasedFile {
  readonly file: string
  readonly bytes: number
}

async function releasedFiles(): Promise<readonly ReleasedFile[]> {
  const manifest = JSON.parse(await readFile(join(MODEL, 'manifest.json'), 'utf8'))
  return [manifest.graph, ...manifest.shards]
}

async function inspectorSocket(worker: Miniflare): Promise<URL> {
  const base = await worker.getInspectorURL()
  const response = await fetch(new URL('/json', base.href.replace(/^ws/, 'http')))
  const [target] = (await response.json()) as readonly { readonly webSocketDebuggerUrl: string }[]
  if (target === undefined) throw new Error('workerd offers no inspector target')
  return new URL(target.webSocketDebuggerUrl)
}
