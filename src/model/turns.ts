// One at a time, in the order of a FairLine: what waits asks every few milliseconds, in its own request. While a pass runs nothing
// else does, so asking costs nothing; and no promise is settled from another request, which workerd would not deliver where
// the waiting one is gone (and everyone behind it would wait for ever).
import { waitUntil } from 'cloudflare:workers'
import { FairLine, type Waiter } from './fair-line'

const ASK_MS = 3

export class Turns {
  readonly #line: FairLine
  readonly #restMs: number

  /** @param restMs between two turns, in which nobody goes */
  constructor(restMs: number) {
    this.#line = new FairLine(restMs)
    this.#restMs = restMs
  }

  async run<T>(tenant: string, work: () => Promise<T>): Promise<T> {
    const waiter = this.#line.join(tenant, Date.now())
    while (!this.#line.mayGo(waiter, Date.now())) await scheduler.wait(ASK_MS)
    try {
      return await work()
    } finally {
      this.#line.done(waiter)
      // So that who comes to a model that has stood idle need not wait; where this request is torn down before, it must.
      if (this.#restMs > 0) waitUntil(this.#rest(waiter))
    }
  }

  async #rest(waiter: Waiter): Promise<void> {
    await scheduler.wait(this.#restMs)
    this.#line.rested(waiter)
  }
}
