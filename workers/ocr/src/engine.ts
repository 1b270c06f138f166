// Tesseract inside workerd, fenced: the only file that knows how the two are made to fit. It compiles its .wasm from bytes, which
// Workers forbid: the module is compiled at deployment, Tesseract gets a sentinel instead of bytes, and WebAssembly.instantiate is
// wrapped, for that one call, to instantiate the compiled module when it sees it. test/integration/ocr tells when to delete that.
// A WASM heap never shrinks, so one that a large page has blown up is let go of, and the next page gets a new engine.
import { createOCREngine, type OCREngine } from 'tesseract-wasm'
import compiled from '../../../node_modules/tesseract-wasm/dist/tesseract-core.wasm'
import { languageModel } from './languages'

/** A heap above this is not kept for the next page, bytes. */
const KEPT_BYTES = 56 * 1024 * 1024
/** What it starts with: enough for a small page. */
const SMALL_BYTES = 32 * 1024 * 1024

interface Engine {
  readonly tesseract: OCREngine
  readonly memory: WebAssembly.Memory | undefined
}

let engine: Promise<Engine> | undefined
let held = 0

/** Bytes of the engine's heap, 0 when there is none. */
export const engineBytes = (): number => held

/** Runs one piece of work on the engine. Not to be called again before the last call is done. */
export async function withEngine<T>(
  language: string,
  work: (tesseract: OCREngine) => T,
): Promise<T> {
  engine ??= createEngine(language)
  try {
    const { tesseract, memory } = await engine
    const result = work(tesseract)
    tesseract.clearImage()
    held = memory?.buffer.byteLength ?? 0
    if (held > KEPT_BYTES) letGo()
    return result
  } catch (error) {
    // After an abort its heap is in no known state.
    letGo()
    throw error
  }
}

/** Lets go of a heap that has grown; the next page has a small one. */
export function shrinkEngine(): void {
  if (held > SMALL_BYTES) letGo()
}

function letGo(): void {
  engine = undefined
  held = 0
}

async function createEngine(language: string): Promise<Engine> {
  const model = await languageModel(language)
  const sentinel = new ArrayBuffer(8)
  let memory: WebAssembly.Memory | undefined
  const restore = wrapInstantiate(sentinel, (instance) => {
    memory = Object.values(instance.exports).find((it) => it instanceof WebAssembly.Memory)
  })
  const { warn } = console
  // It looks for its .wasm beside itself before it takes the one that it is given; a bundle in workerd has no address.
  Object.assign(import.meta, { url: 'https://ocr.invalid/', ...import.meta })
  // What it says about every picture goes to the console that it finds now.
  console.warn = () => undefined
  try {
    const tesseract = await createOCREngine({ wasmBinary: sentinel })
    tesseract.loadModel(model)
    return { tesseract, memory }
  } finally {
    console.warn = warn
    restore()
  }
}

/** Returns the call that undoes it. */
function wrapInstantiate(
  sentinel: ArrayBuffer,
  seen: (instance: WebAssembly.Instance) => void,
): () => void {
  const { instantiate } = WebAssembly
  const wrapped = async (source: unknown, imports?: WebAssembly.Imports) => {
    const isSentinel = source instanceof Uint8Array && source.buffer === sentinel
    if (!isSentinel) return instantiate(source as WebAssembly.Module, imports)
    const instance = await instantiate(compiled, imports)
    seen(instance)
    return { module: compiled, instance }
  }
  // Assigned untyped: the declared overload has no bytes, which is what Tesseract passes.
  Object.assign(WebAssembly, { instantiate: wrapped })
  return () => Object.assign(WebAssembly, { instantiate })
}
