// Two tenants doing everything there is in random order, with the same names and with each other's ids, cursors, entity tags and
// idempotency keys: each gets exactly what a model of one tenant alone says it gets, so that no operation of one is ever seen by
// the other.
import fc from 'fast-check'
import { beforeEach, it, vi } from 'vitest'
import { jobOperations } from './isolation/job-operations'
import { keyOperations } from './isolation/key-operations'
import { onceOperations } from './isolation/once-operations'
import { quotaOperations } from './isolation/quota-operations'
import { schemaOperations } from './isolation/schema-operations'
import { webhookOperations } from './isolation/webhook-operations'
import { type Draw, Model, NAMES, type Operations, SIDES, turnOf } from './isolation/world'
import { keyFor, newTenant, serviceWith } from './service'

const send = serviceWith()

const OPERATIONS: Operations = {
  ...schemaOperations,
  ...keyOperations,
  ...quotaOperations,
  ...onceOperations,
  ...jobOperations,
  ...webhookOperations,
}

const draw = fc.record<Draw>({
  side: fc.constantFrom(...SIDES),
  what: fc.constantFrom(...Object.keys(OPERATIONS)),
  name: fc.constantFrom(...NAMES),
  version: fc.integer({ min: 0, max: 3 }),
  n: fc.integer({ min: 0, max: 2 }),
})

beforeEach(() => {
  vi.spyOn(console, 'log').mockImplementation(() => undefined)
  // Jobs find no model here.
  vi.spyOn(console, 'error').mockImplementation(() => undefined)
})

it('whatever two tenants do, neither reads or changes what the other has', async () => {
  let runs = 0
  await fc.assert(
    fc.asyncProperty(fc.array(draw, { minLength: 10, maxLength: 50 }), async (draws) => {
      runs++
      const tenant = async (side: string) => {
        const name = `${side}-${runs}`
        await newTenant(send, name)
        return { name, keys: [await keyFor(send, name)], model: new Model() }
      }
      const tenants = { a: await tenant('a'), b: await tenant('b') }
      const run = async (one: Draw) => OPERATIONS[one.what]?.(turnOf(tenants, one, send))
      for (const one of draws) await run(one)
      // And both at once: each in its own order, the other's in between wherever the platform puts them.
      await Promise.all(
        SIDES.map(async (side) => {
          for (const one of draws)
            if (one.side === side && !one.what.startsWith('foreign')) await run(one)
        }),
      )
    }),
    { numRuns: 12 },
  )
}, 180_000)
