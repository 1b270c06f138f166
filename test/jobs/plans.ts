// What happens to the lives of the Worker under test, by whose they are. The tests set it, in the same isolate.
import type { Fate, Plan } from './faults'

const calm: Plan = { fate: () => 'pass' }

export const plans: { request: Plan; consumer: Plan; alarm: Plan } = {
  request: { fate: (what) => current.request.fate(what) },
  consumer: { fate: (what) => current.consumer.fate(what) },
  alarm: { fate: (what) => current.alarm.fate(what) },
}

const current = { request: calm, consumer: calm, alarm: calm }

/** How long a consumer may be silent. Long enough for a busy machine, unless consumers are killed and the test waits for it. */
export const lease = { ms: 10_000 }

/** From now on; those that are not named are calm. */
export function plan(given: Partial<typeof current>): void {
  Object.assign(current, { request: calm, consumer: calm, alarm: calm }, given)
}

/** Meets its fate once, at await number `n` from 1, and counts them all. */
export class At implements Plan {
  readonly seen: string[] = []
  private readonly n: number
  private readonly fateThere: Fate

  constructor(n: number, fate: Fate) {
    this.n = n
    this.fateThere = fate
  }

  fate(what: string): Fate {
    this.seen.push(what)
    return this.seen.length === this.n ? this.fateThere : 'pass'
  }
}
