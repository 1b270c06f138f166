// A mask's logits as log-probabilities over the positions that it may point at; all other positions are left out first.
// float64, as Python's decoder: a product of two small float32 probabilities would lose the order of unlikely runs.
import type { MaskLogits } from '../model/mask-filler'

/** Log-probabilities of a start and an end at [CLS] together, and at each choice: page tokens or options' tokens. */
export interface MaskScores {
  readonly absent: number
  readonly start: Float64Array
  readonly end: Float64Array
}

/** A forward pass with where its page begins. */
export interface Filled {
  readonly logits: MaskLogits
  /** N, tokens of the sequence. */
  readonly length: number
  /** Position of the first page token; the page goes on to the end of the sequence. */
  readonly pageStart: number
}

/** Scores of mask `mask` over [CLS] and the page tokens of the window. */
export function pageScores({ logits, length, pageStart }: Filled, mask: number): MaskScores {
  const row = mask * length
  const of = (scores: Float32Array) =>
    logSoftmax(scores[row] ?? 0, scores.subarray(row + pageStart, row + length))
  return together(of(logits.start), of(logits.end))
}

/** Scores of mask `mask` over [CLS] and the given positions of the sequence. */
export function positionScores(
  { logits, length }: Filled,
  mask: number,
  positions: readonly number[],
): MaskScores {
  const row = mask * length
  const of = (scores: Float32Array) =>
    logSoftmax(
      scores[row] ?? 0,
      Float32Array.from(positions, (position) => scores[row + position] ?? 0),
    )
  return together(of(logits.start), of(logits.end))
}

interface Normalised {
  readonly absent: number
  readonly choices: Float64Array
}

const together = (start: Normalised, end: Normalised): MaskScores => ({
  absent: start.absent + end.absent,
  start: start.choices,
  end: end.choices,
})

function logSoftmax(absent: number, choices: Float32Array): Normalised {
  let top = absent
  for (const choice of choices) if (choice > top) top = choice
  let sum = Math.exp(absent - top)
  for (const choice of choices) sum += Math.exp(choice - top)
  const shift = top + Math.log(sum)
  return { absent: absent - shift, choices: Float64Array.from(choices, (choice) => choice - shift) }
}
