// Products of rows of 8-bit activations with signed 8-bit weights, on the one instruction that WebAssembly has for it (relaxed
// SIMD's i8 x i7 dot). It promises 7 bits only; processors that do it in one step take 8, signed or not, and are told by its result.
// Weights lie in panels of 8 columns, 4 rows deep: one vector holds 4 columns x 4 rows. Rows are taken 6 at a time (12 sums, 2
// vectors of weights, 1 of activations: the registers there are), so that buffers of rows must be padded to a multiple of 6; what
// the padding holds does not matter. Loops are not unrolled: that made V8 spill and halved the speed.

/** Columns of a panel. */
const PANEL: usize = 8
/** Rows of a tile. */
const TILE: usize = 6
/** Bytes of rows that are multiplied with all panels before the next rows: what the first-level cache holds beside a panel. */
const BLOCK_BYTES: usize = 24576

/** weights: [depth, columns] int8. packed: depth * columns bytes. sums: [columns] int32, of each column. */
export function pack(weights: usize, depth: usize, columns: usize, packed: usize, sums: usize): void {
  let to = packed
  for (let c: usize = 0; c < columns; c += PANEL) {
    let left = i32x4.splat(0), right = i32x4.splat(0)
    const end = weights + depth * columns + c
    for (let p = weights + c; p < end; p += 4 * columns, to += 32) {
      const ab = inTurn(v128.load64_zero(p), v128.load64_zero(p + columns))
      const cd = inTurn(v128.load64_zero(p + 2 * columns), v128.load64_zero(p + 3 * columns))
      const w0 = v128.shuffle<i16>(ab, cd, 0, 8, 1, 9, 2, 10, 3, 11)
      const w1 = v128.shuffle<i16>(ab, cd, 4, 12, 5, 13, 6, 14, 7, 15)
      v128.store(to, w0)
      v128.store(to, w1, 16)
      left = i32x4.add(left, fourByFour(w0))
      right = i32x4.add(right, fourByFour(w1))
    }
    v128.store(sums + c * 4, left)
    v128.store(sums + c * 4, right, 16)
  }
}

/** The first 8 bytes of two rows, by turns. */
// @ts-ignore: decorator
@inline
function inTurn(a: v128, b: v128): v128 {
  return v128.shuffle<i8>(a, b, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23)
}

/** The sums of each 4 bytes. */
// @ts-ignore: decorator
@inline
function fourByFour(w: v128): v128 {
  return i32x4.extadd_pairwise_i16x8_s(i16x8.extadd_pairwise_i8x16_s(w))
}

/** The dot of four 127 with four bytes of ones, which tells how the processor reads the second operand. */
const PROBE = i32x4.extract_lane(dot(i8x16.splat(127), i8x16.splat(-1), i32x4.splat(0)), 0)
/** ARM's SDOT, and x86 with AVX-VNNI-INT8. */
const SIGNED = PROBE == 4 * 127 * -1
/** Whether it is one instruction, which takes all 8 bits. Without (V8's way on other x86 saturates beyond 7) the other tile is faster. */
const FUSED = SIGNED || PROBE == 4 * 127 * 255
/** The highest step of an activation, and what is taken from each where the operand is signed. */
export const TOP: i32 = FUSED ? 255 : 127
export const MIDDLE: i32 = SIGNED ? 128 : 0

/**
 * x: [rows, depth] float32 -> q: the same in steps of its row, and of each row its scale and its zero point. room: depth floats, in
 * which each row is turned before, or 0 where the weights are not made for it.
 */
export function quantise(x: usize, rows: usize, depth: usize, room: usize, q: usize, scales: usize, zeros: usize): void {
  const none = f32x4.splat(0)
  const top = i8x16.splat(<i8>TOP), middle = i8x16.splat(<i8>MIDDLE)
  for (let r: usize = 0; r < rows; r++) {
    let from = x + r * depth * 4
    if (room) {
      turn(from, depth, room)
      from = room
    }
    const end = from + depth * 4
    let low = none
    let high = none
    for (let p = from; p < end; p += 16) {
      const v = v128.load(p)
      low = f32x4.pmin(low, v)
      high = f32x4.pmax(high, v)
    }
    const least = min(min(f32x4.extract_lane(low, 0), f32x4.extract_lane(low, 1)), min(f32x4.extract_lane(low, 2), f32x4.extract_lane(low, 3)))
    const most = max(max(f32x4.extract_lane(high, 0), f32x4.extract_lane(high, 1)), max(f32x4.extract_lane(high, 2), f32x4.extract_lane(high, 3)))
    const scale = max((most - least) / <f32>TOP, <f32>1e-12)
    const zero = nearest(-least / scale)
    store<f32>(scales + r * 4, scale)
    store<f32>(zeros + r * 4, zero - <f32>MIDDLE)
    const inverse = f32x4.splat(1 / scale)
    const shift = f32x4.splat(zero)
    let to = q + r * depth
    for (let p = from; p < end; p += 64, to += 16) {
      const a = i16x8.narrow_i32x4_s(steps(p, inverse, shift), steps(p + 16, inverse, shift))
      const b = i16x8.narrow_i32x4_s(steps(p + 32, inverse, shift), steps(p + 48, inverse, shift))
      v128.store(to, v128.xor(i8x16.min_u(i8x16.narrow_i16x8_u(a, b), top), middle))
    }
  }
}

