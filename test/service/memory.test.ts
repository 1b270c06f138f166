// The whole Worker, bundled and run as it is deployed, must leave room in its isolate: local workerd sets no limit, so we do.
import { expect, test } from 'vitest'
import { BUDGET_MIB, measureMemory } from '../../scripts/cli/memory'

const REQUESTS = 200

test(`holds less than ${BUDGET_MIB} MiB, loaded and after ${REQUESTS} requests`, async () => {
  const memory = await measureMemory(REQUESTS, () => undefined)
  expect(memory.after_load.total_mib).toBeLessThan(BUDGET_MIB)
  expect(memory.highest.total_mib).toBeLessThan(BUDGET_MIB)
  // The reading itself: a model is loaded.
  expect(memory.after_load.wasm_mib).toBeGreaterThan(24)
}, 300_000)
