// One forward pass of the mask filler, product by product, in the kernel's memory. What it computes is what training/graph.py
// writes, but for the rounding: activations are rounded by row, where the graph rounds by tensor, and queries and keys are too.
// Nothing is padded but rows up to a multiple of 8, and the inner layer is taken a block of rows at a time, so that it stays in
// the processor's cache and a pass needs 8 MiB whatever its length.
import {
  type EncoderWeights,
  type Layer,
  type Linear,
  placeWeights,
  type Table,
} from './encoder-weights'
import type { GraphTensor } from './graph-tensors'
import type { Kernel } from './kernel'
import type { MaskLogits, MaskTensors } from './mask-filler'

/** Tokens of the longest sequence: the positions that the model has. */
const MAX_TOKENS = 512
/** Values of one attention head; kernel/attention.ts is written for it. */
const HEAD = 32
/** Values that are turned together, a multiple of HEAD. */
const TURN = 128
const LAYOUT_SIZE = 6
/** The kernel writes rows 6 at a time, past the last one. */
const TILE = 6
/** Rows of the inner layer at a time; a multiple of TILE. */
const BLOCK = 60
/** Added to the scores of tokens that nobody may look at, as ONNX Runtime does, and of rows that are only padding. */
const HIDDEN_BIAS = -10_000
const PADDING_BIAS = -1e9
const FLOAT = 4

export interface Encoder {
  /** The logits of sequence `b`. Throws a RangeError where the model has no such position, token or place. */
  fill(tensors: MaskTensors, b: number): MaskLogits
  /** Lets go of the weights; the encoder must not be used afterwards. */
  release(): void
}

/** Addresses of what a pass writes, for MAX_TOKENS rows. */
interface Rooms {
  readonly ints: number
  readonly positions: number
  readonly bias: number
  readonly x: number
  readonly y: number
  /** [rows, 3 * hidden], or the keys of both pointer heads. */
  readonly wide: number
  readonly inner: number
  /** One row of a product's input. */
  readonly room: number
  readonly rounded: number
  readonly scales: number
  readonly zeros: number
  readonly scratch: number
}

/** Throws where the graph is not one of ours. */
export function createEncoder(kernel: Kernel, tensors: ReadonlyMap<string, GraphTensor>): Encoder {
  const hidden = tensors.get('hidden.0.gamma')?.dims[0] ?? 0
  const inner = tensors.get('layers.0.up.weight')?.dims[1] ?? 0
  const rooms = roomsFor(kernel, hidden, inner)
  const weights = placeWeights(kernel, tensors, rooms.wide)
  if (hidden % TURN !== 0 || inner % TURN !== 0 || weights.position.rows < MAX_TOKENS)
    throw new Error(`not a model for this kernel: ${hidden} wide, ${inner} inside`)
  const fill = (given: MaskTensors, b: number) => pass(kernel, weights, rooms, given, b)
  return { fill, release: kernel.release }
}

function roomsFor(kernel: Kernel, hidden: number, inner: number): Rooms {
  const rows = (width: number) => kernel.take((MAX_TOKENS + TILE) * width * FLOAT)
  const positions = rows(1)
  kernel.ints(positions, MAX_TOKENS).set(Int32Array.from({ length: MAX_TOKENS }, (_, i) => i))
  return {
    ints: rows(3 + LAYOUT_SIZE),
    positions,
    bias: rows(1),
    x: rows(hidden),
    y: rows(hidden),
    wide: rows(3 * hidden),
    inner: kernel.take(BLOCK * inner * FLOAT),
    room: kernel.take(Math.max(hidden, inner) * FLOAT),
    rounded: kernel.take(Math.max((MAX_TOKENS + TILE) * hidden, BLOCK * inner)),
    scales: rows(1),
    zeros: rows(1),
    scratch: rows(HEAD + 2 * (HEAD / 4) + TILE + 4),
  }
}

function pass(
  kernel: Kernel,
  weights: EncoderWeights,
  rooms: Rooms,
  tensors: MaskTensors,
  b: number,
): MaskLogits {
  const { length } = tensors
  if (length > MAX_TOKENS) throw new RangeError(`${length} tokens, of at most ${MAX_TOKENS}`)
  embed(kernel, weights, rooms, tensors, b)
  for (const layer of weights.layers) forward(kernel, weights, rooms, layer, length)
  return point(kernel, weights, rooms, tensors, b)
}

