// A running Worker seen from outside through workerd's inspector (the Chrome DevTools protocol): calls, and readings of its heap.

export interface JsHeap {
  /** What V8 holds for objects, used or not, and workerd's own objects of the isolate. Bytes. */
  readonly heap: number
  /** ArrayBuffers. WebAssembly memory is not among them: with 27 MiB of it they were 1 MiB. Bytes. */
  readonly buffers: number
}

interface HeapUsage {
  readonly usedSize: number
  readonly totalSize: number
  readonly embedderHeapUsedSize: number
  readonly backingStorageSize: number
}

const TIMEOUT_MS = 60_000

/** A connection to the inspector of one Worker. */
export class Inspector {
  readonly #socket: WebSocket
  #calls = 0

  private constructor(socket: WebSocket) {
    this.#socket = socket
  }

  static open(address: URL): Promise<Inspector> {
    const socket = new WebSocket(address)
    return new Promise((resolve, reject) => {
      socket.onopen = () => resolve(new Inspector(socket))
      socket.onerror = () => reject(new Error('the inspector refused the connection'))
    })
  }

  /** Fails when there is no answer within a minute, or the connection ends before. */
  call<T>(method: string, params = {}): Promise<T> {
    const id = this.#calls++
    const socket = this.#socket
    return new Promise((resolve, reject) => {
      const ended = new AbortController()
      const { signal } = ended
      const fail = (how: string) => {
        ended.abort()
        reject(new Error(`the inspector ${how} ${method}`))
      }
      const timer = setTimeout(() => fail('did not answer'), TIMEOUT_MS)
      signal.addEventListener('abort', () => clearTimeout(timer))
      socket.addEventListener('close', () => fail('hung up on'), { signal })
      const listen = ({ data }: MessageEvent) => {
        const message = JSON.parse(String(data))
        if (message.id !== id) return
        ended.abort()
        resolve(message.result)
      }
      socket.addEventListener('message', listen, { signal })
      socket.send(JSON.stringify({ id, method, params }))
    })
  }

  /** Until the other side knows: it gives one connection at a time, and ends a new one with the old. */
  close(): Promise<void> {
    return new Promise((resolve) => {
      this.#socket.addEventListener('close', () => resolve(), { once: true })
      this.#socket.close()
    })
  }
}

/** Uncollected garbage counts, as it does against the platform's limit. Opens a connection of its own each time. */
export async function readJsHeap(address: URL): Promise<JsHeap> {
  const usage = await usageAfter(address, [])
  return {
    heap: usage.totalSize + usage.embedderHeapUsedSize,
    buffers: usage.backingStorageSize,
  }
}

/** What is left after a collection, in bytes: a snapshot collects first, which workerd does for no other call. */
export async function readLiveBytes(address: URL): Promise<number> {
  const usage = await usageAfter(address, ['HeapProfiler.enable', 'HeapProfiler.takeHeapSnapshot'])
  return usage.usedSize + usage.embedderHeapUsedSize + usage.backingStorageSize
}

async function usageAfter(address: URL, methods: readonly string[]): Promise<HeapUsage> {
  const inspector = await Inspector.open(address)
  try {
    for (const method of methods) await inspector.call(method)
    return await inspector.call<HeapUsage>('Runtime.getHeapUsage')
  } finally {
    await inspector.close()
  }
}
