// What runs a network, as those who ask one know it: onnxruntime (ort.ts), or a test.

export interface Tensor {
  readonly dims: readonly number[]
  readonly data: Float32Array<ArrayBufferLike>
}

/** A network of one input and one output. Both lie in its heap, so that nothing is left to the collector. */
export interface Net {
  /**
   * What `read` makes of the output.
   * @param fill writes the input; its array, as the output's, is good for that call alone
   */
  run<T>(
    dims: readonly number[],
    fill: (input: Float32Array<ArrayBufferLike>) => void,
    read: (output: Tensor) => T,
  ): Promise<T>
}
