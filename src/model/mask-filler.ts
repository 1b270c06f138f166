// The one interface between extraction and whatever runs the model (edge WASM, GPU over OIP).
// Tensors are those of the mask protocol, version 1 (docs/mask-protocol.md), flat and row-major.
import type { Result } from '../failure'

export const PROTOCOL_VERSION = 1

/** B sequences of N tokens with M masks each. */
export interface MaskTensors {
  readonly batch: number
  readonly length: number
  readonly masks: number
  /** [B, N] WordPiece ids, 0 pads. */
  readonly inputIds: Int32Array
  /** [B, N] 1 where there is a token. */
  readonly attentionMask: Int32Array
  /** [B, N] 0 template, 1 page. */
  readonly segment: Int32Array
  /** [B, N] 0, or for a mask its number within the field, from 1. */
  readonly slot: Int32Array
  /** [B, N, 6] x0 y0 x1 y1 and width in hundredths of the page, height in thousandths; 0..100, 101 = no place. */
  readonly layout: Int32Array
  /** [B, M] where the masks stand, 0 pads. */
  readonly maskPositions: Int32Array
}

/** [B, M, N] raw scores, before any position is left out or normalised. */
export interface MaskLogits {
  readonly start: Float32Array
  readonly end: Float32Array
}

/** A temperature-like map from a run's probability to the chance that it is right: sigmoid(a * logit(p) + b). */
interface Calibration {
  readonly a: number
  readonly b: number
}

/** What a released model says of itself; from its manifest. */
export interface ModelInfo {
  readonly name: string
  readonly version: string
  readonly tier: 'edge' | 'gpu'
  /** By scalar type, and `absent`; `default` stands in for a missing one. */
  readonly calibration: Readonly<Record<string, Calibration>>
  /** Below this confidence a value is `uncertain`. */
  readonly uncertainBelow: number
  /** A run is taken when its log-odds against absence exceed this. */
  readonly absentBias: number
}

export interface MaskFiller {
  /** Loads the model if it is not loaded; `unavailable` when it cannot be. */
  info(): Promise<Result<ModelInfo>>
  /** One forward pass. Fails with `unavailable`; a later call may succeed. */
  fill(tensors: MaskTensors): Promise<Result<MaskLogits>>
}
