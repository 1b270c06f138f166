// Types that packages do not give, and what wrangler makes of the files that its rules name.

declare module '*.traineddata.gz' {
  const bytes: ArrayBuffer
  export default bytes
}

/** A .wasm file beside which its package has types of the instance. */
declare module '*/squoosh_png_bg.wasm' {
  const compiled: WebAssembly.Module
  export default compiled
}

/** Its own types are out of reach behind `exports`; here is the part that is used. */
declare module 'tesseract-wasm' {
  export interface TextItem {
    /** Pixels of the loaded image. */
    readonly rect: {
      readonly left: number
      readonly top: number
      readonly right: number
      readonly bottom: number
    }
    /** Bit 0: begins a line; bit 1: ends one. */
    readonly flags: number
    /** 0..1 */
    readonly confidence: number
    readonly text: string | null
  }
  export interface Pixels {
    readonly width: number
    readonly height: number
    readonly data: Uint8ClampedArray
  }
  export interface OCREngine {
    setVariable(name: string, value: string): void
    loadModel(model: Uint8Array): void
    loadImage(image: Pixels): void
    clearImage(): void
    getBoundingBoxes(unit: 'line' | 'word'): readonly Omit<TextItem, 'text' | 'confidence'>[]
    getTextBoxes(unit: 'line' | 'word'): readonly TextItem[]
  }
  export function createOCREngine(options: { wasmBinary: ArrayBuffer }): Promise<OCREngine>
}
