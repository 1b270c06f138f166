// What is wrong with an answer, whatever the request was: nothing is, where it is a success or a refusal that says why, in time, and
// repeats nothing of the document.
import { CANARY } from './json.ts'
import type { Answer, Shot } from './send.ts'

/** Far below what wrangler.toml allows (cpu_ms): the inputs are small. Several requests share the one isolate. */
export const HANG_MS = 30_000

/** undefined where nothing is. */
export function faultOf(answer: Answer, shot: Shot): string | undefined {
  const { status, type, text, ms } = answer
  if (status >= 500 || status < 200) return `status ${status}`
  if (ms > HANG_MS) return `took ${Math.round(ms)} ms`
  if (status < 400) return undefined
  if (shot.method === 'HEAD') return undefined
  if (!type.startsWith('application/problem+json')) return `${status} as ${type || 'nothing'}`
  if (text.includes(CANARY)) return `${status} repeats the document`
  return problemFault(status, text)
}

function problemFault(status: number, text: string): string | undefined {
  try {
    const problem = JSON.parse(text)
    const isWhole = typeof problem.detail === 'string' && Array.isArray(problem.errors)
    return isWhole && problem.status === status ? undefined : `${status} without a whole problem`
  } catch {
    return `${status} with a problem that is not JSON`
  }
}

/** Whether the model ran for it: an answer says so, and a form's visitor is sent on only then. */
export function reachedModel({ status, text }: Answer): boolean {
  if (status === 303) return true
  if (status !== 200 || !text.includes('"passes"')) return false
  return JSON.parse(text).passes > 0
}
