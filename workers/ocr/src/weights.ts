// A network's weights as they are stored, in 8 bits with a step for each row, made into the numbers that onnxruntime takes. They stand
// apart from the graph, so that its heap holds them once: what a graph brings along it holds several times while it loads.
// training/reader.py writes them. Pure.

/** All tensors, one after the other: of each the count and the length of its rows, the rows' steps, and their values. */
export function numbersOf(packed: ArrayBuffer): Float32Array<ArrayBuffer> {
  const tensors = Array.from(tensorsOf(packed))
  const numbers = new Float32Array(tensors.reduce((sum, { values }) => sum + values.length, 0))
  let at = 0
  for (const { length, steps, values } of tensors) {
    // By index: an iterator would leave millions of pairs to the collector.
    for (let i = 0; i < values.length; i++) {
      numbers[at++] = (values[i] ?? 0) * (steps[Math.floor(i / length)] ?? 0)
    }
  }
  return numbers
}

interface Tensor {
  readonly length: number
  readonly steps: Float32Array
  readonly values: Int8Array
}

function* tensorsOf(packed: ArrayBuffer): Generator<Tensor> {
  for (let at = 0; at < packed.byteLength; ) {
    const [rows = 0, length = 0] = new Uint32Array(packed, at, 2)
    const steps = new Float32Array(packed, at + 8, rows)
    const values = new Int8Array(packed, at + 8 + rows * 4, rows * length)
    yield { length, steps, values }
    at += 8 + rows * 4 + Math.ceil((rows * length) / 4) * 4
  }
}
