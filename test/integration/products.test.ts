// The kernel's products and attention against the same in plain numbers, to within what rounding to 7 bits may lose, on any processor.
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createKernel, type Kernel } from '../../src/model/kernel'

const HEAD = 32

let kernel: Kernel

beforeEach(async () => {
  kernel = await createKernel()
})

afterEach(() => kernel.release())

const put = (values: readonly number[], spare = 0) => {
  const address = kernel.take((values.length + spare) * 4)
  kernel.floats(address, values.length).set(values)
  return address
}

/** Numbers between -1 and 1 that look random and are the same every time. */
const noise = (count: number, seed: number) =>
  Array.from({ length: count }, (_, i) => Math.sin((i + 1) * 12.9898 * seed + (i % 7)))

/** x [rows, depth], turned or not, times weights [depth, columns], which are whole numbers. */
function product(x: number[], weights: number[], columns: number, turn = false): number[] {
  const depth = weights.length / columns
  const rows = x.length / depth
  const padded = Math.ceil(rows / 6) * 6
  const own = kernel.take(depth * columns)
  kernel.bytes(own, weights.length).set(weights)
  const [packed, sums] = [kernel.take(depth * columns), kernel.take(columns * 4)]
  kernel.run.pack(own, depth, columns, packed, sums)
  const [q, scales, zeros] = [
    kernel.take(padded * depth),
    kernel.take(padded * 4),
    kernel.take(padded * 4),
  ]
  kernel.run.quantise(put(x), rows, depth, turn ? kernel.take(depth * 4) : 0, q, scales, zeros)
  const steps = put(Array(columns).fill(1))
  const [bias, out] = [put(Array(columns).fill(0.5)), kernel.take(padded * columns * 4)]
  kernel.run.linear(q, scales, zeros, rows, depth, packed, sums, steps, bias, columns, out)
  return Array.from(kernel.floats(out, rows * columns))
}

/** Hadamard's matrix of 32 times each 32 channels that are 4 apart. */
function turned(row: readonly number[]): number[] {
  const sign = (i: number, j: number) =>
    [0, 1, 2, 3, 4].reduce((product, bit) => (((i & j) >> bit) % 2 === 0 ? product : -product), 1)
  return row.map((_, at) => {
    const [first, i] = [Math.floor(at / 128) * 128 + (at % 4), Math.floor((at % 128) / 4)]
    return Array.from({ length: 32 }, (_, j) => sign(i, j) * (row[first + 4 * j] ?? 0)).reduce(
      (sum, v) => sum + v,
    )
  })
}

test.each([false, true])('a product is near the exact one; rows turned: %s', (turn) => {
  const [rows, depth, columns] = [7, 256, 16]
  const x = noise(rows * depth, 1)
  const weights = noise(depth * columns, 2).map((w) => Math.round(w * 127))
  const out = product(x, weights, columns, turn)
  for (let r = 0; r < rows; r++) {
    const plain = x.slice(r * depth, (r + 1) * depth)
    const row = turn ? turned(plain) : plain
    const step = (Math.max(...row) - Math.min(...row)) / 127
    for (let c = 0; c < columns; c++) {
      const column = row.map((_, i) => weights[i * columns + c] ?? 0)
      const exact = row.reduce((sum, v, i) => sum + v * (column[i] ?? 0), 0.5)
      // Each activation is off by half a step at most, and their errors cancel out: four times what they come to on average.
      const most = 4 * step * Math.sqrt(column.reduce((sum, w) => sum + w * w, 0) / 12)
      expect(Math.abs((out[r * columns + c] ?? 0) - exact)).toBeLessThan(most)
    }
  }
})

test.each([127, -127])('the greatest sums do not saturate: weights of %i', (weight) => {
  const [depth, columns] = [1536, 8]
  const [ones, weights] = [Array(depth).fill(1), Array(depth * columns).fill(weight)]
  for (const sum of product(ones, weights, columns))
    expect(sum / (depth * weight)).toBeCloseTo(1, 4)
  const turns = ones.map((_, i) => (i % 2 === 0 ? 1 : -1))
  const signed = weights.map((w, i) => (Math.floor(i / columns) % 2 === 0 ? w : -w))
  for (const sum of product(turns, signed, columns))
    expect(sum / (depth * weight)).toBeCloseTo(1, 1)
})

test('a row of zeros gives the bias', () => {
  const [depth, columns] = [64, 8]
  const weights = noise(depth * columns, 4).map((w) => Math.round(w * 127))
  const out = product(Array(depth).fill(0), weights, columns)
  expect(out).toEqual(Array(columns).fill(0.5))
})

test('attention is near the exact one, and tokens with a low bias are not looked at', () => {
  const [rows, padded, heads] = [13, 16, 2]
  const width = heads * HEAD
  const qkv = noise(rows * 3 * width, 5).map((v) => 2 * v)
  const bias = Array.from({ length: padded }, (_, i) => (i < rows ? (i === 4 ? -10_000 : 0) : -1e9))
  const out = kernel.take((rows + 6) * width * 4)
  const scratch = kernel.take(64 * (padded + 6) * 4)
  kernel.run.attend(put(qkv, 6 * 3 * width), rows, padded, heads, put(bias), scratch, out)
  const at = (row: number, part: number, head: number) =>
    qkv.slice((row * 3 + part) * width + head * HEAD, (row * 3 + part) * width + (head + 1) * HEAD)
  for (let h = 0; h < heads; h++) {
    for (let r = 0; r < rows; r++) {
      const powers = bias
        .slice(0, rows)
        .map((b, k) => Math.exp(dot(at(r, 0, h), at(k, 1, h)) / Math.sqrt(HEAD) + b))
      const total = powers.reduce((sum, p) => sum + p, 0)
      const mixed = at(0, 2, h).map((_, d) =>
        powers.reduce((sum, p, k) => sum + (p / total) * (at(k, 2, h)[d] ?? 0), 0),
      )
      const given = kernel.floats(out + (r * width + h * HEAD) * 4, HEAD)
      for (const [d, value] of mixed.entries())
        expect(Math.abs((given[d] ?? 0) - value)).toBeLessThan(0.05)
    }
  }
})

test('each query is pointed at each key', () => {
  const [masks, rows, size] = [3, 5, 32]
  const [queries, keys] = [noise(masks * size, 6), noise(rows * size, 7)]
  const out = kernel.take(masks * rows * 4)
  kernel.run.point(put(queries), masks, put(keys), rows, size, size, out)
  const row = (data: number[], i: number) => data.slice(i * size, (i + 1) * size)
  for (let m = 0; m < masks; m++)
    for (let n = 0; n < rows; n++)
      expect(kernel.floats(out, masks * rows)[m * rows + n]).toBeCloseTo(
        dot(row(queries, m), row(keys, n)),
        4,
      )
})

const dot = (a: readonly number[], b: readonly number[]) =>
  a.reduce((sum, v, i) => sum + v * (b[i] ?? 0), 0)
