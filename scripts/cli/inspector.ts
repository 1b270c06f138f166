// Heap readings of a running Worker, taken from outside through workerd's inspector (the Chrome DevTools protocol).

export interface JsHeap {
  /** What V8 holds for objects, used or not, and workerd's own objects of the isolate. Bytes. */
  readonly heap: number
  /** ArrayBuffers. WebAssembly memory is not among them: ORT's is shared memory, which V8 keeps outside. Bytes. */
  readonly buffers: number
}

interface HeapUsage {
  readonly totalSize: number
  readonly embedderHeapUsedSize: number
  readonly backingStorageSize: number
}

const TIMEOUT_MS = 10_000

/** Uncollected garbage counts, as it does against the platform's limit. Opens a connection of its own each time. */
export async function readJsHeap(inspector: URL): Promise<JsHeap> {
  const usage = await callOnce<HeapUsage>(inspector, 'Runtime.getHeapUsage')
  return {
    heap: usage.totalSize + usage.embedderHeapUsedSize,
    buffers: usage.backingStorageSize,
  }
}

async function callOnce<T>(inspector: URL, method: string): Promise<T> {
  const socket = new WebSocket(inspector)
  try {
    return await new Promise<T>((resolve, reject) => {
      const timeOut = () => reject(new Error(`the inspector did not answer ${method}`))
      AbortSignal.timeout(TIMEOUT_MS).addEventListener('abort', timeOut)
      socket.onerror = () => reject(new Error('the inspector refused the connection'))
      socket.onopen = () => socket.send(JSON.stringify({ id: 1, method }))
      socket.onmessage = ({ data }) => {
        const message = JSON.parse(String(data))
        if (message.id === 1) resolve(message.result)
      }
    })
  } finally {
    socket.close()
  }
}
