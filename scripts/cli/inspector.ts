// Heap readings of a running Worker, taken from outside through workerd's inspector (the Chrome DevTools protocol).

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

/** Uncollected garbage counts, as it does against the platform's limit. Opens a connection of its own each time. */
export async function readJsHeap(inspector: URL): Promise<JsHeap> {
  const usage = await lastOf<HeapUsage>(inspector, ['Runtime.getHeapUsage'])
  return {
    heap: usage.totalSize + usage.embedderHeapUsedSize,
    buffers: usage.backingStorageSize,
  }
}

/** What is left after a collection, in bytes: a snapshot collects first, which workerd does for no other call. */
export async function readLiveBytes(inspector: URL): Promise<number> {
  const calls = ['HeapProfiler.enable', 'HeapProfiler.takeHeapSnapshot', 'Runtime.getHeapUsage']
  const usage = await lastOf<HeapUsage>(inspector, calls)
  return usage.usedSize + usage.embedderHeapUsedSize + usage.backingStorageSize
}

/** Makes the calls in their order and returns the result of the last one. */
async function lastOf<T>(inspector: URL, methods: readonly string[]): Promise<T> {
  const socket = new WebSocket(inspector)
  try {
    return await new Promise<T>((resolve, reject) => {
      const timeOut = () => reject(new Error(`the inspector did not answer ${methods.at(-1)}`))
      AbortSignal.timeout(TIMEOUT_MS).addEventListener('abort', timeOut)
      socket.onerror = () => reject(new Error('the inspector refused the connection'))
      socket.onopen = () => {
        for (const [id, method] of methods.entries()) socket.send(JSON.stringify({ id, method }))
      }
      socket.onmessage = ({ data }) => {
        const message = JSON.parse(String(data))
        if (message.id === methods.length - 1) resolve(message.result)
      }
    })
  } finally {
    socket.close()
  }
}
