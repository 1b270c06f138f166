// Medians and spreads; ratios are taken round by round, so that what slows the machine for a while slows both sides.

export interface Spread {
  readonly median: number
  readonly low: number
  readonly high: number
}

/** The middle and both quartiles. */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b)
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))] ?? Number.NaN
  return { median: at(0.5), low: at(0.25), high: at(0.75) }
}

/** How many times `slow` takes as long as `fast`, by rounds of the same number. */
export const ratioOf = (slow: readonly number[], fast: readonly number[]): Spread =>
  spreadOf(slow.map((value, i) => value / (fast[i] ?? Number.NaN)))

export const round = (value: number, digits = 1): number => Number(value.toFixed(digits))

export const spread = ({ median, low, high }: Spread, digits = 1): string =>
  `${round(median, digits)} (${round(low, digits)}-${round(high, digits)})`
