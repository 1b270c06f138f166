// What is done value by value or row by row, in float32, four at a time: embeddings, norms, GELU and the exponential.

/** 2 to the x, for x up to 0; relative error below 3e-6. Below -125 it is as at -125: nothing, for a softmax. */
// @ts-ignore: decorator
@inline
export function powerOfTwo(x: v128): v128 {
  // Adding 1.5 * 2^23 leaves the whole part in the low bits of the float.
  const shift = f32x4.splat(12582912)
  const t = f32x4.pmax(f32x4.splat(-125), x)
  const shifted = f32x4.add(t, shift)
  const f = f32x4.sub(t, f32x4.sub(shifted, shift))
  let y = f32x4.relaxed_madd(f, f32x4.splat(0.00956998), f32x4.splat(0.0559177136))
  y = f32x4.relaxed_madd(f, y, f32x4.splat(0.2402474607))
  y = f32x4.relaxed_madd(f, y, f32x4.splat(0.6931218345))
  y = f32x4.relaxed_madd(f, y, f32x4.splat(0.9999992617))
  return i32x4.add(y, i32x4.shl(shifted, 23))
}

/**
 * GELU in place, x times the normal distribution's cumulative probability, which is a polynomial between -4 and 4: off by 1.3e-4 at
 * most, a fifth of what is lost when the result is rounded to 8 bits. count: a multiple of 4.
 */
export function gelu(x: usize, count: usize): void {
  const end = x + count * 4
  for (let p = x; p < end; p += 16) {
    const v = v128.load(p)
    const z = f32x4.pmax(f32x4.splat(-4), f32x4.pmin(f32x4.splat(4), v))
    const s = f32x4.mul(z, z)
    let y = f32x4.relaxed_madd(s, f32x4.splat(-1.301222223e-9), f32x4.splat(1.041918934e-7))
    y = f32x4.relaxed_madd(s, y, f32x4.splat(-3.657036643e-6))
    y = f32x4.relaxed_madd(s, y, f32x4.splat(7.485389404e-5))
    y = f32x4.relaxed_madd(s, y, f32x4.splat(-0.001006482831))
    y = f32x4.relaxed_madd(s, y, f32x4.splat(0.009505371618))
    y = f32x4.relaxed_madd(s, y, f32x4.splat(-0.0658877981))
    y = f32x4.relaxed_madd(s, y, f32x4.splat(0.3986733681))
    v128.store(p, f32x4.mul(v, f32x4.relaxed_madd(z, y, f32x4.splat(0.5))))
  }
}

/** out = norm(x + skip) * gamma + beta, row by row; out may be x. x, skip, out: [rows, size] float32, size a multiple of 4. */
export function norm(x: usize, skip: usize, gamma: usize, beta: usize, rows: usize, size: usize, out: usize): void {
  const bytes = size * 4
  for (let r: usize = 0; r < rows; r++) {
    const row = r * bytes
    let total = f32x4.splat(0)
    for (let i: usize = 0; i < bytes; i += 16) {
      const v = f32x4.add(v128.load(x + row + i), v128.load(skip + row + i))
      v128.store(out + row + i, v)
      total = f32x4.add(total, v)
    }
    const mean = f32x4.splat(across(total) / <f32>size)
    let squares = f32x4.splat(0)
    for (let i: usize = 0; i < bytes; i += 16) {
      const v = f32x4.sub(v128.load(out + row + i), mean)
      squares = f32x4.relaxed_madd(v, v, squares)
    }
    const inverse = f32x4.splat(1 / sqrt<f32>(across(squares) / <f32>size + <f32>1e-12))
    for (let i: usize = 0; i < bytes; i += 16) {
      const v = f32x4.mul(f32x4.sub(v128.load(out + row + i), mean), inverse)
      v128.store(out + row + i, f32x4.relaxed_madd(v, v128.load(gamma + i), v128.load(beta + i)))
    }
  }
}

// @ts-ignore: decorator
@inline
export function across(v: v128): f32 {
  return f32x4.extract_lane(v, 0) + f32x4.extract_lane(v, 1) + (f32x4.extract_lane(v, 2) + f32x4.extract_lane(v, 3))
}

/** Adds row `ids[i]` of a table to row i of out, for [rows] int32 ids. table: [.., size] int8; scales: [..] float32, of its rows. */
export function embed(ids: usize, idStride: usize, offset: usize, table: usize, scales: usize, rows: usize, size: usize, out: usize, outStride: usize): void {
  for (let r: usize = 0; r < rows; r++) {
    const id = <usize>load<i32>(ids + r * idStride * 4) + offset
    const scale = v128.load32_splat(scales + id * 4)
    let from = table + id * size
    let to = out + r * outStride * 4
    const end = from + size
    for (; from < end; from += 4, to += 16) {
      const v = f32x4.convert_i32x4_s(i32x4.extend_low_i16x8_s(i16x8.extend_low_i8x16_s(v128.load32_zero(from))))
      v128.store(to, f32x4.relaxed_madd(v, scale, v128.load(to)))
    }
  }
}
