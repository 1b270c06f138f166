// Medians and spreads; ratios are taken round by round, so that what slows the machine for a while slows both sides.

export interface Spread {
  readonly median: number
  readonly low: number
  readonly high: number
}

/** The middle and both quartiles, between two neighbours where none stands there. */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b)
  const at = (share: number) => {
    const place = share * (sorted.length - 1)
    const low = sorted[Math.floor(place)] ?? Number.NaN
    const high = sorted[Math.ceil(place)] ?? Number.NaN
    return low + (high - low) * (place % 1)
  }
  return { median: at(0.5), low: at(0.25), high: at(0.75) }
}

/** How many times `slow` takes as long as `fast`, by rounds of the same number. */
export const ratioOf = (slow: readonly number[], fast: readonly number[]): Spread =>
  spreadOf(slow.map((value, i) => value / (fast[i] ?? Number.NaN)))

export const round = (value: number, digits = 1): number => Number(value.toFixed(digits))

export const spread = ({ median, low, high }: Spread, digits = 1): string =>
  `${round(median, digits)} (${round(low, digits)}-${round(high, digits)})`
