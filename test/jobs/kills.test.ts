// A job whose request, consumer or alarm is killed, or meets a failure, at every await of its path in turn: it ends once, with one
// result, and leaves nothing behind. Which awaits there are is found out on the way: the tests go on until one is never reached.
import { runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { beforeEach, expect, it, vi } from 'vitest'
import type { Tenant } from '../../src/storage/tenant'
import type { Fate } from './faults'
import { longPdf } from './long-pdf'
import { At, lease, plan } from './plans'
import {
  documentOf,
  endOf,
  type Job,
  postJob,
  SCHEMA,
  send,
  sendRaw,
  startJob,
  until,
} from './service'

const FATES: readonly Fate[] = ['kill-before', 'kill-after', 'fail-before', 'fail-after']
/** More awaits than any path here has. */
const MANY = 200

/** Takes two steps. */
const LONG = longPdf(85)

let ended: string[] = []

beforeEach(() => {
  plan({})
  lease.ms = 700
  ended = []
  vi.spyOn(console, 'error').mockImplementation(() => undefined)
  vi.spyOn(console, 'log').mockImplementation((line) => {
    const { event, job } = JSON.parse(String(line))
    if (event === 'job') ended.push(job)
  })
})

const left = async () => (await env.DOCUMENTS.list()).objects.map(({ key }) => key)

/** Nothing of any job stands in R2 any more. */
const allGone = () => until(async () => ((await left()).length === 0 ? true : undefined))

/** Runs `once` with the fate at await 1, 2, ... until there is none; the awaits that were met. */
async function atEveryAwait(
  life: 'request' | 'consumer' | 'alarm',
  fate: Fate,
  once: () => Promise<void>,
): Promise<readonly string[]> {
  for (let n = 1; n < MANY; n++) {
    const at = new At(n, fate)
    plan({ [life]: at })
    await once()
    if (at.seen.length < n) return at.seen
  }
  throw new Error(`more than ${MANY} awaits`)
}

async function startFile(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const query = `?schema=${encodeURIComponent(JSON.stringify(SCHEMA))}`
  const response = await sendRaw(`/v1/jobs${query}`, bytes, 'application/pdf')
  expect(response.status).toBe(202)
  return ((await response.json()) as Job).id
}

const messagesOf = (job: string) =>
  runInDurableObject(env.TENANTS.getByName('operator'), (_: Tenant, { storage }) =>
    storage.sql.exec('SELECT id FROM webhook_messages WHERE job = ?', job).toArray(),
  )

/** One end, one result, one message to whom webhooks go. */
async function expectOneEnd(job: Job): Promise<void> {
  expect(job).toMatchObject({
    state: 'succeeded',
    problem: null,
    result: { fields: { total: {} } },
  })
  expect(ended.filter((id) => id === job.id)).toEqual([job.id])
  // Asked again where it is killed just then.
  const messages = await until(() => messagesOf(job.id).catch(() => undefined))
  expect(messages).toHaveLength(1)
}

/** In any number: what a job before put off to later (a message again, a second deletion) may fall in. */
function expectAwaits(awaits: readonly string[], ...expected: string[]): void {
  expect(new Set(awaits)).toEqual(new Set(expected))
}

it.each(FATES)('a consumer with a short document, %s', async (fate) => {
  const awaits = await atEveryAwait('consumer', fate, async () => {
    await expectOneEnd(await endOf(await startJob(documentOf(1))))
  })
  expectAwaits(
    awaits,
    ...['Tenant.leaseJob', 'R2.get', 'Tenant.chargeJob'],
    ...['Model.info', 'Model.fill', 'Tenant.finishJob'],
  )
  await allGone()
})

it.each(FATES)('an alarm, %s', async (fate) => {
  const awaits = await atEveryAwait('alarm', fate, async () => {
    await expectOneEnd(await endOf(await startJob(documentOf(1))))
    await allGone()
  })
  expectAwaits(awaits, 'Queue.sendBatch', 'R2.delete')
})

it.each(FATES)('a request, %s', async (fate) => {
  const awaits = await atEveryAwait('request', fate, async () => {
    const response = await postJob(documentOf(1))
    plan({})
    // A caller that hears nothing has a job or has none; either way nothing is left of it in the end.
    if (response.status === 202)
      await expectOneEnd(await endOf(((await response.json()) as Job).id))
    else expect(response.status).toBe(503)
    await allGone()
  })
  expectAwaits(awaits, 'Tenant.openJob', 'R2.put', 'Tenant.receiveJob')
  plan({})
  const { jobs }: { jobs: Job[] } = await (await send('GET', '/v1/jobs')).json()
  for (const { id } of jobs) expect(await endOf(id)).toMatchObject({ state: 'succeeded' })
  expect(new Set(ended).size).toBe(ended.length)
})

it('a consumer with a long file, killed where it takes up and where it leaves off', async () => {
  lease.ms = 10_000
  const seen: string[] = []
  const calm = {
    fate: (what: string) => {
      seen.push(what)
      return 'pass' as const
    },
  }
  plan({ consumer: calm })
  const start = Date.now()
  await expectOneEnd(await endOf(await startFile(LONG)))
  // As long as all of it took here: none is taken from a consumer that is only slow.
  lease.ms = Date.now() - start
  const first = (what: string) => seen.indexOf(what) + 1
  const last = (what: string) => seen.lastIndexOf(what) + 1
  for (const consumer of [
    new At(first('R2.put'), 'kill-after'),
    new At(first('Tenant.saveJob'), 'kill-after'),
    new At(first('Tenant.pauseJob'), 'kill-before'),
    new At(first('Tenant.pauseJob'), 'kill-after'),
    new At(last('Tenant.saveJob'), 'kill-before'),
    new At(last('Tenant.finishJob'), 'kill-after'),
  ]) {
    plan({ consumer })
    await expectOneEnd(await endOf(await startFile(LONG)))
  }
  await allGone()
})
