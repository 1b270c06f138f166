// The first cases of `npm run fuzz`, which throws ten thousand: enough to notice a check that was lost.
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { waitUntilReady } from '../../scripts/cli/api'
import { type LocalWorker, startLocal } from '../../scripts/local'
import { MOST_GROWTH_MIB, readHeld, settle } from '../fuzz/memory'
import { runFuzz } from '../fuzz/run'

const CASES = 300
const keepIn = join(import.meta.dirname, '../../.wrangler/fuzz')

let worker: LocalWorker

beforeAll(async () => {
  worker = await startLocal({ inspect: true })
}, 60_000)
afterAll(() => worker.stop())

test(`${CASES} spoilt requests crash nothing, hang nothing and leave nothing behind`, async () => {
  const service = { url: worker.url.origin, key: worker.key }
  await waitUntilReady(service)
  await settle(service)
  const before = await readHeld(worker)
  const report = await runFuzz(service, { seed: 'test', from: 0, cases: CASES, keepIn })
  await settle(service)
  const after = await readHeld(worker)

  expect(report.faults).toEqual([])
  expect(report.sameAnswer).toBe(true)
  expect(after.total_mib - before.total_mib).toBeLessThan(MOST_GROWTH_MIB)
  // The run itself: every kind was thrown, and a share of them was sound enough for the model.
  const tallies = [...report.tallies.values()]
  expect(tallies.reduce((sum, { requests }) => sum + requests, 0)).toBe(CASES)
  expect(tallies.reduce((sum, { reachedModel }) => sum + reachedModel, 0)).toBeGreaterThan(20)
}, 240_000)
