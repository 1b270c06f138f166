// What both isolates hold while many pictures arrive at once. The inspector does not see WebAssembly's memory: what the model,
// onnxruntime and a decoder hold is told by the Workers themselves.
import type { LocalWorker } from '../local.ts'
import { readJsHeap } from './inspector.ts'

const MIB = 1024 * 1024
const SCHEMA = {
  type: 'object',
  properties: { company: { type: 'string' }, total: { type: 'string' } },
}

export interface Upload {
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly type: string
}

export interface Uploads {
  /** Highest readings, MiB. */
  readonly main_mib: number
  readonly ocr_mib: number
  /** How many got which status. */
  readonly statuses: Readonly<Record<string, number>>
}

/** Sends all at once; `worker` was started with `inspect`. */
export async function uploadTogether(
  worker: LocalWorker,
  uploads: readonly Upload[],
): Promise<Uploads> {
  const highest = { main: 0, ocr: 0 }
  let under = true
  const watch = async () => {
    while (under) {
      // An isolate that is reading a picture answers the inspector afterwards, or too late.
      const readings = [readMain(worker), readOcr(worker)].map((it) => it.catch(() => 0))
      const [main = 0, ocr = 0] = await Promise.all(readings)
      highest.main = Math.max(highest.main, main)
      highest.ocr = Math.max(highest.ocr, ocr)
    }
  }
  const watching = watch()
  const sent = Promise.all(uploads.map((upload) => send(worker, upload)))
  const answers = await sent.finally(() => {
    under = false
  })
  await watching
  // Of one kind of pictures it never shrinks, so what it is now it was at most.
  const { wasm_bytes } = (await worker.askOcr()) as { readonly wasm_bytes: number }
  const statuses = Object.fromEntries(
    Array.from(Map.groupBy(answers, String), ([status, all]) => [status, all.length]),
  )
  return { main_mib: mib(highest.main), ocr_mib: mib(highest.ocr + wasm_bytes), statuses }
}

async function send(worker: LocalWorker, { bytes, type }: Upload): Promise<number> {
  const url = new URL('/v1/extract', worker.url)
  url.searchParams.set('schema', JSON.stringify(SCHEMA))
  const headers = { authorization: `Bearer ${worker.key}`, 'content-type': type }
  const response = await fetch(url, { method: 'POST', headers, body: bytes })
  await response.arrayBuffer()
  return response.status
}

async function readMain(worker: LocalWorker): Promise<number> {
  const response = await fetch(new URL('/readyz', worker.url))
  const { memory } = (await response.json()) as { memory: { wasm_bytes: number } }
  const { heap, buffers } = await readJsHeap(await worker.inspectorUrl('pip-kie'))
  return memory.wasm_bytes + heap + buffers
}

/** Without WebAssembly's memory: to ask for that in between would stop this process until the picture is read. */
async function readOcr(worker: LocalWorker): Promise<number> {
  const { heap, buffers } = await readJsHeap(await worker.inspectorUrl('pip-kie-ocr'))
  return heap + buffers
}

const mib = (bytes: number) => Math.round((bytes / MIB) * 10) / 10
