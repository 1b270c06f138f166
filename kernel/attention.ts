// Attention of all heads and the scores of the pointer heads, in float32.
import { across, powerOfTwo } from './pointwise'

/** Values of one head. */
const HEAD: usize = 32

/** Queries of a tile. */
const TILE: usize = 6
/** One over the root of 32, and the logarithm that turns e into 2. */
const SCORE_SCALE: f32 = 0.17677669529663687 * 1.4426950408889634

/**
 * qkv: [rows, stride] float32, in which queries, keys and values follow each other, each `heads` times 32 wide. bias: [padded]
 * float32, added to the score of each key; padded: rows up to a multiple of 8. scratch: (2 * 32 + 6 + 1) * padded floats.
 * out: [rows, 32 * heads] float32. Rows of qkv and out must be padded to a multiple of 6.
 */
export function attend(qkv: usize, rows: usize, padded: usize, heads: usize, bias: usize, scratch: usize, out: usize): void {
  const width = heads * HEAD * 4, stride = width * 3, line = padded * 4
  const keys = scratch
  const values = keys + HEAD * line
  const scores = values + HEAD * line
  const shares = scores + TILE * line
  for (let h: usize = 0; h < heads; h++) {
    const head = qkv + h * HEAD * 4
    gather(head + width, rows, padded, stride, keys, values, width)
    for (let r: usize = 0; r < rows; r += TILE) {
      score(head + r * stride, stride, keys, padded, scores)
      for (let i: usize = 0; i < TILE; i++) store<f32>(shares + i * 4, soften(scores + i * line, bias, padded))
      const to = out + r * width + h * HEAD * 4
      for (let d: usize = 0; d < HEAD * 4; d += 32) mix(scores, padded, values + d, shares, to + d, width)
    }
  }
}

/** Keys transposed to [32, padded] and values to [padded, 32], so that both are read in order; what is past `rows` counts nothing. */
function gather(key: usize, rows: usize, padded: usize, stride: usize, keys: usize, values: usize, width: usize): void {
  const line = padded * 4
  for (let r: usize = 0; r < rows; r += 4) {
    for (let d: usize = 0; d < HEAD; d += 4) transpose(key + r * stride + d * 4, stride, keys + d * line + r * 4, line)
  }
  for (let r: usize = 0; r < rows; r++) memory.copy(values + r * HEAD * 4, key + r * stride + width, HEAD * 4)
  for (let d: usize = 0; d < HEAD; d++) memory.fill(keys + (d * padded + rows) * 4, 0, (padded - rows) * 4)
  memory.fill(values + rows * HEAD * 4, 0, (padded - rows) * HEAD * 4)
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

/** scores: [6, padded], of 6 queries with all keys. */
function score(query: usize, stride: usize, keys: usize, padded: usize, scores: usize): void {
  const line = padded * 4
  for (let k: usize = 0; k < line; k += 32) {
    let a0 = f32x4.splat(0), a1 = f32x4.splat(0)
    let b0 = f32x4.splat(0), b1 = f32x4.splat(0)
    let c0 = f32x4.splat(0), c1 = f32x4.splat(0)
    let d0 = f32x4.splat(0), d1 = f32x4.splat(0)
    let e0 = f32x4.splat(0), e1 = f32x4.splat(0)
    let f0 = f32x4.splat(0), f1 = f32x4.splat(0)
    let at = keys + k
    const end = query + HEAD * 4
    for (let q = query; q < end; q += 4, at += line) {
      const k0 = v128.load(at), k1 = v128.load(at, 16)
      let x = v128.load32_splat(q)
      a0 = f32x4.relaxed_madd(x, k0, a0); a1 = f32x4.relaxed_madd(x, k1, a1)
      x = v128.load32_splat(q + stride)
      b0 = f32x4.relaxed_madd(x, k0, b0); b1 = f32x4.relaxed_madd(x, k1, b1)
      x = v128.load32_splat(q + 2 * stride)
      c0 = f32x4.relaxed_madd(x, k0, c0); c1 = f32x4.relaxed_madd(x, k1, c1)
      x = v128.load32_splat(q + 3 * stride)
      d0 = f32x4.relaxed_madd(x, k0, d0); d1 = f32x4.relaxed_madd(x, k1, d1)
      x = v128.load32_splat(q + 4 * stride)
      e0 = f32x4.relaxed_madd(x, k0, e0); e1 = f32x4.relaxed_madd(x, k1, e1)
      x = v128.load32_splat(q + 5 * stride)
      f0 = f32x4.relaxed_madd(x, k0, f0); f1 = f32x4.relaxed_madd(x, k1, f1)
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
function soften(row: usize, bias: usize, padded: usize): f32 {
  const bytes = padded * 4
  const scale = f32x4.splat(SCORE_SCALE)
  let most = f32x4.splat(-1e30)
  for (let i: usize = 0; i < bytes; i += 16) {
    const v = f32x4.relaxed_madd(v128.load(row + i), scale, v128.load(bias + i))
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

/** out[m, n] = queries[at[m]] . keys[n]; queries [.., size], keys [rows, size], each with rows `stride` floats apart. */
export function point(queries: usize, masks: usize, keys: usize, rows: usize, size: usize, stride: usize, out: usize): void {
  for (let m: usize = 0; m < masks; m++) {
    const q = queries + m * stride * 4
    for (let n: usize = 0; n < rows; n++) {
      const k = keys + n * stride * 4
      let sum = f32x4.splat(0)
      for (let i: usize = 0; i < size * 4; i += 16) sum = f32x4.relaxed_madd(v128.load(q + i), v128.load(k + i), sum)
      store<f32>(out + (m * rows + n) * 4, across(sum))
    }
  }
}