/** The sum of all embeddings of each token, normed, into x; the bias of each key. */
function embed(
  kernel: Kernel,
  { hidden, words, segment, slot, position, layout, first }: EncoderWeights,
  { ints, positions, bias, x, y }: Rooms,
  tensors: MaskTensors,
  b: number,
): void {
  const { length } = tensors
  const row = (data: Int32Array, width: number) =>
    data.subarray(b * length * width, (b + 1) * length * width)
  const write = (data: Int32Array, width: number, at: number, end: number) => {
    const address = ints + at * (MAX_TOKENS + TILE) * FLOAT
    kernel.ints(address, length * width).set(within(row(data, width), end))
    return address
  }
  const add = (ids: number, table: Table, to = x, stride = 1, offset = 0) => {
    const { values, scales, size } = table
    kernel.run.embed(ids, stride, offset, values, scales, length, size, to, hidden)
  }
  kernel.floats(x, length * hidden).fill(0)
  kernel.floats(y, length * hidden).fill(0)
  const ids = write(tensors.inputIds, 1, 0, words[0].rows)
  add(ids, words[0])
  add(ids, words[1], x + words[0].size * FLOAT)
  add(write(tensors.segment, 1, 1, segment.rows), segment)
  add(write(tensors.slot, 1, 2, slot.rows), slot)
  add(positions, position)
  const offset = layout.rows / LAYOUT_SIZE
  const places = write(tensors.layout, LAYOUT_SIZE, 3, offset)
  for (let i = 0; i < LAYOUT_SIZE; i++) add(places + i * FLOAT, layout, x, LAYOUT_SIZE, i * offset)
  kernel.run.norm(x, y, first.gamma, first.beta, length, hidden, x)
  const visible = row(tensors.attentionMask, 1)
  const biases = Float32Array.from(visible, (seen) => (seen === 0 ? HIDDEN_BIAS : 0))
  kernel.floats(bias, padded(length)).fill(PADDING_BIAS)
  kernel.floats(bias, length).set(biases)
}

/** One layer: x to x. */
function forward(
  kernel: Kernel,
  { hidden, inner }: EncoderWeights,
  rooms: Rooms,
  layer: Layer,
  length: number,
): void {
  const { x, y, wide, bias, scratch } = rooms
  const { run } = kernel
  multiply(kernel, rooms, layer.qkv, x, length, wide)
  run.attend(wide, length, padded(length), hidden / HEAD, bias, scratch, y)
  multiply(kernel, rooms, layer.out, y, length, wide)
  run.norm(x, wide, layer.middle.gamma, layer.middle.beta, length, hidden, x)
  for (let low = 0; low < length; low += BLOCK) {
    const rows = Math.min(BLOCK, length - low)
    const at = low * hidden * FLOAT
    multiply(kernel, rooms, layer.up, x + at, rows, rooms.inner)
    run.gelu(rooms.inner, rows * inner)
    multiply(kernel, rooms, layer.down, rooms.inner, rows, y + at)
  }
  run.norm(x, y, layer.last.gamma, layer.last.beta, length, hidden, x)
}

/** out: [rows, columns], rows up to a multiple of 4. */
function multiply(
  { run }: Kernel,
  { room, rounded, scales, zeros }: Rooms,
  { depth, turned, packed, sums, steps, bias, columns }: Linear,
  x: number,
  rows: number,
  out: number,
): void {
  run.quantise(x, rows, depth, turned ? room : 0, rounded, scales, zeros)
  const args = [packed, sums, steps, bias, columns] as const
  run.linear(rounded, scales, zeros, rows, depth, ...args, out)
}

/** The queries of the masks against the keys of all tokens. */
function point(
  kernel: Kernel,
  { hidden, query, key }: EncoderWeights,
  rooms: Rooms,
  { length, masks, maskPositions }: MaskTensors,
  b: number,
): MaskLogits {
  const { x, y, wide } = rooms
  const [start, end] = [new Float32Array(masks * length), new Float32Array(masks * length)]
  multiply(kernel, rooms, key, x, length, wide)
  const width = hidden * 2
  // A block of masks at a time: what they ask fits into y, and their logits where the inner layer was.
  for (let low = 0; low < masks; low += BLOCK) {
    const at = maskPositions.subarray(b * masks + low, b * masks + Math.min(masks, low + BLOCK))
    for (const [i, position] of within(at, length).entries()) {
      const from = x + position * hidden * FLOAT
      kernel
        .bytes(rooms.inner, at.length * hidden * FLOAT)
        .set(kernel.bytes(from, hidden * FLOAT), i * hidden * FLOAT)
    }
    multiply(kernel, rooms, query, rooms.inner, at.length, y)
    for (const [logits, half] of [
      [start, 0],
      [end, hidden * FLOAT],
    ] as const) {
      kernel.run.point(y + half, at.length, wide + half, length, hidden, width, rooms.inner)
      logits.set(kernel.floats(rooms.inner, at.length * length), low * length)
    }
  }
  return { start, end }
}

/** The kernel looks up what it is told: an index that is none would read other weights. */
function within(indices: Int32Array, end: number): Int32Array {
  for (const index of indices)
    if (index < 0 || index >= end) throw new RangeError(`${index} where there are ${end}`)
  return indices
}

const padded = (rows: number) => Math.ceil(rows / 8) * 8
