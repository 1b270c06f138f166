// onnxruntime inside workerd, fenced: the only file that knows how the two are made to fit. Its usual front, onnxruntime-web/wasm, makes
// one heap for good and copies what goes in and out; here the module beneath it is called, tensors are used where they lie, and a heap
// that a failure has spoilt can be replaced. The module is compiled at deployment, as workerd compiles none from bytes, and its memory is given a cap, so
// that running out is an error here and not the end of an isolate that passes 128 MB.

import createModule, { type OrtModule } from 'onnxruntime-web/ort-wasm-simd-threaded.mjs'
import compiled from 'onnxruntime-web/ort-wasm-simd-threaded.wasm'
import type { Net, Tensor } from './net'

const PAGES_PER_MIB = 16
/** What the heap may grow to, MiB. */
const HEAP_CAP_MIB = 64
const FLOAT32 = 1
const CPU_LOCATION = 1
/** ORT's number for its own rewriting of a graph that no other runtime could read. */
const EXTENDED = 2
const ERRORS_ONLY = 3

export interface Runtime {
  /** @param weights what the graph says lies in the file `name` */
  load(name: string, graph: Uint8Array, weights: Uint8Array): Promise<Net>
  heapBytes(): number
}

export async function createRuntime(): Promise<Runtime> {
  const ort = await startModule()
  check(ort, ort._OrtInit(1, ERRORS_ONLY))
  return { load: (...model) => loadNet(ort, ...model), heapBytes: () => ort.HEAPU8.byteLength }
}

/**
 * In the first, synchronous part of its start the module makes its memory and looks whether it is in Node, which workerd pretends to
 * be: meanwhile WebAssembly.Memory is ours and there is no process.
 */
function startModule(): Promise<OrtModule> {
  const { Memory } = WebAssembly
  const process = Reflect.get(globalThis, 'process')
  const Capped = class extends Memory {
    constructor(descriptor: WebAssembly.MemoryDescriptor) {
      super({ ...descriptor, maximum: HEAP_CAP_MIB * PAGES_PER_MIB })
    }
  }
  Object.assign(WebAssembly, { Memory: Capped })
  Object.assign(globalThis, { process: undefined })
  try {
    return createModule({
      instantiateWasm: (imports, done) =>
        done(new WebAssembly.Instance(compiled, imports), compiled),
      printErr: () => undefined,
    })
  } finally {
    Object.assign(WebAssembly, { Memory })
    Object.assign(globalThis, { process })
  }
}

async function loadNet(
  ort: OrtModule,
  name: string,
  graph: Uint8Array,
  weights: Uint8Array,
): Promise<Net> {
  const options = ort._OrtCreateSessionOptions(EXTENDED, 0, 0, 0, 0, 0, 0, ERRORS_ONLY, 0, 0)
  const at = allocate(ort, graph.byteLength)
  ort.HEAPU8.set(graph, at)
  ort.mountExternalData(name, weights)
  const session = await ort._OrtCreateSession(at, graph.byteLength, options)
  ort.unmountExternalData()
  ort._free(at)
  ort._OrtReleaseSessionOptions(options)
  if (session === 0) fail(ort)
  const names = [nameOf(ort, session, 0), nameOf(ort, session, 1)] as const
  return { run: (dims, fill, read) => runNet(ort, session, names, dims, fill, read) }
}

/** The address of an input's or output's name, inputs first. */
function nameOf(ort: OrtModule, session: number, index: number): number {
  const [name, about] = words(ort, 2)
  check(ort, ort._OrtGetInputOutputMetadata(session, index, name, about))
  ort._OrtFree(ort.HEAPU32[about >> 2] ?? 0)
  return ort.HEAPU32[name >> 2] ?? 0
}

async function runNet<T>(
  ort: OrtModule,
  session: number,
  [inputName, outputName]: readonly [number, number],
  dims: readonly number[],
  fill: (input: Float32Array<ArrayBufferLike>) => void,
  read: (output: Tensor) => T,
): Promise<T> {
  const stack = ort.stackSave()
  const count = dims.reduce((a, b) => a * b, 1)
  const data = allocate(ort, count * 4)
  let [input, output] = [0, 0]
  try {
    fill(new Float32Array(ort.HEAPU8.buffer, data, count))
    const shape = ort.stackAlloc(dims.length * 4)
    for (const [i, size] of dims.entries()) ort.HEAPU32[(shape >> 2) + i] = size
    input = ort._OrtCreateTensor(FLOAT32, data, count * 4, shape, dims.length, CPU_LOCATION)
    if (input === 0) fail(ort)
    const [names, values, outNames, outValues] = words(ort, 4)
    ort.HEAPU32.set([inputName], names >> 2)
    ort.HEAPU32.set([input], values >> 2)
    ort.HEAPU32.set([outputName], outNames >> 2)
    ort.HEAPU32.set([0], outValues >> 2)
    check(ort, await ort._OrtRun(session, names, values, 1, outNames, 1, outValues, 0))
    output = ort.HEAPU32[outValues >> 2] ?? 0
    return read(tensorAt(ort, output))
  } finally {
    if (output !== 0) ort._OrtReleaseTensor(output)
    if (input !== 0) ort._OrtReleaseTensor(input)
    ort._free(data)
    ort.stackRestore(stack)
  }
}

function tensorAt(ort: OrtModule, tensor: number): Tensor {
  const [type, data, shape, rank] = words(ort, 4)
  check(ort, ort._OrtGetTensorData(tensor, type, data, shape, rank))
  const word = (address: number) => ort.HEAPU32[address >> 2] ?? 0
  const dims = Array.from({ length: word(rank) }, (_, i) => word(word(shape) + i * 4))
  ort._OrtFree(word(shape))
  const count = dims.reduce((a, b) => a * b, 1)
  return { dims, data: new Float32Array(ort.HEAPU8.buffer, word(data), count) }
}

/** Addresses of so many words on the stack of the module. */
function words(ort: OrtModule, count: 2): readonly [number, number]
function words(ort: OrtModule, count: 4): readonly [number, number, number, number]
function words(ort: OrtModule, count: number): readonly number[] {
  const first = ort.stackAlloc(count * 4)
  return Array.from({ length: count }, (_, i) => first + i * 4)
}

function allocate(ort: OrtModule, bytes: number): number {
  const at = ort._malloc(bytes)
  if (at === 0) throw new RangeError(`The OCR has no room for ${bytes} bytes`)
  return at
}

function check(ort: OrtModule, code: number): void {
  if (code !== 0) fail(ort)
}

function fail(ort: OrtModule): never {
  const [code, message] = words(ort, 2)
  ort._OrtGetLastError(code, message)
  throw new Error(`onnxruntime: ${ort.UTF8ToString(ort.HEAPU32[message >> 2] ?? 0)}`)
}
