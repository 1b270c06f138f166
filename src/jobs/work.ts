// One message about a job: takes the job's lease, does one step of it, and reports. Between any two awaits this may be killed: then
// nobody reports, and the job's alarm gives it to the next one when the lease is over. What is reported twice counts once.
import { type Failure, fail, type Result } from '../failure'
import type { Services } from '../services'
import type { SchemaReader } from '../storage/schema-store'
import { askTenant } from '../storage/tenants'
import type { JobMessage } from './message'
import { type HeldJob, type Step, takeStep } from './step'

/** A report that is not heard costs the time of a lease, so it is tried more than once. */
const REPORTS = 3

/** Whether the message was dealt with; false where the tenant's Durable Object could not be reached. */
export async function workOn(
  named: JobMessage,
  env: Env,
  services: Services,
  schemas: SchemaReader,
): Promise<boolean> {
  const lease = await askTenant(env, named.tenant, (stub) => stub.leaseJob(named.job))
  if (!lease.ok) return false
  if (lease.value === undefined) return true
  const held = { ...named, lease: lease.value }
  const step = await stepOrBug(held, env, services, schemas)
  for (let report = 1; report <= REPORTS; report++) {
    const heard = await reportStep(held, env, step)
    if (heard.ok) return true
  }
  return false
}

async function stepOrBug(...given: Parameters<typeof takeStep>): Promise<Result<Step>> {
  try {
    return await takeStep(...given)
  } catch (error) {
    const [{ tenant, job }] = given
    // Not the message, which may quote what was being read.
    const at = error instanceof Error ? error.stack?.split('\n').slice(1) : undefined
    console.error(JSON.stringify({ event: 'bug', tenant, job, at }))
    return fail(BUG)
  }
}

/** May be the document's doing, and may pass: memory, for one. */
const BUG: Failure = {
  kind: 'unavailable',
  detail: 'The service failed on this document.',
  retryAfterSeconds: 60,
}

function reportStep(
  { tenant, job, lease: { attempt } }: HeldJob,
  env: Env,
  step: Result<Step>,
): Promise<Result<unknown>> {
  return askTenant<unknown>(env, tenant, (stub) => {
    if (!step.ok) {
      const { failure } = step
      return failure.kind === 'unavailable'
        ? stub.releaseJob(job, attempt, failure)
        : stub.failJob(job, attempt, failure)
    }
    switch (step.value.kind) {
      case 'answered':
        return stub.finishJob(job, attempt, step.value)
      case 'paused':
        return stub.pauseJob(job, attempt)
      case 'lost':
        return Promise.resolve({ ok: true, value: undefined })
    }
  })
}
