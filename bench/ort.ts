// onnxruntime-web inside workerd, for what is measured beside our kernel. Two things do not fit by themselves:
// - ORT compiles its .wasm from bytes, which Workers forbid. The module is compiled at deployment; ORT gets a sentinel instead of
//   bytes and WebAssembly.instantiate is wrapped, for that one call, to instantiate the compiled module when it sees it.
// - ORT's memory starts small and may grow to 4 GiB. WebAssembly.Memory is wrapped for the same call: it starts near the filler's
//   working size, which spares growing, and its cap lets the twin decode long texts, for which an isolate's 128 MB are too few.

import compiled from 'onnxruntime-web/ort-wasm-simd-threaded.wasm'
import * as ort from 'onnxruntime-web/wasm'

const PAGES_PER_MIB = 16
/** The heap's size at start and at most, MiB. */
const WASM_START_MIB = 56
const WASM_CAP_MIB = 1024

/** What ORT asks its heap to start with, in pages: tells the heap from the memories that it makes for feature tests. */
const ORT_INITIAL_PAGES = 256

interface ExternalData {
  /** The location that the graph's tensors name. */
  readonly path: string
  readonly data: Uint8Array
}

let heap: WebAssembly.Memory | undefined

/** Bytes of the WASM heap; 0 before the first session. A WASM heap never shrinks, so this is also its peak. */
export const wasmBytes = (): number => heap?.buffer.byteLength ?? 0

/** Copies the bytes. Throws when the model is not one that ORT can run or when the heap's cap is reached. */
export async function createSession(
  graph: Uint8Array,
  externalData: readonly ExternalData[],
  profile = false,
): Promise<ort.InferenceSession> {
  const sentinel = new ArrayBuffer(8)
  ort.env.wasm.numThreads = 1
  ort.env.wasm.wasmBinary = sentinel
  ort.env.logLevel = 'error'
  const restore = heap === undefined ? wrapWebAssembly(sentinel) : () => undefined
  try {
    return await ort.InferenceSession.create(graph, {
      executionProviders: ['wasm'],
      enableProfiling: profile,
      externalData,
      // The exporter has optimised the graph: 'all', 'basic' and 'disabled' were the same to within the noise, arena or not.
      graphOptimizationLevel: 'basic',
      // One pass at a time and shapes that vary: an arena would only hold on to memory.
      enableCpuMemArena: false,
      enableMemPattern: false,
    })
  } finally {
    restore()
  }
}

/** Returns the call that undoes it. */
function wrapWebAssembly(sentinel: ArrayBuffer): () => void {
  const { Memory, instantiate } = WebAssembly
  WebAssembly.Memory = class extends Memory {
    constructor(descriptor: WebAssembly.MemoryDescriptor) {
      const isHeap = descriptor.initial === ORT_INITIAL_PAGES
      super(isHeap ? cappedHeap(descriptor) : descriptor)
      if (isHeap) heap = this
    }
  }
  const instantiateCompiled = async (source: unknown, imports?: WebAssembly.Imports) => {
    if (!isSentinel(source, sentinel)) return instantiate(source as WebAssembly.Module, imports)
    return { module: compiled, instance: await instantiate(compiled, imports) }
  }
  // Assigned untyped: the declared overload has no bytes, which is what ORT passes.
  Object.assign(WebAssembly, { instantiate: instantiateCompiled })
  return () => Object.assign(WebAssembly, { Memory, instantiate })
}

const cappedHeap = (descriptor: WebAssembly.MemoryDescriptor) => ({
  ...descriptor,
  initial: WASM_START_MIB * PAGES_PER_MIB,
  maximum: WASM_CAP_MIB * PAGES_PER_MIB,
})

const isSentinel = (source: unknown, sentinel: ArrayBuffer) =>
  source === sentinel || (source instanceof Uint8Array && source.buffer === sentinel)
