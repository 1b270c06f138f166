// The WebAssembly module that multiplies (kernel/, AssemblyScript), with its memory: fenced, the only file that knows its exports.
// Compiled at deployment, as Workers demand. It needs relaxed SIMD, which V8 has had since 2023: a runtime without it
// refuses the Worker at deployment and not at a request. Its memory grows up to a cap, so that running out is an error
// here and not the end of an isolate that passes 128 MB with every request in it.
import compiled from './kernel.wasm'

const PAGE_BYTES = 65_536
const PAGES_PER_MIB = 16
/** What the memory may grow to, MiB: 24 of weights, 8 to work in, and room for a somewhat larger model. */
export const WASM_CAP_MIB = 48
/** The module's own data stand below. */
const FIRST_FREE = PAGE_BYTES
const ALIGN = 64

/** All arguments are addresses or counts; what they mean stands in kernel/. */
interface Exports {
  pack(weights: number, depth: number, columns: number, packed: number, sums: number): void
  quantise(
    x: number,
    rows: number,
    depth: number,
    room: number,
    q: number,
    scales: number,
    zeros: number,
  ): void
  linear(
    q: number,
    scales: number,
    zeros: number,
    rows: number,
    depth: number,
    packed: number,
    sums: number,
    steps: number,
    bias: number,
    columns: number,
    out: number,
  ): void
  gelu(x: number, count: number): void
  norm(
    x: number,
    skip: number,
    gamma: number,
    beta: number,
    rows: number,
    size: number,
    out: number,
  ): void
  embed(
    ids: number,
    idStride: number,
    offset: number,
    table: number,
    scales: number,
    rows: number,
    size: number,
    out: number,
    outStride: number,
  ): void
  attend(
    qkv: number,
    rows: number,
    padded: number,
    heads: number,
    bias: number,
    scratch: number,
    out: number,
  ): void
  point(
    queries: number,
    masks: number,
    keys: number,
    rows: number,
    size: number,
    stride: number,
    out: number,
  ): void
}

export interface Kernel {
  readonly run: Exports
  /** The address of `bytes` bytes until release(). Throws a RangeError at the cap. */
  take(bytes: number): number
  bytes(address: number, length: number): Uint8Array<ArrayBuffer>
  ints(address: number, length: number): Int32Array<ArrayBuffer>
  floats(address: number, length: number): Float32Array<ArrayBuffer>
  /** Gives everything back: a later createKernel() may hand out the same memory, since memory once grown is not freed. */
  release(): void
}

const idle: Kernel[] = []
let grown = 0

/** Bytes of all kernels' memory; 0 before the first. It never shrinks, so this is also the peak. */
export const wasmBytes = (): number => grown

export async function createKernel(): Promise<Kernel> {
  const used = idle.pop()
  if (used !== undefined) return used
  const memory = new WebAssembly.Memory({ initial: 1, maximum: WASM_CAP_MIB * PAGES_PER_MIB })
  const instance = await WebAssembly.instantiate(compiled, { env: { memory } })
  grown += memory.buffer.byteLength
  let free = FIRST_FREE
  const kernel: Kernel = {
    // WebAssembly has no types that TypeScript could check; every pass calls each of them.
    run: instance.exports as unknown as Exports,
    take(bytes) {
      const address = free
      const next = Math.ceil((free + bytes) / ALIGN) * ALIGN
      const missing = Math.ceil((next - memory.buffer.byteLength) / PAGE_BYTES)
      if (missing > 0) {
        memory.grow(missing)
        grown += missing * PAGE_BYTES
      }
      free = next
      return address
    },
    bytes: (address, length) => new Uint8Array(memory.buffer, address, length),
    ints: (address, length) => new Int32Array(memory.buffer, address, length),
    floats: (address, length) => new Float32Array(memory.buffer, address, length),
    release() {
      free = FIRST_FREE
      idle.push(kernel)
    },
  }
  return kernel
}