/**
 * One row times Hadamard's matrix of 32, for channels 4 apart, so that one that goes high is spread over 32 and does not take all the
 * steps: 8 by 8 vectors that are 4 apart, then 4 by 4 neighbours. depth: a multiple of 128.
 */
function turn(x: usize, depth: usize, out: usize): void {
  const end = x + depth * 4
  for (; x < end; x += 512, out += 512) {
    for (let i: usize = 0; i < 64; i += 16) {
      const p = x + i
      const a = v128.load(p), b = v128.load(p, 64), c = v128.load(p, 128), d = v128.load(p, 192)
      const e = v128.load(p, 256), f = v128.load(p, 320), g = v128.load(p, 384), h = v128.load(p, 448)
      fourWays(f32x4.add(a, e), f32x4.add(b, f), f32x4.add(c, g), f32x4.add(d, h), out + i, 64)
      fourWays(f32x4.sub(a, e), f32x4.sub(b, f), f32x4.sub(c, g), f32x4.sub(d, h), out + i + 256, 64)
    }
    for (let i: usize = 0; i < 512; i += 64) {
      const p = out + i
      fourWays(v128.load(p), v128.load(p, 16), v128.load(p, 32), v128.load(p, 48), p, 16)
    }
  }
}

/** All sums of 4 with signs that make them independent, `apart` bytes apart. */
// @ts-ignore: decorator
@inline
function fourWays(a: v128, b: v128, c: v128, d: v128, out: usize, apart: usize): void {
  const ab = f32x4.add(a, b), cd = f32x4.add(c, d), a_b = f32x4.sub(a, b), c_d = f32x4.sub(c, d)
  v128.store(out, f32x4.add(ab, cd))
  v128.store(out + apart, f32x4.add(a_b, c_d))
  v128.store(out + 2 * apart, f32x4.sub(ab, cd))
  v128.store(out + 3 * apart, f32x4.sub(a_b, c_d))
}

// @ts-ignore: decorator
@inline
function steps(p: usize, inverse: v128, shift: v128): v128 {
  return i32x4.relaxed_trunc_f32x4_s(f32x4.nearest(f32x4.relaxed_madd(v128.load(p), inverse, shift)))
}

/**
 * out = x times weights + bias. q, scales, zeros: of [rows, depth] as quantise gives them. packed, sums: as pack gives them; steps
 * and bias: [columns] float32. out: [rows, columns] float32.
 */
export function linear(
  q: usize, scales: usize, zeros: usize, rows: usize, depth: usize,
  packed: usize, sums: usize, steps: usize, bias: usize, columns: usize, out: usize,
): void {
  const block = max(BLOCK_BYTES / depth / TILE * TILE, TILE)
  for (let first: usize = 0; first < rows; first += block) {
    const last = min(first + block, rows)
    for (let c: usize = 0; c < columns; c += PANEL) {
      const panel = packed + c * depth, at = c * 4
      for (let r = first; r < last; r += TILE) {
        const to = out + (r * columns + c) * 4
        if (FUSED) tileFused(q + r * depth, scales + r * 4, zeros + r * 4, depth, panel, sums + at, steps + at, bias + at, to, columns * 4)
        else tilePaired(q + r * depth, scales + r * 4, zeros + r * 4, depth, panel, sums + at, steps + at, bias + at, to, columns * 4)
      }
    }
  }
}

// @ts-ignore: decorator
@inline
export function dot(w: v128, x: v128, sum: v128): v128 {
  return i32x4.relaxed_dot_i8x16_i7x16_add_s(w, x, sum)
}

/** The same in two steps, which is what processors without the instruction do best: pairs in 16 bits, then added up. */
// @ts-ignore: decorator
@inline
function dotPairs(w: v128, x: v128, sum: v128): v128 {
  return i32x4.add(sum, i32x4.extadd_pairwise_i16x8_s(i16x8.relaxed_dot_i8x16_i7x16_s(w, x)))
}

