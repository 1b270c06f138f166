// The Worker of `npm run chaos`: at every await that a job is made of there is a chance that whoever waits is killed, or that the call
// fails, before or after it did its work. CHAOS_PERCENT of the environment is that chance.
import { env } from 'cloudflare:workers'
import type { Fate, Plan } from './faults'
import { tenantUnderTest, workerUnderTest } from './under-test'

const FATES: readonly Fate[] = ['kill-before', 'kill-after', 'fail-before', 'fail-after']

const percent = Number(Object(env).CHAOS_PERCENT)
const chance: Plan = {
  fate: () =>
    Math.random() * 100 < percent
      ? (FATES[Math.floor(Math.random() * FATES.length)] ?? 'pass')
      : 'pass',
}
/** Asking how far a job is may fail too, but says nothing about jobs. */
const ASKS = /listJobs|getJob|Endpoint|Deliver/
const plans = {
  request: { fate: (what: string) => (ASKS.test(what) ? 'pass' : chance.fate(what)) },
  consumer: chance,
  alarm: chance,
} as const

export const Tenant = tenantUnderTest(plans, {
  leaseMs: 3_000,
  receiveMs: 3_000,
  againMs: 3_000,
  retryMs: 50,
  disposeAgainMs: 5_000,
  deliverMs: 3_000,
  // Nearly for ever: who is told of a job is counted in the end.
  webhookGapsMs: Array(60).fill(500),
})

export default workerUnderTest(plans)
