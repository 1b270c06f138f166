// A small `npm run chaos`: jobs on a Worker whose stores, queue, model and own life fail at random.
import { expect, test } from 'vitest'
import { runChaos } from '../../scripts/cli/chaos'

test('no job is lost, none done twice, whatever fails', async () => {
  const jobs = 60
  const chaos = await runChaos({ jobs, inFlight: 20, percent: 5 }, () => undefined)
  const { lost, twice, untold, unverified, left } = chaos
  expect({ lost, twice, untold, unverified, left }).toEqual({
    lost: 0,
    twice: 0,
    untold: 0,
    unverified: 0,
    left: 0,
  })
  expect(chaos.accepted + chaos.unheard).toBe(jobs)
  // The faults themselves: without any, every post is heard and every message comes once.
  expect(chaos.unheard + chaos.messages - chaos.jobs).toBeGreaterThan(0)
}, 200_000)
