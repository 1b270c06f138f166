// Picture files to brightness. JPEGs are read row by row (jpeg.ts); the decoders of @jsquash for the other kinds hold the whole picture
// as RGBA and would copy it out once more. Here the copy is taken over: pixels are looked at where they lie. As a WASM heap never
// shrinks and the collector is late, the last decoder is kept for the next picture of its kind, unless it failed.
// @ts-expect-error: the types beside it are of an instance's exports, what is imported is the compiled module
import png from '@jsquash/png/codec/pkg/squoosh_png_bg.wasm'
import webpFactory from '@jsquash/webp/codec/dec/webp_dec.js'
import webpModule from '@jsquash/webp/codec/dec/webp_dec.wasm'
import type { ImageHeader } from '../../../src/document/image-header'
import { readJpeg } from './jpeg'
import { lumaOf, type Picture, Reduction } from './picture'

const pngModule: WebAssembly.Module = png

type Take = (rgba: Uint8Array) => void

/** Calls `take` with the pixels where they lie. Throws where the file is broken. */
type Decoder = (image: Uint8Array, take: Take) => void

let kept: { readonly type: ImageHeader['type']; readonly decoder: Decoder } | undefined
let held = 0

/** Bytes of the heap of the last decoder. */
export const decoderBytes = (): number => held

/** The picture's brightness, boxes of `shrink` pixels a side averaged; undefined where the file is broken. */
export async function decode(
  image: Uint8Array<ArrayBuffer>,
  header: ImageHeader,
  shrink: number,
): Promise<Picture | undefined> {
  try {
    if (header.type !== 'image/jpeg') return await decodeWhole(image, header, shrink)
    const reduction = new Reduction(header, shrink)
    readJpeg(image, header, (row) => reduction.add(row))
    return reduction.picture
  } catch {
    // Whatever is thrown about a file is the file's fault; a decoder's heap is in no known state afterwards.
    kept = undefined
    return undefined
  }
}

async function decodeWhole(
  image: Uint8Array,
  header: ImageHeader,
  shrink: number,
): Promise<Picture | undefined> {
  const { type, width, height } = header
  if (kept?.type !== type) {
    kept = undefined
    kept = { type, decoder: type === 'image/png' ? pngDecoder() : await webpDecoder() }
  }
  let picture: Picture | undefined
  kept.decoder(image, (rgba) => {
    held = rgba.buffer.byteLength
    if (rgba.length === width * height * 4) picture = lumaOf(rgba, header, shrink)
  })
  return picture
}

type Instantiate = (
  imports: WebAssembly.Imports,
  done: (instance: WebAssembly.Module) => void,
) => WebAssembly.Exports

/** Emscripten's hook for a module that is compiled already. */
const instantiate =
  (module: WebAssembly.Module): Instantiate =>
  (imports, done) => {
    const instance = new WebAssembly.Instance(module, imports)
    done(instance as unknown as WebAssembly.Module)
    return instance.exports
  }

/** Embind makes the copy with `new Uint8ClampedArray(view)`, a global that it looks up when it first decodes: it finds ours. */
async function webpDecoder(): Promise<Decoder> {
  const codec = await webpFactory({ noInitialRun: true, instantiateWasm: instantiate(webpModule) })
  let take: Take = () => undefined
  function Taken(view: Uint8Array): object {
    take(view)
    return {}
  }
  return (image, taken) => {
    take = taken
    const { Uint8ClampedArray: original } = globalThis
    Object.assign(globalThis, { Uint8ClampedArray: Taken })
    try {
      codec.decode(image)
    } finally {
      Object.assign(globalThis, { Uint8ClampedArray: original })
    }
  }
}

interface PngExports {
  readonly memory: WebAssembly.Memory
  __wbindgen_malloc(size: number, align: number): number
  __wbindgen_free(at: number, size: number, align: number): void
  decode(at: number, size: number): number
}

/** The part of wasm-bindgen's glue that decoding needs; its own copies the picture out. */
function pngDecoder(): Decoder {
  let take: Take = () => undefined
  const wbg: Record<string, (...args: number[]) => number> = {}
  for (const { name } of WebAssembly.Module.imports(pngModule)) {
    wbg[name] = (at = 0, size = 0) => {
      if (name === '__wbindgen_throw') throw new Error('The PNG cannot be decoded')
      // The picture is whole and ours to free.
      if (name.startsWith('__wbg_newwithownedu8clamped')) {
        take(new Uint8Array(codec.memory.buffer, at, size))
        codec.__wbindgen_free(at, size, 1)
      }
      return 0
    }
  }
  const codec = new WebAssembly.Instance(pngModule, { wbg }).exports as unknown as PngExports
  return (image, taken) => {
    take = taken
    const at = codec.__wbindgen_malloc(image.length, 1)
    new Uint8Array(codec.memory.buffer).set(image, at)
    codec.decode(at, image.length)
  }
}
