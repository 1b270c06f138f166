// Attention of all heads and the scores of the pointer heads. Queries and keys are rounded to 8 bits, each row of a head by its own
// scale, and multiplied as in products.ts; what follows is float32.
import { across, powerOfTwo } from './pointwise'
import { dot, MIDDLE, TOP } from './products'

/** Values of one head. */
const HEAD: usize = 32

/** Queries of a tile. */
const TILE: usize = 6
/** One over the root of 32, and the logarithm that turns e into 2. */
const SCORE_SCALE: f32 = 0.17677669529663687 * 1.4426950408889634
/** Steps of a query to either side of the middle one. */
const HALF: f32 = TOP == 255 ? 127 : 63
const MIDDLE_STEP: i32 = (TOP == 255 ? 128 : 64) - MIDDLE

/**
 * qkv: [rows, stride] float32, in which queries, keys and values follow each other, each `heads` times 32 wide. bias: [padded]
 * float32, added to the score of each key; padded: rows up to a multiple of 8. scratch: (32 + 2 * 8 + 6 + 4) * (padded + 6) floats.
 * out: [rows, 32 * heads] float32. Rows of qkv and out must be padded to a multiple of 6.
 */
export function attend(qkv: usize, rows: usize, padded: usize, heads: usize, bias: usize, scratch: usize, out: usize): void {
  const width = heads * HEAD * 4, stride = width * 3, line = padded * 4
  const keys = scratch
  const keyScales = keys + HEAD * padded
  const sums = keyScales + line
  const values = sums + line
  const scores = values + HEAD * line
  const shares = scores + TILE * line
  const queries = shares + line
  const queryScales = queries + HEAD * (padded + TILE)
  for (let h: usize = 0; h < heads; h++) {
    const head = qkv + h * HEAD * 4
    gather(head + width, rows, padded, stride, queries, keys, keyScales, sums, values, width)
    round(head, rows, stride, queries, queryScales, HALF, MIDDLE_STEP)
    for (let r: usize = 0; r < rows; r += TILE) {
      score(queries + r * HEAD, keys, sums, padded, scores)
      for (let i: usize = 0; i < TILE; i++)
        store<f32>(shares + i * 4, soften(scores + i * line, load<f32>(queryScales + (r + i) * 4), keyScales, bias, padded))
      const to = out + r * width + h * HEAD * 4
      for (let d: usize = 0; d < HEAD * 4; d += 32) mix(scores, padded, values + d, shares, to + d, width)
    }
  }
}

/**
 * Keys in 8 bits and in groups of 4 dimensions, [8, padded, 4], so that they are read in order, with the scale of each and what the
 * middle of the queries' steps adds to its products; values as [padded, 32]. What is past `rows` counts nothing. room: [padded, 32] bytes.
 */
function gather(
  key: usize, rows: usize, padded: usize, stride: usize, room: usize,
  keys: usize, scales: usize, sums: usize, values: usize, width: usize,
): void {
  const line = padded * 4
  memory.fill(room + rows * HEAD, 0, (padded - rows) * HEAD)
  memory.fill(scales + rows * 4, 0, (padded - rows) * 4)
  round(key, rows, stride, room, scales, 127, 0)
  const middle = i8x16.splat(<i8>MIDDLE_STEP)
  for (let k: usize = 0; k < padded; k += 4) {
    for (let d: usize = 0; d < HEAD; d += 16) transpose(room + k * HEAD + d, HEAD, keys + d * padded + k * 4, line)
    let sum = i32x4.splat(0)
    for (let d: usize = 0; d < HEAD; d += 4) sum = dot(v128.load(keys + d * padded + k * 4), middle, sum)
    v128.store(sums + k * 4, i32x4.neg(sum))
  }
  for (let r: usize = 0; r < rows; r++) memory.copy(values + r * HEAD * 4, key + r * stride + width, HEAD * 4)
  memory.fill(values + rows * HEAD * 4, 0, (padded - rows) * HEAD * 4)
}

