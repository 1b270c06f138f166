// One fuzz run against a Worker that runs elsewhere on this machine: cases in flight, faults kept, and the same sound request before and
// after, whose answer must not have changed. A case depends on seed and number alone, but for what earlier ones stored.
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { callAdmin } from '../../scripts/cli/admin.ts'
import type { Service } from '../../scripts/cli/api.ts'
import { Dice } from './dice.ts'
import { faultOf, HANG_MS, reachedModel } from './judge.ts'
import { caseOf, FORM_ORIGIN, FORM_SCHEMA, type Session } from './kinds.ts'
import { DOCUMENT, SCHEMA, SMALL_SCHEMA } from './seeds.ts'
import { type Answer, closeConnections, type Shot, send } from './send.ts'

const IN_FLIGHT = 4
const ATTEMPTS = 4
const RETRY_MS = 1_000
const CASES_A_TOKEN = 150
/** So many faults are enough to go and look. */
const MOST_FAULTS = 50

export interface FuzzOptions {
  readonly seed: string
  readonly from: number
  readonly cases: number
  /** Where failing inputs are kept; made when there is one. */
  readonly keepIn: string
}

interface Fault {
  readonly number: number
  readonly kind: string
  readonly fault: string
  readonly file: string
}

export interface KindTally {
  requests: number
  reachedModel: number
  slowestMs: number
  readonly statuses: Map<number, number>
}

export interface FuzzReport {
  readonly faults: readonly Fault[]
  readonly tallies: ReadonlyMap<string, KindTally>
  /** Whether a sound request is answered after the run as before it. */
  readonly sameAnswer: boolean
}

export async function runFuzz(
  service: Service,
  options: FuzzOptions,
  say: (text: string) => void = () => undefined,
): Promise<FuzzReport> {
  const session = await openSession(service, options.cases)
  const [faults, tallies] = [[] as Fault[], new Map<string, KindTally>()]
  const numbers = Array.from({ length: options.cases }, (_, i) => options.from + i).values()
  const work = async () => {
    for (const number of numbers) {
      if (faults.length >= MOST_FAULTS) return
      const { kind, shot } = caseOf(new Dice(`${options.seed}/${number}`), session)
      const outcome = await attempt(service.url, shot)
      const fault = typeof outcome === 'string' ? outcome : faultOf(outcome, shot)
      count(tallies, kind, outcome)
      if (fault !== undefined) {
        const file = await keep(options, number, shot, fault, outcome)
        faults.push({ number, kind, fault, file })
      }
      say(`case ${number - options.from + 1} of ${options.cases}, ${faults.length} faults`)
    }
  }
  try {
    const before = await soundFields(service)
    await Promise.all(Array.from({ length: IN_FLIGHT }, work))
    return { faults, tallies, sameAnswer: before === (await soundFields(service)) }
  } finally {
    closeConnections()
  }
}

/** A form token is good for a few posts: there are enough for all cases that post forms. */
async function openSession(service: Service, cases: number): Promise<Session> {
  const redirects = [`${FORM_ORIGIN}/thanks`]
  const rules = { 'x-form': { origins: [FORM_ORIGIN], redirects } }
  await callAdmin(service, 'PUT', `/v1/schemas/${FORM_SCHEMA}`, { ...SMALL_SCHEMA, ...rules })
  const formTokens: string[] = []
  while (formTokens.length * CASES_A_TOKEN < cases) {
    const path = `/v1/forms/${FORM_SCHEMA}/tokens`
    const { token } = await callAdmin(service, 'POST', path, { origin: FORM_ORIGIN })
    formTokens.push(String(token))
  }
  return { authorization: `Bearer ${service.key}`, formTokens }
}

/** The answer, or what became of the connection. Comes again where it is told to: what stays away is a fault. */
async function attempt(origin: string, shot: Shot, left = ATTEMPTS): Promise<Answer | string> {
  try {
    const answer = await send(origin, shot, HANG_MS)
    if (answer.status !== 503 || left <= 1) return answer
    await sleep(RETRY_MS)
    return attempt(origin, shot, left - 1)
  } catch (error) {
    return `no answer: ${error instanceof Error ? error.message : error}`
  }
}

function count(tallies: Map<string, KindTally>, kind: string, outcome: Answer | string): void {
  const tally = tallies.get(kind) ?? {
    requests: 0,
    reachedModel: 0,
    slowestMs: 0,
    statuses: new Map(),
  }
  tallies.set(kind, tally)
  tally.requests++
  const status = typeof outcome === 'string' ? 0 : outcome.status
  tally.statuses.set(status, (tally.statuses.get(status) ?? 0) + 1)
  if (typeof outcome === 'string') return
  tally.slowestMs = Math.max(tally.slowestMs, Math.round(outcome.ms))
  if (reachedModel(outcome)) tally.reachedModel++
}

/** The request as bytes, and beside it what was wrong and how it is thrown again. */
async function keep(
  { seed, keepIn }: FuzzOptions,
  number: number,
  { method, path, headers, body }: Shot,
  fault: string,
  outcome: Answer | string,
): Promise<string> {
  await mkdir(keepIn, { recursive: true })
  const file = join(keepIn, `${seed}-${number}`)
  await writeFile(`${file}.body`, body)
  const again = `npm run fuzz -- --seed ${seed} --from ${number} --cases 1`
  const about = { fault, again, method, path, headers, answer: outcome }
  await writeFile(`${file}.json`, JSON.stringify(about, null, 2))
  return file
}

async function soundFields(service: Service): Promise<string> {
  const body = Buffer.from(JSON.stringify({ document: DOCUMENT, schema: SCHEMA }))
  const headers = { authorization: `Bearer ${service.key}`, 'content-type': 'application/json' }
  const shot = { method: 'POST', path: '/v1/extract', headers, body }
  const { status, text } = await send(service.url, shot, HANG_MS)
  if (status !== 200) throw new Error(`the sound request is answered with ${status}: ${text}`)
  return JSON.stringify(JSON.parse(text).fields)
}
