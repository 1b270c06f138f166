// A template over a window as the tensors of the mask protocol: one sequence, nothing padded.
import type { MaskTensors } from '../model/mask-filler'
import { LAYOUT_SIZE, NO_PLACE } from './layout'
import type { PageTokens } from './page-tokens'
import type { Template } from './template'
import type { Window } from './windows'

/** Batch 1, N = template tokens + window tokens. */
export function tensorsOf(template: Template, tokens: PageTokens, window: Window): MaskTensors {
  const { low, high } = window
  const start = template.ids.length
  const length = start + high - low
  const inputIds = new Int32Array(length)
  inputIds.set(template.ids)
  inputIds.set(tokens.ids.subarray(low, high), start)
  const slot = new Int32Array(length)
  slot.set(template.slot)
  const layout = new Int32Array(length * LAYOUT_SIZE).fill(NO_PLACE)
  layout.set(tokens.layout.subarray(low * LAYOUT_SIZE, high * LAYOUT_SIZE), start * LAYOUT_SIZE)
  return {
    batch: 1,
    length,
    masks: template.maskPositions.length,
    inputIds,
    attentionMask: new Int32Array(length).fill(1),
    segment: new Int32Array(length).fill(1, start),
    slot,
    layout,
    maskPositions: Int32Array.from(template.maskPositions),
  }
}