// @ts-ignore: decorator
@inline
function tileFused(
  q: usize, scales: usize, zeros: usize, depth: usize, panel: usize,
  sums: usize, steps: usize, bias: usize, out: usize, stride: usize,
): void {
  let a0 = i32x4.splat(0), a1 = i32x4.splat(0)
  let b0 = i32x4.splat(0), b1 = i32x4.splat(0)
  let c0 = i32x4.splat(0), c1 = i32x4.splat(0)
  let d0 = i32x4.splat(0), d1 = i32x4.splat(0)
  let e0 = i32x4.splat(0), e1 = i32x4.splat(0)
  let f0 = i32x4.splat(0), f1 = i32x4.splat(0)
  const q1 = q + depth, q2 = q1 + depth, q3 = q2 + depth, q4 = q3 + depth, q5 = q4 + depth
  const end = panel + depth * PANEL
  let k: usize = 0
  for (let p = panel; p < end; p += 32, k += 4) {
    const w0 = v128.load(p), w1 = v128.load(p, 16)
    let x = v128.load32_splat(q + k)
    a0 = dot(w0, x, a0); a1 = dot(w1, x, a1)
    x = v128.load32_splat(q1 + k)
    b0 = dot(w0, x, b0); b1 = dot(w1, x, b1)
    x = v128.load32_splat(q2 + k)
    c0 = dot(w0, x, c0); c1 = dot(w1, x, c1)
    x = v128.load32_splat(q3 + k)
    d0 = dot(w0, x, d0); d1 = dot(w1, x, d1)
    x = v128.load32_splat(q4 + k)
    e0 = dot(w0, x, e0); e1 = dot(w1, x, e1)
    x = v128.load32_splat(q5 + k)
    f0 = dot(w0, x, f0); f1 = dot(w1, x, f1)
  }
  finish(a0, a1, scales, zeros, sums, steps, bias, out)
  finish(b0, b1, scales + 4, zeros + 4, sums, steps, bias, out + stride)
  finish(c0, c1, scales + 8, zeros + 8, sums, steps, bias, out + 2 * stride)
  finish(d0, d1, scales + 12, zeros + 12, sums, steps, bias, out + 3 * stride)
  finish(e0, e1, scales + 16, zeros + 16, sums, steps, bias, out + 4 * stride)
  finish(f0, f1, scales + 20, zeros + 20, sums, steps, bias, out + 5 * stride)
}

// @ts-ignore: decorator
@inline
function tilePaired(
  q: usize, scales: usize, zeros: usize, depth: usize, panel: usize,
  sums: usize, steps: usize, bias: usize, out: usize, stride: usize,
): void {
  let a0 = i32x4.splat(0), a1 = i32x4.splat(0)
  let b0 = i32x4.splat(0), b1 = i32x4.splat(0)
  let c0 = i32x4.splat(0), c1 = i32x4.splat(0)
  let d0 = i32x4.splat(0), d1 = i32x4.splat(0)
  let e0 = i32x4.splat(0), e1 = i32x4.splat(0)
  let f0 = i32x4.splat(0), f1 = i32x4.splat(0)
  const q1 = q + depth, q2 = q1 + depth, q3 = q2 + depth, q4 = q3 + depth, q5 = q4 + depth
  const end = panel + depth * PANEL
  let k: usize = 0
  for (let p = panel; p < end; p += 32, k += 4) {
    const w0 = v128.load(p), w1 = v128.load(p, 16)
    let x = v128.load32_splat(q + k)
    a0 = dotPairs(w0, x, a0); a1 = dotPairs(w1, x, a1)
    x = v128.load32_splat(q1 + k)
    b0 = dotPairs(w0, x, b0); b1 = dotPairs(w1, x, b1)
    x = v128.load32_splat(q2 + k)
    c0 = dotPairs(w0, x, c0); c1 = dotPairs(w1, x, c1)
    x = v128.load32_splat(q3 + k)
    d0 = dotPairs(w0, x, d0); d1 = dotPairs(w1, x, d1)
    x = v128.load32_splat(q4 + k)
    e0 = dotPairs(w0, x, e0); e1 = dotPairs(w1, x, e1)
    x = v128.load32_splat(q5 + k)
    f0 = dotPairs(w0, x, f0); f1 = dotPairs(w1, x, f1)
  }
  finish(a0, a1, scales, zeros, sums, steps, bias, out)
  finish(b0, b1, scales + 4, zeros + 4, sums, steps, bias, out + stride)
  finish(c0, c1, scales + 8, zeros + 8, sums, steps, bias, out + 2 * stride)
  finish(d0, d1, scales + 12, zeros + 12, sums, steps, bias, out + 3 * stride)
  finish(e0, e1, scales + 16, zeros + 16, sums, steps, bias, out + 4 * stride)
  finish(f0, f1, scales + 20, zeros + 20, sums, steps, bias, out + 5 * stride)
}

/** Sums of integers as what they stand for: (sum - zero * column's sum) * scale * step + bias. */
// @ts-ignore: decorator
@inline
function finish(left: v128, right: v128, scale: usize, zero: usize, sums: usize, steps: usize, bias: usize, out: usize): void {
  const s = v128.load32_splat(scale)
  const z = v128.load32_splat(zero)
  v128.store(out, real(left, s, z, sums, steps, bias))
  v128.store(out + 16, real(right, s, z, sums + 16, steps + 16, bias + 16))
}

// @ts-ignore: decorator
@inline
function real(sum: v128, scale: v128, zero: v128, sums: usize, steps: usize, bias: usize): v128 {
  const exact = f32x4.sub(f32x4.convert_i32x4_s(sum), f32x4.mul(zero, f32x4.convert_i32x4_s(v128.load(sums))))
  return f32x4.relaxed_madd(exact, f32x4.mul(scale, v128.load(steps)), v128.load(bias))
}
