// What a tenant may use and what it has used: requests and pages, a minute and a month. Limits that nobody set are those of
// limits.ts, so that a later release may change them. Counts are exact: asking and taking is one step, and what is refused by one
// limit counts against none.
import {
  QUOTA_PAGES_MINUTE,
  QUOTA_PAGES_MONTH,
  QUOTA_REQUESTS_MINUTE,
  QUOTA_REQUESTS_MONTH,
} from '../limits'
import { SPANS, type Span, secondsLeft, windowAt } from './quota-windows'

const UNITS = ['requests', 'pages'] as const
type Unit = (typeof UNITS)[number]
type Policy = `${Unit}_${Span}`

/** null: no limit. */
export type QuotaLimits = Readonly<Record<Policy, number | null>>

export type Usage = Readonly<Record<Unit, number>>

/** One limit as it stands. */
export interface QuotaState {
  readonly policy: Policy
  readonly unit: Unit
  readonly limit: number
  /** Seconds. */
  readonly window: number
  readonly remaining: number
  /** Seconds until the window ends. */
  readonly resetSeconds: number
}

export interface Taken {
  /** The limits that refused it; where there are any, nothing was taken. */
  readonly refusedBy: readonly QuotaState[]
  /** All limits, as they are now. */
  readonly states: readonly QuotaState[]
  /** When it was taken, to give it back. */
  readonly at: number
}

const DEFAULTS: QuotaLimits = {
  requests_minute: QUOTA_REQUESTS_MINUTE,
  requests_month: QUOTA_REQUESTS_MONTH,
  pages_minute: QUOTA_PAGES_MINUTE,
  pages_month: QUOTA_PAGES_MONTH,
}

export class QuotaBook {
  private readonly sql: SqlStorage

  constructor(sql: SqlStorage) {
    this.sql = sql
  }

  take(now: number, cost: Usage): Taken {
    const before = this.states(now)
    const refusedBy = before.filter(
      ({ unit, remaining }) => cost[unit] > 0 && cost[unit] > remaining,
    )
    if (refusedBy.length > 0) return { refusedBy, states: before, at: now }
    this.add(now, cost)
    const states = before.map((state) => ({
      ...state,
      remaining: state.remaining - cost[state.unit],
    }))
    return { refusedBy, states, at: now }
  }

  /** Takes it off the windows that it was taken in. */
  giveBack(at: number, cost: Usage): void {
    this.add(at, { requests: -cost.requests, pages: -cost.pages })
  }

  limits(): QuotaLimits {
    const rows = this.sql.exec<{ policy: string; most: number | null }>('SELECT * FROM quota')
    return {
      ...DEFAULTS,
      ...Object.fromEntries(rows.toArray().map((row) => [row.policy, row.most])),
    }
  }

  /** All of them anew: what is not named is back at its default. */
  set(limits: Readonly<Partial<QuotaLimits>>): void {
    this.sql.exec('DELETE FROM quota')
    for (const [policy, most] of Object.entries(limits)) {
      this.sql.exec('INSERT INTO quota (policy, most) VALUES (?, ?)', policy, most)
    }
  }

  used(span: Span, now: number): Usage {
    const query = 'SELECT requests, pages FROM usage WHERE span = ? AND start = ?'
    const [row] = this.sql.exec<Usage & Record<Unit, number>>(
      query,
      ...[span, windowAt(span, now).start],
    )
    return row ?? { requests: 0, pages: 0 }
  }

  sweep(minutesBefore: number, monthsBefore: number): void {
    const query = 'DELETE FROM usage WHERE span = ? AND start < ?'
    this.sql.exec(query, 'minute', minutesBefore)
    this.sql.exec(query, 'month', monthsBefore)
  }

  private states(now: number): QuotaState[] {
    const limits = this.limits()
    return SPANS.flatMap((span) => {
      const used = this.used(span, now)
      const window = windowAt(span, now)
      return UNITS.flatMap((unit): QuotaState[] => {
        const policy = `${unit}_${span}` as const
        const limit = limits[policy]
        if (limit === null) return []
        const remaining = Math.max(0, limit - used[unit])
        const seconds = { window: (window.end - window.start) / 1000 }
        return [
          { policy, unit, limit, ...seconds, remaining, resetSeconds: secondsLeft(window, now) },
        ]
      })
    })
  }

  private add(now: number, { requests, pages }: Usage): void {
    for (const span of SPANS) {
      this.sql.exec(
        `INSERT INTO usage (span, start, requests, pages) VALUES (?, ?, ?, ?)
         ON CONFLICT (span, start) DO UPDATE
         SET requests = requests + excluded.requests, pages = pages + excluded.pages`,
        ...[span, windowAt(span, now).start, requests, pages],
      )
    }
  }
}
