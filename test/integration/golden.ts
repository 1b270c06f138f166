// model-shards/golden.json as tensors, made without the core: what is tested with it is the model alone.
import { env } from 'cloudflare:workers'
import type { MaskTensors } from '../../src/model/mask-filler'

export interface GoldenVector {
  readonly id: string
  readonly template: {
    readonly ids: readonly number[]
    readonly slot: readonly number[]
    readonly masks: readonly (readonly number[])[]
  }
  readonly tokens: { readonly ids: readonly number[]; readonly layout: readonly number[] }
  /** The tokens of the one window, [from, to). */
  readonly window: readonly [from: number, to: number]
  readonly start_hundredths: readonly number[]
  readonly end_hundredths: readonly number[]
}

const NO_PLACE = 101

export async function readGolden(): Promise<readonly GoldenVector[]> {
  const response = await env.RELEASED.fetch('http://released/golden.json')
  return (await response.json<{ vectors: readonly GoldenVector[] }>()).vectors
}

export function goldenTensors({ template, tokens, window: [from, to] }: GoldenVector): MaskTensors {
  const page = tokens.ids.slice(from, to)
  const blank = page.map(() => 0)
  const templateLayout = template.ids.flatMap(() => Array<number>(6).fill(NO_PLACE))
  const inputIds = Int32Array.of(...template.ids, ...page)
  const maskPositions = Int32Array.of(...template.masks.flat())
  return {
    batch: 1,
    length: inputIds.length,
    masks: maskPositions.length,
    inputIds,
    attentionMask: inputIds.map(() => 1),
    segment: inputIds.map((_, i) => (i < template.ids.length ? 0 : 1)),
    slot: Int32Array.of(...template.slot, ...blank),
    layout: Int32Array.of(...templateLayout, ...tokens.layout.slice(from * 6, to * 6)),
    maskPositions,
  }
}
