// Turns what valibot found into Issues of the wire: an RFC 6901 pointer and a sentence that never echoes the input
// (valibot's own messages quote what was received). Also puts issues of a part under the pointer of the part.
import type { BaseIssue } from 'valibot'
import type { Failure, Issue } from './failure'
import { MAX_ISSUES, MAX_LABEL_CHARS } from './limits'

/** The first findings, at most MAX_ISSUES of them. Validations must bring their own constant message. */
export function toIssues(found: readonly BaseIssue<unknown>[]): Issue[] {
  return found.slice(0, MAX_ISSUES).map((issue) => ({
    pointer: pointerOf((issue.path ?? []).map((item) => String(item.key))),
    detail: issue.kind === 'schema' ? describe(issue) : issue.message,
  }))
}

/** RFC 6901, each segment cut to the longest label that the service takes. */
export function pointerOf(segments: readonly string[]): string {
  return segments
    .map((segment) => segment.slice(0, MAX_LABEL_CHARS).replaceAll('~', '~0').replaceAll('/', '~1'))
    .map((segment) => `/${segment}`)
    .join('')
}

/** The same failure with the pointers of its issues below `pointer`. */
export function under(pointer: string, failure: Failure): Failure {
  if (failure.kind !== 'invalid') return failure
  const issues = failure.issues.map((issue) => ({ ...issue, pointer: pointer + issue.pointer }))
  return { kind: 'invalid', issues: issues.slice(0, MAX_ISSUES) }
}

function describe(issue: BaseIssue<unknown>): string {
  if (issue.expected === 'never') return 'Unknown property'
  if (issue.received === 'undefined') return 'Missing'
  return `Expected ${issue.expected ?? 'something else'}`
}
