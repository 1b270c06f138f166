// A MaskFiller as one tenant sees it: its passes take turns with those of the other tenants. Between two passes the isolate looks after
// everybody's requests: a document of many passes is otherwise one long stretch of CPU in which no request is even accepted.
import type { MaskFiller } from './mask-filler'
import { Turns } from './turns'

/** Milliseconds; a pass of a receipt takes about 200, and a request a dozen steps to come before the model. */
const REST_MS = 8

/** One model, one set of turns. */
const turnsOf = new WeakMap<MaskFiller, Turns>()

/** For one request. */
export function fairFiller(filler: MaskFiller, tenant: string): MaskFiller {
  const turns = turnsOf.get(filler) ?? new Turns(REST_MS)
  turnsOf.set(filler, turns)
  return {
    info: () => filler.info(),
    fill: (tensors) => turns.run(tenant, () => filler.fill(tensors)),
  }
}
