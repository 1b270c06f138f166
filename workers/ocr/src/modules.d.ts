// Types that packages do not give, and what wrangler makes of the files that its rules name.

declare module '*.onnx' {
  const bytes: ArrayBuffer
  export default bytes
}

declare module '*.weights' {
  const bytes: ArrayBuffer
  export default bytes
}

/** A .wasm file beside which its package has types of the instance. */
declare module '*/squoosh_png_bg.wasm' {
  const compiled: WebAssembly.Module
  export default compiled
}

/** What its own front calls (lib/wasm in the package), the part that is used. Numbers are addresses, handles and codes. */
declare module 'onnxruntime-web/ort-wasm-simd-threaded.mjs' {
  export interface OrtModule {
    /** Views of the heap, renewed when it grows. */
    readonly HEAPU8: Uint8Array
    readonly HEAPU32: Uint32Array
    stackSave(): number
    stackAlloc(bytes: number): number
    stackRestore(stack: number): void
    /** 0 where there is no room. */
    _malloc(bytes: number): number
    _free(address: number): void
    mountExternalData(name: string, data: Uint8Array): void
    unmountExternalData(): void
    UTF8ToString(address: number): string
    _OrtInit(threads: number, logLevel: number): number
    _OrtGetLastError(code: number, message: number): number
    _OrtCreateSessionOptions(...options: readonly number[]): number
    _OrtReleaseSessionOptions(options: number): number
    _OrtCreateSession(model: number, bytes: number, options: number): number | Promise<number>
    _OrtGetInputOutputMetadata(session: number, index: number, name: number, about: number): number
    _OrtFree(address: number): void
    _OrtCreateTensor(
      type: number,
      data: number,
      bytes: number,
      shape: number,
      rank: number,
      location: number,
    ): number
    _OrtGetTensorData(
      tensor: number,
      type: number,
      data: number,
      shape: number,
      rank: number,
    ): number
    _OrtReleaseTensor(tensor: number): number
    _OrtRun(
      session: number,
      inputNames: number,
      inputs: number,
      inputCount: number,
      outputNames: number,
      outputCount: number,
      outputs: number,
      options: number,
    ): number | Promise<number>
  }
  export default function createModule(options: {
    instantiateWasm(
      imports: WebAssembly.Imports,
      done: (instance: WebAssembly.Instance, module: WebAssembly.Module) => void,
    ): void
    printErr(text: string): void
  }): Promise<OrtModule>
}
