// A line of requests that hold memory: who comes is let in as far as what those inside hold leaves room, waits otherwise, and is turned
// away where too many wait. Next is the first of the owner that holds least, so that a flood of one does not keep out the others. Waiters look for themselves and every one shows signs of life:
// a request whose client has gone stops without reaching any `finally`, and would else block the line for good.

export interface LineOptions {
  /** Requests in all, let in or waiting. */
  readonly maxRequests: number
  /** Bytes that all of them hold or will hold. */
  readonly maxBytes: number
  /** Bytes that those let in may hold; 0 lets in one at a time. The first is always let in. */
  readonly roomBytes: number
  /** How long one waits before it is turned away, ms. */
  readonly patienceMs: number
  /** Between looks, ms. */
  readonly pollMs?: number
  /** Without a sign of life for so long one is gone, ms. */
  readonly leaseMs?: number
}

interface Entry {
  readonly bytes: number
  readonly owner: string
  seen: number
  inside: boolean
}

const POLL_MS = 25
const LEASE_MS = 20_000

export class Line {
  #entries: readonly Entry[] = []
  readonly #options: Required<LineOptions>

  constructor(options: LineOptions) {
    this.#options = { pollMs: POLL_MS, leaseMs: LEASE_MS, ...options }
  }

  /** The work's result, or undefined where the line is too long or the wait was. */
  async run<T>(bytes: number, work: () => Promise<T>, owner = ''): Promise<T | undefined> {
    const entry = this.#join(bytes, owner)
    if (entry === undefined) return undefined
    const { leaseMs } = this.#options
    const alive = setInterval(() => {
      entry.seen = Date.now()
    }, leaseMs / 4)
    try {
      return (await this.#letIn(entry)) ? await work() : undefined
    } finally {
      clearInterval(alive)
      this.#entries = this.#entries.filter((other) => other !== entry)
    }
  }

  #join(bytes: number, owner: string): Entry | undefined {
    const { leaseMs, maxRequests, maxBytes } = this.#options
    const now = Date.now()
    this.#entries = this.#entries.filter(({ seen }) => now - seen <= leaseMs)
    const isFull = this.#entries.length >= maxRequests || bytesOf(this.#entries) + bytes > maxBytes
    if (isFull && this.#entries.length > 0) return undefined
    const entry = { bytes, owner, seen: now, inside: false }
    this.#entries = [...this.#entries, entry]
    return entry
  }

  /** False when its patience is at an end. */
  async #letIn(entry: Entry): Promise<boolean> {
    const { leaseMs, patienceMs, pollMs } = this.#options
    const end = Date.now() + patienceMs
    while (!this.#admit(entry)) {
      await new Promise((resolve) => setTimeout(resolve, pollMs))
      const now = Date.now()
      entry.seen = now
      this.#entries = this.#entries.filter(({ seen }) => now - seen <= leaseMs)
      if (now > end) return this.#admit(entry)
    }
    return true
  }

  #admit(entry: Entry): boolean {
    const inside = this.#entries.filter((other) => other.inside)
    const held = (owner: string) => bytesOf(inside.filter((other) => other.owner === owner))
    const waiting = this.#entries.filter((other) => !other.inside)
    const least = Math.min(...waiting.map(({ owner }) => held(owner)))
    const next = waiting.find(({ owner }) => held(owner) === least)
    const fits = inside.length === 0 || bytesOf(inside) + entry.bytes <= this.#options.roomBytes
    entry.inside = fits && next === entry
    return entry.inside
  }
}

const bytesOf = (entries: readonly Entry[]) => entries.reduce((sum, { bytes }) => sum + bytes, 0)
