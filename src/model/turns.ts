// One at a time, in the order of a FairLine: what waits asks every few milliseconds, in its own request. While a pass runs nothing
// else does, so asking costs nothing; and no promise is settled from another request, which workerd would not deliver where
// the waiting one is gone (and everyone behind it would wait for ever).
import { FairLine } from './fair-line'

const ASK_MS = 4

export class Turns {
  readonly #line = new FairLine()

  async run<T>(tenant: string, work: () => Promise<T>): Promise<T> {
    const waiter = this.#line.join(tenant, Date.now())
    while (!this.#line.mayGo(waiter, Date.now())) await scheduler.wait(ASK_MS)
    try {
      return await work()
    } finally {
      this.#line.done(waiter)
    }
  }
}
