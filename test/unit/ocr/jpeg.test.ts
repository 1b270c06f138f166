// Against the decoder and encoder of libjpeg's family: brightness alone, so a picture without colours has to come out the same.
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import decodeOther, { init as initDecoder } from '@jsquash/jpeg/decode.js'
import encode, { init as initEncoder } from '@jsquash/jpeg/encode.js'
import { beforeAll, describe, expect, it } from 'vitest'
import { readImageHeader } from '../../../src/document/image-header'
import { readJpeg } from '../../../workers/ocr/src/jpeg'
import { lumaOf, Reduction } from '../../../workers/ocr/src/picture'

const FOLDER = 'test/fixtures/pictures'
const { resolve } = createRequire(import.meta.url)
type Compile = (bytes: Uint8Array) => Promise<WebAssembly.Module>
/** As Node has it; the types here are those of a Worker, which has it not. */
const compile: Compile = Reflect.get(Reflect.get(globalThis, 'WebAssembly'), 'compile')
const compiled = async (path: string) => compile(await readFile(resolve(path)))
type ImageData = Parameters<typeof encode>[0]

beforeAll(async () => {
  await initDecoder(await compiled('@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm'))
  await initEncoder(await compiled('@jsquash/jpeg/codec/enc/mozjpeg_enc.wasm'))
})

function read(file: Uint8Array, shrink = 1) {
  const header = readImageHeader(file)
  if (header === undefined) throw new Error('no header')
  const reduction = new Reduction(header, shrink)
  readJpeg(file, header, (row) => reduction.add(row))
  return reduction.picture
}

async function expectTheSame(file: Uint8Array<ArrayBuffer>, shrink = 1): Promise<void> {
  const other = await decodeOther(file.buffer)
  const theirs = lumaOf(new Uint8Array(other.data.buffer), other, shrink)
  const ours = read(file, shrink)
  expect([ours?.width, ours?.height]).toEqual([theirs?.width, theirs?.height])
  const worst = ours?.luma.reduce(
    (most, value, i) => Math.max(most, Math.abs(value - (theirs?.luma[i] ?? 0))),
    0,
  )
  expect(worst).toBeLessThanOrEqual(3)
}

/** Waves and edges in grey; its sides are no whole number of units. */
function drawn(): ImageData {
  const [width, height] = [121, 75]
  const data = new Uint8ClampedArray(width * height * 4)
  for (let i = 0; i < width * height; i++) {
    const [x, y] = [i % width, Math.floor(i / width)]
    const grey = (x * y) % 37 < 12 ? 20 : 160 + 80 * Math.sin(x / 5 + y / 9)
    data.set([grey, grey, grey, 255], i * 4)
  }
  return { width, height, data, colorSpace: 'srgb' } as ImageData
}

describe('a JPEG', () => {
  it.each([
    ['sequential', { progressive: false, optimize_coding: false }],
    ['progressive', { progressive: true }],
    ['sequential, colours whole', { progressive: false, chroma_subsample: 1 }],
    ['progressive, colours in quarters', { progressive: true, chroma_subsample: 4 }],
    ['grey alone', { color_space: 1, progressive: true }],
    ['coarse', { quality: 5 }],
  ])('%s reads as others read it', async (_, options) => {
    const file = new Uint8Array(await encode(drawn(), { auto_subsample: false, ...options }))
    await expectTheSame(file)
    await expectTheSame(file, 3)
  })

  it('of colours, too', async () => {
    await expectTheSame(new Uint8Array(await readFile(`${FOLDER}/sideways.jpg`)))
  })

  it('that is cut off or spoilt is refused, or gives a picture of the size it says', async () => {
    const file = new Uint8Array(await encode(drawn(), { progressive: true }))
    const { width, height } = drawn()
    let refused = 0
    for (let end = 200; end < file.length - 2; end += 97) {
      const spoilt = file.slice()
      spoilt[end] = (spoilt[end] ?? 0) ^ 0x55
      for (const broken of [file.slice(0, end), spoilt]) {
        try {
          expect(read(broken)).toMatchObject({ width, height })
        } catch (error) {
          expect(String(error)).toMatch(/^Error: (The JPEG|no header)/)
          refused++
        }
      }
    }
    expect(refused).toBeGreaterThan(0)
  })

  it('of another size than it was admitted for is refused before room is made', async () => {
    const file = new Uint8Array(await encode(drawn(), { progressive: true }))
    const rows: unknown[] = []
    expect(() => readJpeg(file, { width: 1, height: 1 }, (row) => rows.push(row))).toThrow(/size/)
    expect(rows).toEqual([])
  })
})
