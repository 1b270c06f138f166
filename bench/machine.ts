// How long a pass takes in the kernel and in ONNX Runtime, how far either is from what the machine multiplies, and where ONNX
// Runtime's time goes, by operator.
import { join } from 'node:path'
import { type Contender, startContender } from './contender.ts'
import type { Feeds } from './feeds.ts'
import { ratioOf, type Spread, spreadOf } from './statistics.ts'
import { sequenceOf } from './work.ts'

const LENGTHS = [128, 256, 512]
/** Of training/model.py's Shape. */
const [HIDDEN, INNER, LAYERS] = [384, 1536, 6]
/** x [256, 384] times [384, 1536], as bench/twin.py writes it. */
const PRODUCT_OPS = 2 * 256 * HIDDEN * INNER

export interface LengthRow {
  readonly tokens: number
  readonly kernel: Spread
  readonly ort: Spread
  readonly ratio: Spread
  /** Thousand million operations a second, of the whole pass. */
  readonly kernelGops: number
  readonly ortGops: number
}

export interface Cold {
  readonly kernel: { readonly loadMs: number; readonly firstMs: number; readonly wasm: number }
  readonly ort: { readonly loadMs: number; readonly firstMs: number; readonly wasm: number }
}

export async function measureLengths(
  kernel: Contender,
  ort: Contender,
  rounds: number,
): Promise<{ rows: LengthRow[]; cold: Cold }> {
  const first = [await sequenceOf(256)]
  const [k, o] = [(await kernel.run(first)).ms, (await ort.run(first)).ms]
  const cold = {
    kernel: { loadMs: kernel.loaded.ms, firstMs: k, wasm: kernel.loaded.wasm },
    ort: { loadMs: ort.loaded.ms, firstMs: o, wasm: ort.loaded.wasm },
  }
  for (const contender of [kernel, ort]) await contender.run(first, { times: 8 })
  const rows: LengthRow[] = []
  for (const tokens of LENGTHS) {
    const feeds = [await sequenceOf(tokens)]
    const [fast, slow] = await interleaved([kernel, ort], feeds, rounds)
    const [kernelMs, ortMs] = [spreadOf(fast ?? []), spreadOf(slow ?? [])]
    rows.push({
      tokens,
      kernel: kernelMs,
      ort: ortMs,
      ratio: ratioOf(slow ?? [], fast ?? []),
      kernelGops: operations(tokens) / kernelMs.median / 1e6,
      ortGops: operations(tokens) / ortMs.median / 1e6,
    })
  }
  return { rows, cold }
}

async function interleaved(
  contenders: readonly Contender[],
  feeds: readonly Feeds[],
  rounds: number,
): Promise<number[][]> {
  const samples: number[][] = contenders.map(() => [])
  for (let round = 0; round < rounds; round++)
    for (const [i, contender] of contenders.entries())
      samples[i]?.push((await contender.run(feeds)).ms)
  return samples
}

/** Multiplications and additions of the products and the attention of one pass. */
function operations(tokens: number): number {
  const products = (4 * HIDDEN * HIDDEN + 2 * HIDDEN * INNER) * LAYERS + 2 * HIDDEN * HIDDEN
  return 2 * tokens * products + 4 * tokens * tokens * HIDDEN * LAYERS
}

export interface Peak {
  readonly int8: Spread
  readonly f32: Spread
}

/** What ONNX Runtime's WASM multiplies at its best, thousand million operations a second. */
export async function measurePeak(models: string, rounds: number): Promise<Peak> {
  const dims = [256, HIDDEN]
  const data = Array.from({ length: 256 * HIDDEN }, (_, i) => (i * 31) % 251)
  const peakOf = async (kind: 'int8' | 'f32') => {
    const contender = await startContender(kind, 'ort', join(models, kind))
    try {
      const feeds = [{ x: { type: kind === 'int8' ? 'uint8' : 'float32', dims, data } }] as const
      await contender.run(feeds, { times: 100 })
      const [samples] = await interleaved([contender], feeds, 0)
      for (let i = 0; i < rounds; i++)
        samples?.push(PRODUCT_OPS / (await contender.run(feeds, { times: 20 })).ms / 1e6)
      return spreadOf(samples ?? [])
    } finally {
      await contender.stop()
    }
  }
  return { int8: await peakOf('int8'), f32: await peakOf('f32') }
}