/** Rows of 32 floats, `stride` bytes apart, in steps of their highest over `half`, counted from `middle`. */
function round(x: usize, rows: usize, stride: usize, q: usize, scales: usize, half: f32, middle: i32): void {
  const zero = i8x16.splat(<i8>middle)
  for (let r: usize = 0; r < rows; r++, x += stride, q += HEAD) {
    let most = f32x4.splat(1e-10)
    for (let i: usize = 0; i < HEAD * 4; i += 16) most = f32x4.pmax(most, f32x4.abs(v128.load(x + i)))
    const scale = max(
      max(f32x4.extract_lane(most, 0), f32x4.extract_lane(most, 1)), max(f32x4.extract_lane(most, 2), f32x4.extract_lane(most, 3)),
    ) / half
    store<f32>(scales + r * 4, scale)
    const inverse = f32x4.splat(1 / scale)
    for (let i: usize = 0; i < HEAD; i += 16) {
      const p = x + i * 4
      const a = i16x8.narrow_i32x4_s(nearest4(p, inverse), nearest4(p + 16, inverse))
      const b = i16x8.narrow_i32x4_s(nearest4(p + 32, inverse), nearest4(p + 48, inverse))
      v128.store(q + i, i8x16.add(i8x16.narrow_i16x8_s(a, b), zero))
    }
  }
}

// @ts-ignore: decorator
@inline
function nearest4(p: usize, inverse: v128): v128 {
  return i32x4.relaxed_trunc_f32x4_s(f32x4.nearest(f32x4.mul(v128.load(p), inverse)))
}

/** 4 rows of 4. */
// @ts-ignore: decorator
@inline
function transpose(from: usize, stride: usize, to: usize, line: usize): void {
  const a = v128.load(from), b = v128.load(from + stride), c = v128.load(from + 2 * stride), d = v128.load(from + 3 * stride)
  const ab0 = v128.shuffle<f32>(a, b, 0, 4, 1, 5), ab1 = v128.shuffle<f32>(a, b, 2, 6, 3, 7)
  const cd0 = v128.shuffle<f32>(c, d, 0, 4, 1, 5), cd1 = v128.shuffle<f32>(c, d, 2, 6, 3, 7)
  v128.store(to, v128.shuffle<f32>(ab0, cd0, 0, 1, 4, 5))
  v128.store(to + line, v128.shuffle<f32>(ab0, cd0, 2, 3, 6, 7))
  v128.store(to + 2 * line, v128.shuffle<f32>(ab1, cd1, 0, 1, 4, 5))
  v128.store(to + 3 * line, v128.shuffle<f32>(ab1, cd1, 2, 3, 6, 7))
}

/** scores: [6, padded] int32, of 6 queries with all keys. */
function score(query: usize, keys: usize, sums: usize, padded: usize, scores: usize): void {
  const line = padded * 4
  const end = query + HEAD
  for (let k: usize = 0; k < line; k += 32) {
    const s0 = v128.load(sums + k), s1 = v128.load(sums + k, 16)
    let a0 = s0, a1 = s1
    let b0 = s0, b1 = s1
    let c0 = s0, c1 = s1
    let d0 = s0, d1 = s1
    let e0 = s0, e1 = s1
    let f0 = s0, f1 = s1
    let at = keys + k
    for (let q = query; q < end; q += 4, at += line) {
      const k0 = v128.load(at), k1 = v128.load(at, 16)
      let x = v128.load32_splat(q)
      a0 = dot(k0, x, a0); a1 = dot(k1, x, a1)
      x = v128.load32_splat(q, HEAD)
      b0 = dot(k0, x, b0); b1 = dot(k1, x, b1)
      x = v128.load32_splat(q, 2 * HEAD)
      c0 = dot(k0, x, c0); c1 = dot(k1, x, c1)
      x = v128.load32_splat(q, 3 * HEAD)
      d0 = dot(k0, x, d0); d1 = dot(k1, x, d1)
      x = v128.load32_splat(q, 4 * HEAD)
      e0 = dot(k0, x, e0); e1 = dot(k1, x, e1)
      x = v128.load32_splat(q, 5 * HEAD)
      f0 = dot(k0, x, f0); f1 = dot(k1, x, f1)
    }
    let to = scores + k
    v128.store(to, a0); v128.store(to, a1, 16)
    to += line
    v128.store(to, b0); v128.store(to, b1, 16)
    to += line
    v128.store(to, c0); v128.store(to, c1, 16)
    to += line
    v128.store(to, d0); v128.store(to, d1, 16)
    to += line
    v128.store(to, e0); v128.store(to, e1, 16)
    to += line
    v128.store(to, f0); v128.store(to, f1, 16)
  }
}

