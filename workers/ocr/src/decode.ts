// The decoders of @jsquash, fenced. Left to themselves they copy every picture out of their heaps as RGBA, which for a telephone's
// photograph is another 48 MB. Here the copy is taken over: the pixels are looked at where they lie and only their brightness comes out.
// Every picture gets an instance of its own, as a WASM heap never shrinks; the collector takes it afterwards.
import jpegFactory from '@jsquash/jpeg/codec/dec/mozjpeg_dec.js'
import jpegModule from '@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm'
// @ts-expect-error: the types beside it are of an instance's exports, what is imported is the compiled module
import png from '@jsquash/png/codec/pkg/squoosh_png_bg.wasm'
import webpFactory from '@jsquash/webp/codec/dec/webp_dec.js'
import webpModule from '@jsquash/webp/codec/dec/webp_dec.wasm'
import type { ImageHeader } from '../../../src/document/image-header'
import { lumaOf, type Picture } from './picture'

const pngModule: WebAssembly.Module = png

type Take = (rgba: Uint8Array) => void

let largest = 0

/** Bytes of the largest heap that a decoder has had. */
export const decoderBytes = (): number => largest

/** The picture's brightness, boxes of `shrink` pixels a side averaged; undefined where the file is broken. */
export async function decode(
  image: Uint8Array<ArrayBuffer>,
  header: ImageHeader,
  shrink: number,
): Promise<Picture | undefined> {
  let picture: Picture | undefined
  const take: Take = (rgba) => {
    if (rgba.length === header.width * header.height * 4) picture = lumaOf(rgba, header, shrink)
  }
  try {
    if (header.type === 'image/png') decodePng(image, take)
    else decodeWith(await (header.type === 'image/jpeg' ? jpegCodec() : webpCodec()), image, take)
  } catch {
    // Whatever a decoder throws about a file is the file's fault; the instance is dropped with what it holds.
    return undefined
  }
  return picture
}

interface Codec {
  decode(image: Uint8Array): unknown
}

type Instantiate = (
  imports: WebAssembly.Imports,
  done: (instance: WebAssembly.Module) => void,
) => WebAssembly.Exports

const jpegCodec = async (): Promise<Codec> => {
  const codec = await jpegFactory({ noInitialRun: true, instantiateWasm: instantiate(jpegModule) })
  return { decode: (image) => codec.decode(image, false) }
}

const webpCodec = (): Promise<Codec> =>
  webpFactory({ noInitialRun: true, instantiateWasm: instantiate(webpModule) })

/** Emscripten's hook for a module that is compiled already. */
const instantiate =
  (module: WebAssembly.Module): Instantiate =>
  (imports, done) => {
    const instance = new WebAssembly.Instance(module, imports)
    done(instance as unknown as WebAssembly.Module)
    return instance.exports
  }

/** Embind makes the copy with `new Uint8ClampedArray(view)`, by its global name, synchronously: that name is ours meanwhile. */
function decodeWith(codec: Codec, image: Uint8Array, take: Take): void {
  const { Uint8ClampedArray: original } = globalThis
  function Taken(view: Uint8Array): object {
    take(view)
    largest = Math.max(largest, view.buffer.byteLength)
    return {}
  }
  Object.assign(globalThis, { Uint8ClampedArray: Taken })
  try {
    codec.decode(image)
  } finally {
    Object.assign(globalThis, { Uint8ClampedArray: original })
  }
}

interface PngExports {
  readonly memory: WebAssembly.Memory
  __wbindgen_malloc(size: number, align: number): number
  decode(at: number, size: number): number
}

/** The part of wasm-bindgen's glue that decoding needs. Its own makes one instance and keeps that for good. */
function decodePng(image: Uint8Array, take: Take): void {
  const imports = pngImports((at, size) => {
    take(new Uint8Array(codec.memory.buffer, at, size))
    largest = Math.max(largest, codec.memory.buffer.byteLength)
  })
  const codec = new WebAssembly.Instance(pngModule, imports).exports as unknown as PngExports
  const at = codec.__wbindgen_malloc(image.length, 1)
  new Uint8Array(codec.memory.buffer).set(image, at)
  codec.decode(at, image.length)
}

/** @param made called with where the pixels lie when the picture is whole; everything else that is imported is not needed */
function pngImports(made: (at: number, size: number) => void): WebAssembly.Imports {
  const wbg: Record<string, (...args: number[]) => number> = {}
  for (const { name } of WebAssembly.Module.imports(pngModule)) {
    wbg[name] = (at = 0, size = 0) => {
      if (name.startsWith('__wbg_newwithownedu8clamped')) made(at, size)
      else if (name === '__wbindgen_throw') throw new Error('The PNG cannot be decoded')
      return 0
    }
  }
  return { wbg }
}
