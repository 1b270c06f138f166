// A MaskFiller as one tenant sees it: its passes take turns with those of the other tenants. Between two passes of one request the
// isolate looks after everybody else's: a document of many passes is otherwise one long stretch of CPU in which no request is
// even accepted.
import type { MaskFiller } from './mask-filler'
import { Turns } from './turns'

/** One model, one set of turns. */
const turnsOf = new WeakMap<MaskFiller, Turns>()

/** For one request. */
export function fairFiller(filler: MaskFiller, tenant: string): MaskFiller {
  const turns = turnsOf.get(filler) ?? new Turns()
  turnsOf.set(filler, turns)
  let passes = 0
  return {
    info: () => filler.info(),
    async fill(tensors) {
      if (passes++ > 0) await scheduler.wait(0)
      return turns.run(tenant, () => filler.fill(tensors))
    },
  }
}
