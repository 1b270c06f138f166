// Who may use the model next: one line a tenant, first come first served, and the lines in turn, so that a tenant with a hundred
// passes waiting and one with a single pass get the same share. Pure: the clock comes from outside, waiting is turns.ts's.
//
// Nobody is called: whoever waits asks again and again. A request whose client went away is torn down wherever it stands, and a
// promise that it should have settled never is; one that only asks can be missed and nobody waits for it for long.
//
// After a pass the isolate rests from passes for a moment. A request takes a dozen steps of I/O before it stands in line; without
// the rest each of those steps would wait for a whole pass.

/** Milliseconds in which the first in line must ask before the next is let past. Timers that are due fire well within. */
const CHANCE_MS = 50
/** Milliseconds after which one that went and did not come back is given up; a pass takes a second at most. */
export const GOING_MS = 30_000

export interface Waiter {
  readonly tenant: string
  /** It did not ask when it could have gone; asking again mends it. */
  late: boolean
  asked: number
}

export class FairLine {
  /** By tenant, the one whose turn it is first. */
  readonly #lines = new Map<string, Waiter[]>()
  #going: Waiter | undefined
  /** When it went; or where nobody is going, since when the next has had its chance: from the first that asks, as the clock may
   * stand still during a pass. */
  #since: number | undefined
  /** Whose pass it rests from. */
  #resting: Waiter | undefined
  readonly #restMs: number

  constructor(restMs = 0) {
    this.#restMs = restMs
  }

  join(tenant: string, now: number): Waiter {
    const waiter = { tenant, late: false, asked: now }
    const line = this.#lines.get(tenant) ?? []
    // The dead of this line: late, and silent for long.
    const living = line.filter(({ late, asked }) => !late || now - asked < GOING_MS)
    this.#lines.set(tenant, [...living, waiter])
    return waiter
  }

  /** True where it is this one's turn, which it has taken then. */
  mayGo(waiter: Waiter, now: number): boolean {
    waiter.asked = now
    waiter.late = false
    this.#since ??= now
    if (this.#going !== undefined) {
      if (now - this.#since < GOING_MS) return false
      this.done(this.#going)
      this.#since = now
    }
    if (this.#resting !== undefined && now - this.#since < this.#restMs) return false
    this.#resting = undefined
    let next = this.#next()
    if (next !== waiter && next !== undefined && now - this.#since > CHANCE_MS) {
      next.late = true
      this.#since = now
      next = this.#next()
    }
    if (next !== waiter) return false
    this.#remove(waiter)
    this.#going = waiter
    this.#since = now
    return true
  }

  done(waiter: Waiter): void {
    if (this.#going !== waiter) return
    this.#going = undefined
    this.#since = undefined
    this.#resting = waiter
  }

  /** It has rested from this one, whether or not anybody asked meanwhile. */
  rested(waiter: Waiter): void {
    if (this.#resting === waiter) this.#resting = undefined
  }

  #next(): Waiter | undefined {
    for (const line of this.#lines.values()) {
      const first = line.find(({ late }) => !late)
      if (first !== undefined) return first
    }
    return undefined
  }

  /** The tenant's line goes behind all others. */
  #remove(waiter: Waiter): void {
    const rest = (this.#lines.get(waiter.tenant) ?? []).filter((other) => other !== waiter)
    this.#lines.delete(waiter.tenant)
    if (rest.length > 0) this.#lines.set(waiter.tenant, rest)
  }
}
