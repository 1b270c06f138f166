// npm run tenant -- quota: reads a tenant's limits and use, and changes the limits that are named. The API takes all limits anew, so
// those that are not named are sent back as they were read; two operators at once may undo each other.
import { callAdmin } from './admin.ts'
import type { Service } from './api.ts'

const POLICIES = ['requests-minute', 'requests-month', 'pages-minute', 'pages-month'] as const
type Policy = (typeof POLICIES)[number]
type Limits = Readonly<Record<string, number | null>>
type Answer = Readonly<Record<string, unknown>>

const wireName = (policy: Policy) => policy.replace('-', '_')

export async function quota(
  service: Service,
  path: string,
  wanted: Readonly<Partial<Record<Policy, string>>>,
): Promise<Answer> {
  const answer = await callAdmin(service, 'GET', path)
  const named = POLICIES.filter((policy) => wanted[policy] !== undefined)
  if (named.length === 0) return answer
  const limits = new Map(Object.entries(answer.limits as Limits))
  for (const policy of named) {
    const most = wanted[policy] ?? ''
    if (most === 'default') limits.delete(wireName(policy))
    else limits.set(wireName(policy), most === 'none' ? null : numberOf(policy, most))
  }
  return callAdmin(service, 'PUT', path, Object.fromEntries(limits))
}

/** A row a policy: what it allows, what was used of it, since when. */
export function limits(answer: Answer): string[][] {
  const { limits, usage } = answer as {
    limits: Limits
    usage: Readonly<Record<string, Readonly<Record<string, string | number>>>>
  }
  const rows = POLICIES.map((policy) => {
    const [unit = '', span = ''] = policy.split('-')
    const most = limits[wireName(policy)]
    return [policy, most === null ? 'none' : most, usage[span]?.[unit], usage[span]?.since]
  })
  return [['quota', 'limit', 'used', 'since'], ...rows.map((row) => row.map(String))]
}

function numberOf(policy: Policy, text: string): number {
  if (/^\d+$/.test(text)) return Number(text)
  throw new Error(`--${policy} wants a number, none or default`)
}
