// Starts both Workers on this machine as Cloudflare would run them: bundled by wrangler, run by workerd, R2 filled from model-shards/.
// Every script that needs an answer starts its own here and stops it again. Listens on 127.0.0.1 only.
import { createHash, randomBytes } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { SourceMap } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { convertV4MiniflareOptions, Log, LogLevel, Miniflare } from 'miniflare'
import { unstable_getMiniflareWorkerOptions as workerOptionsOf } from 'wrangler'
import { bundle, type Module } from './bundle.ts'

const ROOT = join(import.meta.dirname, '..')
const MODEL = join(ROOT, 'model-shards')

export interface LocalOptions {
  /** 0 or none: a free one. */
  readonly port?: number
  /** Where R2, KV and the Durable Objects keep what they hold between runs; without it all goes when the Worker stops. */
  readonly persist?: string
  /** Leaves the OCR Worker out of reach, as when it fails. */
  readonly withoutOcr?: boolean
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
  /** The inspector's WebSocket of one of the Workers, the main one without a name. Fails unless started with `inspect`. */
  inspectorUrl(name?: 'pip-kie' | 'pip-kie-ocr'): Promise<URL>
  /** Of a Worker's bundle, so that what runs is told by its source. */
  sourceMap(name?: 'pip-kie' | 'pip-kie-ocr'): Promise<SourceMap>
  /** Calls the OCR Worker itself: a picture by POST gives words, GET the bytes that its WebAssembly holds. */
  askOcr(picture?: Uint8Array<ArrayBuffer>): Promise<unknown>
  /** Keys of what a bucket holds. */
  objects(bucket: 'MODEL' | 'DOCUMENTS'): Promise<readonly string[]>
  /** Ends the process and removes what it wrote, but for `persist`. */
  stop(): Promise<void>
}

export async function startLocal(options: LocalOptions = {}): Promise<LocalWorker> {
  const scratch = await mkdtemp(join(tmpdir(), 'pip-kie-'))
  const key = `pk_local_${randomBytes(12).toString('hex')}`
  try {
    const [main, ocr] = await Promise.all([
      bundle('wrangler.toml', join(scratch, 'main'), options.entry),
      bundle('workers/ocr/wrangler.toml', join(scratch, 'ocr')),
    ])
    const persist = options.persist ?? join(scratch, 'state')
    const started = performance.now()
    const worker = new Miniflare(runtimeOptions({ main, ocr }, persist, key, options))
    const url = await worker.ready
    const bootMs = performance.now() - started
    const stop = async () => {
      await worker.dispose()
      await rm(scratch, { recursive: true, force: true })
    }
    const inspectorUrl = (name = 'pip-kie') => inspectorSocket(worker, name)
    if (options.entry === undefined) await seed(worker)
    const objects = (bucket: string) => keysIn(worker, bucket)
    const askOcr = (picture?: Uint8Array<ArrayBuffer>) => fetchOcr(worker, picture)
    const sourceMap = (name = 'pip-kie') => readMap(name === 'pip-kie' ? main : ocr)
    return { url, key, bootMs, inspectorUrl, sourceMap, askOcr, objects, stop }
  } catch (error) {
    await rm(scratch, { recursive: true, force: true })
    throw error
  }
}

async function readMap(modules: readonly Module[]): Promise<SourceMap> {
  return new SourceMap(JSON.parse(await readFile(`${modules[0]?.path}.map`, 'utf8')))
}

interface Bundles {
  readonly main: readonly Module[]
  readonly ocr: readonly Module[]
}

function runtimeOptions(
  { main, ocr }: Bundles,
  persist: string,
  key: string,
  options: LocalOptions,
) {
  const hash = createHash('sha256').update(key).digest('hex')
  return convertV4MiniflareOptions({
    host: '127.0.0.1',
    cf: false,
    log: new Log(options.quiet ? LogLevel.NONE : LogLevel.WARN),
    resourcePersistencePath: persist,
    port: options.port ?? 0,
    handleStructuredLogs: ({ level, message }) => {
      if (options.quiet) return
      if (level === 'error' || level === 'warn') console.error(message)
      else if (options.showLog) console.log(message)
    },
    ...(options.inspect ? { inspectorPort: 0, inspectorHost: '127.0.0.1' } : {}),
    workers: [
      {
        ...workerFrom('pip-kie', 'wrangler.toml', main, {
          API_KEY_HASHES: hash,
          FORM_SECRETS: randomBytes(24).toString('hex'),
          WEBHOOK_TARGETS: 'anywhere',
          UPLOAD_SECRET: randomBytes(32).toString('hex'),
          ...options.bindings,
        }),
        ...(options.withoutOcr ? { serviceBindings: { OCR: NOWHERE } } : {}),
      },
      workerFrom('pip-kie-ocr', 'workers/ocr/wrangler.toml', ocr),
    ],
  })
}

function workerFrom(
  name: string,
  config: string,
  modules: readonly Module[],
  variables: Readonly<Record<string, string>> = {},
) {
  const { workerOptions } = workerOptionsOf(join(ROOT, config))
  const modulesRoot = join(modules[0]?.path ?? '', '..')
  const bindings = { ...Object(workerOptions.bindings), ...variables }
  return { ...workerOptions, name, bindings, modules: [...modules], modulesRoot }
}

/** A service that cannot be reached. */
const NOWHERE = { external: { address: '127.0.0.1:1', http: {} } }

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

async function fetchOcr(worker: Miniflare, picture?: Uint8Array<ArrayBuffer>): Promise<unknown> {
  // Miniflare's own type of a service needs a package of Worker types that would collide with Node's.
  const ocr = (await worker.getWorker('pip-kie-ocr')) as unknown as { fetch: typeof fetch }
  const asked = picture === undefined ? {} : { method: 'POST', body: picture }
  return (await ocr.fetch('http://ocr/', asked)).json()
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

interface Target {
  readonly id: string
  readonly webSocketDebuggerUrl: string
}

async function inspectorSocket(worker: Miniflare, name: string): Promise<URL> {
  const base = await worker.getInspectorURL()
  const response = await fetch(new URL('/json', base.href.replace(/^ws/, 'http')))
  const targets = (await response.json()) as readonly Target[]
  const target = targets.find(({ id }) => id === `core:user:${name}`)
  if (target === undefined) throw new Error(`workerd offers no inspector target for ${name}`)
  return new URL(target.webSocketDebuggerUrl)
}
