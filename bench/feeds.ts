// What goes between the measuring process and the measured Worker.
import type { MaskTensors } from '../src/model/mask-filler'

export interface Feed {
  readonly type: 'int32' | 'int64' | 'float32' | 'uint8'
  readonly dims: readonly number[]
  readonly data: readonly number[]
}

/** Inputs of one run, by name. */
export type Feeds = Readonly<Record<string, Feed>>

export interface Loaded {
  readonly ms: number
  /** Bytes of WebAssembly memory. */
  readonly wasm: number
}

export interface Ran extends Loaded {
  readonly outputs: Readonly<Record<string, readonly number[]>>
}

/** The feeds of the filler as its own tensors. */
export function tensorsFrom(feeds: Feeds): MaskTensors {
  const of = (name: string) => Int32Array.from(feeds[name]?.data ?? [])
  return {
    batch: 1,
    length: feeds.input_ids?.data.length ?? 0,
    masks: feeds.mask_positions?.data.length ?? 0,
    inputIds: of('input_ids'),
    attentionMask: of('attention_mask'),
    segment: of('segment'),
    slot: of('slot'),
    layout: of('layout'),
    maskPositions: of('mask_positions'),
  }
}
