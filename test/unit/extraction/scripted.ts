// Logits written down by hand: what each mask of a window points at, and a decoder over a page of one row, or of rows of three tokens.
import type { Decoder, Typist } from '../../../src/extraction/decode'
import { LAYOUT_SIZE } from '../../../src/extraction/layout'
import type { Filled } from '../../../src/extraction/mask-scores'
import { groundOf } from '../../../src/extraction/runs'
import type { Part } from '../../../src/extraction/template'
import type { ScalarField } from '../../../src/schema/field'

export const TEMPLATE = 9
export const PAGE = 20
export const LOW = 100

export const field: ScalarField = {
  kind: 'scalar',
  name: 'f',
  type: 'number',
  labels: ['f'],
  options: [],
}
export const part: Part = { field, firstMask: 0, masks: 2, options: [] }

/** By mask: page runs (from the window's beginning) or 'absent', each with a logit; all else -9. */
export type Script = readonly (readonly (readonly [
  place: readonly [number, number] | 'absent',
  logit: number,
])[])[]

export function filledBy(script: Script): Filled {
  const length = TEMPLATE + PAGE
  const start = new Float32Array(script.length * length).fill(-9)
  const end = new Float32Array(script.length * length).fill(-9)
  for (const [m, entries] of script.entries()) {
    for (const [place, logit] of entries) {
      const [first, last] = place === 'absent' ? [-TEMPLATE, -TEMPLATE] : place
      start[m * length + TEMPLATE + first] = logit
      end[m * length + TEMPLATE + last] = logit
    }
  }
  return { logits: { start, end }, length, pageStart: TEMPLATE }
}

/** Reads runs whose first token passes, by default all. Tokens of a row are one stretch, or each its own. */
export function decoderWith(
  reads: (first: number) => boolean = () => true,
  absentBias = 0,
  tokensARow = LOW + PAGE,
  areApart = false,
): Decoder {
  const typist: Typist = (_, runs) =>
    runs.every(({ first }) => reads(first - LOW))
      ? runs.map(({ first }) => first - LOW).join('+')
      : undefined
  const count = LOW + PAGE
  const page = new Int32Array(count)
  const row = page.map((_, token) => Math.floor((token - LOW) / tokensARow))
  const stretch = areApart ? page.map((_, token) => token) : row
  const layout = new Int32Array(count * LAYOUT_SIZE)
  for (let token = LOW; token < count; token++) {
    const left = 10 * ((token - LOW) % tokensARow)
    layout.set([left, 0, left + 8, 0, 8, 0], token * LAYOUT_SIZE)
  }
  const ground = groundOf({ low: LOW, high: count }, { page, row, stretch, layout })
  return {
    ground,
    typist,
    biasOf: () => absentBias,
    boxesOf: () => ({ groups: [] }),
    headingsOf: () => new Map(),
  }
}
