// npm run ocr-trial -- FOLDER [--limit N]: which way of preparing a picture lets Tesseract read most. For every picture of a folder with a
// manifest.jsonl it counts how many of the true values stand in what was read, letters and digits alone: no model takes part. Runs the
// OCR Worker's own code in Node, without its limits of memory. What it led to: docs/decisions/0010-pictures.md.
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { parseArgs } from 'node:util'
import { gunzipSync } from 'node:zlib'
import decodeJpeg, { init } from '@jsquash/jpeg/decode.js'
import { createOCREngine, type OCREngine } from 'tesseract-wasm'
import { lettersAndDigits } from '../src/text/letters.ts'
import { lumaOf, type Picture, rgbaOf, scaled } from '../workers/ocr/src/picture.ts'
import { best, type Line } from '../workers/ocr/src/readings.ts'
import { table } from './cli/table.ts'
import { readFiles } from './evaluate/files.ts'
import './openapi/resolve-src.ts'

const { linesOf } = await import('../workers/ocr/src/words.ts')

declare const WebAssembly: { compile(bytes: Uint8Array): Promise<WebAssembly.Module> }

const require = createRequire(import.meta.url)
const MOST_PIXELS = 5_000_000

type Way = (engine: OCREngine, picture: Picture) => readonly Line[]

const enlarged =
  (factor: number): Way =>
  (engine, picture) => {
    engine.loadImage(rgbaOf(factor === 1 ? picture : scaled(picture, factor)))
    return linesOf(engine.getTextBoxes('word'), 1 / factor)
  }
const wordsAt =
  (height: number): Way =>
  (engine, picture) => {
    engine.loadImage(rgbaOf(picture))
    const heights = engine.getBoundingBoxes('word').map(({ rect }) => rect.bottom - rect.top)
    const usual = heights.filter((it) => it >= 6).toSorted((a, b) => a - b)
    const wanted = height / (usual[usual.length >> 1] ?? height)
    const most = Math.min(4, Math.sqrt(MOST_PIXELS / (picture.width * picture.height)))
    return enlarged(Math.max(0.4, Math.min(most, wanted)))(engine, picture)
  }

const WAYS: Readonly<Record<string, Way>> = {
  'as it is': enlarged(1),
  'enlarged by 1.5': enlarged(1.5),
  'enlarged by 2': enlarged(2),
  'words at 24 pixels': wordsAt(24),
  'words at 32 pixels': wordsAt(32),
  'words at 42 pixels': wordsAt(42),
  'at 24 and 32, the surer line': (engine, picture) =>
    best(wordsAt(24)(engine, picture), wordsAt(32)(engine, picture)),
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { limit: { type: 'string' } },
  })
  const [folder] = positionals
  if (folder === undefined) throw new Error('Name a folder: npm run ocr-trial -- FOLDER')
  const [files] = await readFiles(folder)
  const samples = (files?.samples ?? []).slice(
    0,
    values.limit === undefined ? undefined : Number(values.limit),
  )
  await init(
    await WebAssembly.compile(
      await readFile(require.resolve('@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm')),
    ),
  )
  const engine = await newEngine()
  const found = new Map<string, number>()
  let all = 0
  for (const { readFrom = '', fields } of samples) {
    const { data, width, height } = await decodeJpeg(
      new Uint8Array(await readFile(readFrom)).buffer,
    )
    const picture = lumaOf(new Uint8Array(data.buffer), { width, height }, 1)
    const truths = Object.values(fields).flat().map(lettersAndDigits)
    all += truths.length
    for (const [name, way] of Object.entries(WAYS)) {
      const words = way(engine, picture).flat()
      const text = lettersAndDigits(words.map((word) => word.text).join(' '))
      const hits = truths.filter((truth) => text.includes(truth)).length
      found.set(name, (found.get(name) ?? 0) + hits)
    }
  }
  const rows = Array.from(found, ([name, hits]) => [
    name,
    String(hits),
    ((100 * hits) / all).toFixed(1),
  ])
  console.log(table([['', `of ${all}`, '%'], ...rows]))
}

async function newEngine(): Promise<OCREngine> {
  const core = await readFile(
    require.resolve('tesseract-wasm').replace(/lib\.js$/, 'tesseract-core.wasm'),
  )
  const model = await readFile(
    require.resolve('@tesseract.js-data/eng/4.0.0_best_int/eng.traineddata.gz'),
  )
  const { warn } = console
  console.warn = () => undefined
  const engine = await createOCREngine({ wasmBinary: new Uint8Array(core).buffer })
  console.warn = warn
  engine.loadModel(new Uint8Array(gunzipSync(model)))
  return engine
}

await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
})
