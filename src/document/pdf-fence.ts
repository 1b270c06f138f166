// What pdf.js may take while it reads one file, fenced: it keeps all that a stream decodes to, however many filters the stream goes
// through and however often a page names it, and a graphics state saved within a saved one makes it slower with the cube of the
// depth. Either lets a file of a few hundred bytes take the isolate's memory or minutes of its time. pdf.js has no setting for them,
// so the three globals that they go through are wrapped; what is not called on behalf of a fenced file goes through as ever.
// Delete a wrapper once pdf.js passes test/unit/document/pdf-fence.test.ts without it.
import { AsyncLocalStorage } from 'node:async_hooks'
import { type Failure, fail, type Result } from '../failure'
import {
  MAX_PDF_ALLOCATED_BYTES,
  MAX_PDF_BUFFER_BYTES,
  MAX_PDF_DEPTH,
  MAX_PDF_PAGE_BYTES,
} from '../limits'

const plain = { Uint8Array, DecompressionStream, create: Object.create }
/** The fence of the file on whose behalf the code runs that asks. */
const fences = new AsyncLocalStorage<PdfFence>()
/** Under it an object has the length of the chain of prototypes behind it, as far as that was made within a fence. */
const DEPTH = Symbol('depth')
let inside = 0

interface Deep {
  readonly [DEPTH]?: number
}

/** Around the reading of one file. */
export class PdfFence {
  private failure: Failure | undefined
  private page = 0
  private total = 0

  /**
   * What `read` gives, unless the file wanted more than it may have: pdf.js goes on after most errors, and what it then gives is not
   * the whole file.
   */
  async around<T>(read: () => Promise<Result<T>>): Promise<Result<T>> {
    if (inside++ === 0) wrap()
    try {
      const result = await fences.run(this, read)
      return this.failure === undefined ? result : fail(this.failure)
    } finally {
      if (--inside === 0) unwrap()
    }
  }

  nextPage(): void {
    this.page = 0
  }

  /** Throws beyond a limit. */
  take(bytes: number): void {
    this.page += bytes
    this.total += bytes
    if (bytes > MAX_PDF_BUFFER_BYTES) {
      this.refuse('one stream of a PDF, decoded', MAX_PDF_BUFFER_BYTES)
    }
    if (this.page > MAX_PDF_PAGE_BYTES) {
      this.refuse('what a page of a PDF decodes to', MAX_PDF_PAGE_BYTES)
    }
    if (this.total > MAX_PDF_ALLOCATED_BYTES) {
      this.refuse('what a PDF decodes to', MAX_PDF_ALLOCATED_BYTES)
    }
  }

  /** Throws beyond the limit. */
  descend(depth: number): void {
    if (depth > MAX_PDF_DEPTH) {
      this.refuse('saved states of a PDF within each other', MAX_PDF_DEPTH, 'levels')
    }
  }

  private refuse(limit: string, max: number, unit = 'bytes'): never {
    this.failure ??= { kind: 'too-large', limit, max, unit }
    throw new RangeError(`beyond the limit for ${limit}`)
  }
}

function wrap(): void {
  Object.assign(globalThis, { Uint8Array: CountedBytes, DecompressionStream: CountedInflate })
  Object.create = shallowCreate
}

function unwrap(): void {
  Object.assign(globalThis, {
    Uint8Array: plain.Uint8Array,
    DecompressionStream: plain.DecompressionStream,
  })
  Object.create = plain.create
}

const CountedBytes: Uint8ArrayConstructor = new Proxy(plain.Uint8Array, {
  construct(target, args: [unknown], newTarget): object {
    if (typeof args[0] === 'number') fences.getStore()?.take(args[0])
    return Reflect.construct(target, args, newTarget === CountedBytes ? target : newTarget)
  },
})

/** Inflates piece by piece, and no further than one buffer may go. */
class CountedInflate {
  readonly readable: ReadableStream<Uint8Array>
  readonly writable: WritableStream

  constructor(format: ConstructorParameters<typeof DecompressionStream>[0]) {
    const fence = fences.getStore()
    // Beyond a limit nothing more is begun.
    fence?.take(0)
    const inflate = new plain.DecompressionStream(format)
    let size = 0
    const count = new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        size += chunk.byteLength
        fence?.take(size > MAX_PDF_BUFFER_BYTES ? size : chunk.byteLength)
        controller.enqueue(chunk)
      },
    })
    this.readable = inflate.readable.pipeThrough(count)
    this.writable = inflate.writable
  }
}

function shallowCreate(prototype: Deep | null, properties?: PropertyDescriptorMap): object {
  const object: Deep = plain.create(prototype, properties ?? {})
  const fence = fences.getStore()
  if (prototype === null || fence === undefined) return object
  const depth = (prototype[DEPTH] ?? 0) + 1
  fence.descend(depth)
  // Not enumerable: what is copied from one object to the next does not copy it.
  Object.defineProperty(object, DEPTH, { value: depth })
  return object
}
