// From the coefficients of a row of a JPEG's blocks to eight rows of pixels (ITU T.81, A.3).
import { type Component, ZIGZAG } from './jpeg-scan'

/** What coefficient u gives to pixel x. */
const WAVES = Float32Array.from({ length: 64 }, (_, i) => {
  const [x, u] = [i >> 3, i & 7]
  return (u === 0 ? Math.SQRT1_2 : 1) * Math.cos(((2 * x + 1) * u * Math.PI) / 16) * 0.5
})
const steps = new Uint16Array(64)
const block = new Float32Array(64)
const half = new Float32Array(64)

/** Gives the pixels to `take` and empties the coefficients. */
export function blockRow(
  { coefficients, stride, columns }: Component,
  row: number,
  quantization: Uint16Array,
  pixels: Uint8ClampedArray,
  take: (row: Uint8ClampedArray) => void,
): void {
  const width = columns * 8
  for (let k = 0; k < 64; k++) steps[ZIGZAG[k] ?? 0] = quantization[k] ?? 0
  for (let column = 0; column < columns; column++) {
    const at = (row * stride + column) * 64
    for (let i = 0; i < 64; i++) block[i] = (coefficients[at + i] ?? 0) * (steps[i] ?? 0)
    writeBlock(pixels, column * 8, width)
  }
  coefficients.fill(0, row * stride * 64, (row + 1) * stride * 64)
  for (let y = 0; y < 8; y++) take(pixels.subarray(y * width, (y + 1) * width))
}

/** Of `block`, columns first: most of them have one coefficient or none. */
function writeBlock(pixels: Uint8ClampedArray, from: number, width: number): void {
  for (let u = 0; u < 8; u++) {
    let last = 7
    while (last > 0 && block[last * 8 + u] === 0) last--
    for (let y = 0; y < 8; y++) {
      let sum = 0
      for (let v = 0; v <= last; v++) sum += (WAVES[y * 8 + v] ?? 0) * (block[v * 8 + u] ?? 0)
      half[y * 8 + u] = sum
    }
  }
  for (let y = 0; y < 8; y++) {
    for (let x = 0; x < 8; x++) {
      let sum = 128
      for (let u = 0; u < 8; u++) sum += (WAVES[x * 8 + u] ?? 0) * (half[y * 8 + u] ?? 0)
      pixels[from + y * width + x] = sum
    }
  }
}
