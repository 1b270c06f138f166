// What goes between the measuring process and the measured Worker.

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
