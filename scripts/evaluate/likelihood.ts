// What a confidence is worth: the line through its log-odds that makes what came true likeliest (logistic regression by Newton's
// method). Pure.

export interface Observation {
  /** 0..1, as it was said. */
  readonly confidence: number
  readonly isRight: boolean
}

/** As src/extraction/legibility.ts takes them: log-odds of being right = slope * log-odds said + offset. */
export interface ChanceLine {
  readonly slope: number
  readonly offset: number
}

const EDGE = 1e-3
const STEPS = 50

export function fitChances(observations: readonly Observation[]): ChanceLine {
  let [slope, offset] = [1, 0]
  for (let step = 0; step < STEPS; step++) {
    let [g1, g0, h11, h10, h00] = [0, 0, 1e-6, 0, 1e-6]
    for (const { confidence, isRight } of observations) {
      const x = logOdds(confidence)
      const p = 1 / (1 + Math.exp(-(slope * x + offset)))
      const [miss, weight] = [Number(isRight) - p, p * (1 - p)]
      g1 += miss * x
      g0 += miss
      h11 += weight * x * x
      h10 += weight * x
      h00 += weight
    }
    const scale = h11 * h00 - h10 * h10
    slope += (h00 * g1 - h10 * g0) / scale
    offset += (h11 * g0 - h10 * g1) / scale
  }
  return { slope, offset }
}

function logOdds(confidence: number): number {
  const inside = Math.min(1 - EDGE, Math.max(EDGE, confidence))
  return Math.log(inside / (1 - inside))
}
