// Many jobs at once on a Worker whose stores, queue, model and own life fail at random (test/jobs/chaos-entry.ts), told of by webhooks
// to a receiver that fails at random too. Counts what came of them: every job must end once, with one result, one message, and leave
// nothing in R2.
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type LocalWorker, startLocal } from '../local.ts'
import { callAdmin } from './admin.ts'
import type { Service } from './api.ts'
import { startReceiver } from './receiver.ts'

const ENTRY = join(import.meta.dirname, '../../test/jobs/chaos-entry.ts')
const SCHEMA = { type: 'object', properties: { total: { type: 'number' } } }
const POLL_MS = 500
/** For what comes later than the end of the last job: messages, deletions, jobs whose callers heard nothing. */
const SETTLE_MS = 60_000

export interface ChaosOptions {
  readonly jobs: number
  readonly inFlight: number
  /** Chance of a fault at each await, percent. */
  readonly percent: number
}

export interface Chaos {
  /** Posts that were answered with a job. */
  readonly accepted: number
  /** Posts whose caller heard nothing of a job; there may be one. */
  readonly unheard: number
  /** Jobs that there are, accepted or not. */
  readonly jobs: number
  readonly succeeded: number
  readonly failed: number
  /** Accepted and not there, or not ended. */
  readonly lost: number
  /** Ended jobs with more than one message id, or told to have ended in two ways. */
  readonly twice: number
  /** Ended jobs that the receiver was never told of. */
  readonly untold: number
  /** Messages that the standardwebhooks package did not verify. */
  readonly unverified: number
  readonly messages: number
  /** Objects left in R2. */
  readonly left: number
  readonly seconds: number
}

interface Job {
  readonly id: string
  readonly state: string
}

export async function runChaos(options: ChaosOptions, say: (text: string) => void): Promise<Chaos> {
  const worker = await startLocal({
    entry: ENTRY,
    bindings: { CHAOS_PERCENT: String(options.percent) },
    quiet: true,
  })
  const receiver = await startReceiver(options.percent)
  try {
    const service = { url: worker.url.origin, key: worker.key }
    receiver.trust(await addEndpoint(service, receiver.url))
    const start = performance.now()
    const { accepted, unheard } = await postAll(service, options, say)
    const jobs = await settle(worker, service, receiver.told, say)
    const seconds = Math.round((performance.now() - start) / 100) / 10
    return {
      ...count(accepted, jobs, receiver.told),
      unheard,
      seconds,
      ...receiver.counts(),
      left: await left(worker),
    }
  } finally {
    await receiver.stop()
    await worker.stop()
  }
}

async function addEndpoint(service: Service, url: string): Promise<string> {
  for (;;) {
    try {
      return String((await callAdmin(service, 'POST', '/v1/webhooks', { url })).secret)
    } catch {
      await sleep(POLL_MS)
    }
  }
}

/** So many callers, each with one job at a time until all are posted. */
async function postAll(
  service: Service,
  { jobs, inFlight }: ChaosOptions,
  say: (text: string) => void,
): Promise<{ accepted: readonly string[]; unheard: number }> {
  const accepted: string[] = []
  let posted = 0
  let unheard = 0
  const caller = async () => {
    while (posted < jobs) {
      posted++
      const id = await post(service)
      if (id === undefined) unheard++
      else {
        accepted.push(id)
        await ended(service, id)
      }
      say(`${accepted.length} of ${jobs} jobs`)
    }
  }
  await Promise.all(Array.from({ length: inFlight }, caller))
  return { accepted, unheard }
}

async function post(service: Service): Promise<string | undefined> {
  const words = [{ text: 'total', box: [0, 0, 10, 10] }]
  const document = { pages: [{ width: 100, height: 100, words }] }
  const response = await fetch(`${service.url}/v1/jobs`, {
    method: 'POST',
    headers: { authorization: `Bearer ${service.key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ document, schema: SCHEMA }),
  })
  const job = (await response.json()) as Job
  return response.status === 202 ? job.id : undefined
}

async function ended(service: Service, id: string): Promise<void> {
  for (const start = performance.now(); performance.now() - start < SETTLE_MS; ) {
    await sleep(POLL_MS)
    const job = await callAdmin(service, 'GET', `/v1/jobs/${id}`).catch(() => undefined)
    if (job !== undefined && job.state !== 'queued' && job.state !== 'running') return
  }
}

type Told = ReadonlyMap<string, ReadonlySet<string>>

/** All jobs that there are, once each is over and told of and R2 is empty, or that took too long. */
async function settle(
  worker: LocalWorker,
  service: Service,
  told: Told,
  say: (text: string) => void,
): Promise<readonly Job[]> {
  for (const start = performance.now(); ; await sleep(POLL_MS)) {
    const jobs = await listAll(service)
    const open = jobs.filter(({ state }) => state === 'queued' || state === 'running').length
    const untold = jobs.filter(({ id }) => !told.has(id)).length
    const objects = await left(worker)
    say(`${open} to end, ${untold} to be told of, ${objects} to be deleted`)
    if (open + untold + objects === 0 || performance.now() - start > SETTLE_MS) return jobs
  }
}

async function listAll(service: Service): Promise<readonly Job[]> {
  const jobs: Job[] = []
  for (let query = ''; ; ) {
    const page = await callAdmin(service, 'GET', `/v1/jobs${query}`)
    jobs.push(...(page.jobs as readonly Job[]))
    if (page.next === null) return jobs
    query = `?before=${page.next}`
  }
}

const left = async (worker: LocalWorker) => (await worker.objects('DOCUMENTS')).length

function count(accepted: readonly string[], jobs: readonly Job[], told: Told) {
  const over = (state: string) => jobs.filter((job) => job.state === state)
  const [succeeded, failed] = [over('succeeded'), over('failed')]
  const ids = new Set([...succeeded, ...failed].map(({ id }) => id))
  return {
    accepted: accepted.length,
    jobs: jobs.length,
    succeeded: succeeded.length,
    failed: failed.length,
    lost: accepted.filter((id) => !ids.has(id)).length + jobs.length - ids.size,
    twice: [...told.values()].filter((messages) => messages.size > 1).length,
    untold: [...ids].filter((id) => !told.has(id)).length,
  }
}
