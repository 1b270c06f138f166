// The spans that a tenant's use is counted in: the minute and the calendar month, both of UTC and both fixed. Fixed windows are
// exact and easy to tell a caller about; what they let through is up to twice a minute's share around its end.

export const SPANS = ['minute', 'month'] as const
export type Span = (typeof SPANS)[number]

/** Milliseconds since 1970; `end` is the start of the next. */
export interface QuotaWindow {
  readonly start: number
  readonly end: number
}

export function windowAt(span: Span, now: number): QuotaWindow {
  if (span === 'minute') {
    const start = now - (now % 60_000)
    return { start, end: start + 60_000 }
  }
  const date = new Date(now)
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()]
  return { start: Date.UTC(year, month, 1), end: Date.UTC(year, month + 1, 1) }
}

/** Whole seconds until the window ends, at least 1. */
export const secondsLeft = ({ end }: QuotaWindow, now: number) =>
  Math.max(1, Math.ceil((end - now) / 1000))
