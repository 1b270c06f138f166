// The two networks and the heap they share: one finds the lines of a picture, the other reads a line. A heap never shrinks and lingers
// when it is let go of, so there is one for good, unless a failure spoils it.
import lettersGraph from '../models/letters.onnx'
import lettersWeights from '../models/letters.weights'
import linesGraph from '../models/lines.onnx'
import linesWeights from '../models/lines.weights'
import type { Net } from './net'
import { createRuntime, type Runtime } from './ort'
import { numbersOf } from './weights'

export interface Engine {
  readonly runtime: Runtime
  readonly lines: Net
  readonly letters: Net
}

let engine: Promise<Engine> | undefined
let held = 0

/** Bytes of the engine's heap, 0 when there is none. */
export const engineBytes = (): number => held

/** Runs one piece of work on the engine. Not to be called again before the last call is done. */
export async function withEngine<T>(work: (engine: Engine) => Promise<T>): Promise<T> {
  engine ??= createEngine()
  try {
    const ready = await engine
    const result = await work(ready)
    held = ready.runtime.heapBytes()
    return result
  } catch (error) {
    // After an abort its heap is in no known state.
    engine = undefined
    held = 0
    throw error
  }
}

async function createEngine(): Promise<Engine> {
  const runtime = await createRuntime()
  const load = (name: string, graph: ArrayBuffer, weights: ArrayBuffer) =>
    runtime.load(name, new Uint8Array(graph), new Uint8Array(numbersOf(weights).buffer))
  const letters = await load('letters', lettersGraph, lettersWeights)
  return { runtime, letters, lines: await load('lines', linesGraph, linesWeights) }
}