/** One row of scores scaled and as powers of e, in place, the highest 1; returns one over their sum. */
function soften(row: usize, queryScale: f32, keyScales: usize, bias: usize, padded: usize): f32 {
  const bytes = padded * 4
  const scale = f32x4.splat(queryScale * SCORE_SCALE)
  let most = f32x4.splat(-1e30)
  for (let i: usize = 0; i < bytes; i += 16) {
    const v = f32x4.relaxed_madd(f32x4.convert_i32x4_s(v128.load(row + i)), f32x4.mul(scale, v128.load(keyScales + i)), v128.load(bias + i))
    v128.store(row + i, v)
    most = f32x4.pmax(most, v)
  }
  const highest = f32x4.splat(max(
    max(f32x4.extract_lane(most, 0), f32x4.extract_lane(most, 1)), max(f32x4.extract_lane(most, 2), f32x4.extract_lane(most, 3)),
  ))
  let total = f32x4.splat(0)
  for (let i: usize = 0; i < bytes; i += 16) {
    const power = powerOfTwo(f32x4.sub(v128.load(row + i), highest))
    v128.store(row + i, power)
    total = f32x4.add(total, power)
  }
  return 1 / across(total)
}

/** 6 rows by 8 values: weights [6, padded] times values [padded, 32], each row by its share. */
// @ts-ignore: decorator
@inline
function mix(weights: usize, padded: usize, values: usize, shares: usize, out: usize, stride: usize): void {
  let a0 = f32x4.splat(0), a1 = f32x4.splat(0)
  let b0 = f32x4.splat(0), b1 = f32x4.splat(0)
  let c0 = f32x4.splat(0), c1 = f32x4.splat(0)
  let d0 = f32x4.splat(0), d1 = f32x4.splat(0)
  let e0 = f32x4.splat(0), e1 = f32x4.splat(0)
  let f0 = f32x4.splat(0), f1 = f32x4.splat(0)
  const line = padded * 4
  const end = weights + line
  let v = values
  for (let w = weights; w < end; w += 4, v += HEAD * 4) {
    const v0 = v128.load(v), v1 = v128.load(v, 16)
    let x = v128.load32_splat(w)
    a0 = f32x4.relaxed_madd(x, v0, a0); a1 = f32x4.relaxed_madd(x, v1, a1)
    x = v128.load32_splat(w + line)
    b0 = f32x4.relaxed_madd(x, v0, b0); b1 = f32x4.relaxed_madd(x, v1, b1)
    x = v128.load32_splat(w + 2 * line)
    c0 = f32x4.relaxed_madd(x, v0, c0); c1 = f32x4.relaxed_madd(x, v1, c1)
    x = v128.load32_splat(w + 3 * line)
    d0 = f32x4.relaxed_madd(x, v0, d0); d1 = f32x4.relaxed_madd(x, v1, d1)
    x = v128.load32_splat(w + 4 * line)
    e0 = f32x4.relaxed_madd(x, v0, e0); e1 = f32x4.relaxed_madd(x, v1, e1)
    x = v128.load32_splat(w + 5 * line)
    f0 = f32x4.relaxed_madd(x, v0, f0); f1 = f32x4.relaxed_madd(x, v1, f1)
  }
  put(a0, a1, shares, out)
  put(b0, b1, shares + 4, out + stride)
  put(c0, c1, shares + 8, out + 2 * stride)
  put(d0, d1, shares + 12, out + 3 * stride)
  put(e0, e1, shares + 16, out + 4 * stride)
  put(f0, f1, shares + 20, out + 5 * stride)
}

// @ts-ignore: decorator
@inline
function put(left: v128, right: v128, share: usize, out: usize): void {
  const s = v128.load32_splat(share)
  v128.store(out, f32x4.mul(left, s))
  v128.store(out, f32x4.mul(right, s), 16)
}

/**
 * out[m, n] = queries[m] . keys[n]; queries [.., size], keys [rows, size], each with rows `stride` floats apart; size: a multiple
 * of 16. Four sums at a time, as each waits for its last addition.
 */
export function point(queries: usize, masks: usize, keys: usize, rows: usize, size: usize, stride: usize, out: usize): void {
  for (let m: usize = 0; m < masks; m++) {
    const q = queries + m * stride * 4
    for (let n: usize = 0; n < rows; n++) {
      const k = keys + n * stride * 4
      let a = f32x4.splat(0), b = f32x4.splat(0), c = f32x4.splat(0), d = f32x4.splat(0)
      for (let i: usize = 0; i < size * 4; i += 64) {
        a = f32x4.relaxed_madd(v128.load(q + i), v128.load(k + i), a)
        b = f32x4.relaxed_madd(v128.load(q + i, 16), v128.load(k + i, 16), b)
        c = f32x4.relaxed_madd(v128.load(q + i, 32), v128.load(k + i, 32), c)
        d = f32x4.relaxed_madd(v128.load(q + i, 48), v128.load(k + i, 48), d)
      }
      store<f32>(out + (m * rows + n) * 4, across(f32x4.add(f32x4.add(a, b), f32x4.add(c, d))))
    }
  }
}
