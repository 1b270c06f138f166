// The Worker of the tests: what happens to it is what they plan (plans.ts).
import { lease, plans } from './plans'
import { tenantUnderTest, workerUnderTest } from './under-test'

export const Tenant = tenantUnderTest(plans, {
  get leaseMs() {
    return lease.ms
  },
  receiveMs: 500,
  againMs: 1_000,
  retryMs: 20,
  disposeAgainMs: 2_000,
  deliverMs: 500,
  webhookGapsMs: [10, 20, 40],
})

export default workerUnderTest(plans)
