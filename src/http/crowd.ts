// The requests that this isolate has in hand, by tenant, and whether one more of a tenant may come in. A tenant may have at most
// MAX_PRESENT_EACH, and never more than there is room left: a flood of one leaves half of what it could take to others, floods of
// n leave a share of n + 1 (the dynamic threshold of Choudhury and Hahne, 1998). So whoever comes next finds room. Pure: the
// clock comes from outside, and one that has shown no sign of life for PRESENT_MS is gone.
import { MAX_PRESENT, MAX_PRESENT_EACH, PRESENT_MS } from '../limits'

export interface Present {
  readonly tenant: string
  seen: number
}

export class Crowd {
  readonly #present = new Set<Present>()

  /** `share`: the tenant has what it may have; `full`: nobody fits. */
  enter(tenant: string, now: number): Present | 'share' | 'full' {
    this.#forget(now)
    const room = MAX_PRESENT - this.#present.size
    if (room <= 0) return 'full'
    const own = [...this.#present].filter((present) => present.tenant === tenant).length
    if (own >= Math.min(MAX_PRESENT_EACH, room)) return 'share'
    const present = { tenant, seen: now }
    this.#present.add(present)
    return present
  }

  leave(present: Present): void {
    this.#present.delete(present)
  }

  #forget(now: number): void {
    for (const present of this.#present) {
      if (now - present.seen > PRESENT_MS) this.#present.delete(present)
    }
  }
}
