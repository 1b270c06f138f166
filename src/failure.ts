// Everything that can go wrong for a reason outside the code, as one tagged union, and the Result that carries it.
// http/problem.ts is the only place that turns a Failure into a response; bugs are thrown instead.

/** One finding about the request: an RFC 6901 pointer into it and what is wrong there, never its content. */
export interface Issue {
  readonly pointer: string
  readonly detail: string
}

export type Failure =
  | { readonly kind: 'malformed'; readonly detail: string }
  | { readonly kind: 'unauthorized'; readonly detail: string }
  | { readonly kind: 'forbidden'; readonly detail: string }
  | { readonly kind: 'not-found' }
  | { readonly kind: 'conflict'; readonly detail: string }
  | { readonly kind: 'precondition-failed' }
  | { readonly kind: 'method-not-allowed'; readonly allowed: readonly string[] }
  | {
      readonly kind: 'too-large'
      readonly limit: string
      readonly max: number
      readonly unit: string
      /** Where more is taken, a sentence. */
      readonly instead?: string
    }
  | { readonly kind: 'unsupported-type'; readonly accepted: readonly string[] }
  | { readonly kind: 'unsupported-encoding' }
  | { readonly kind: 'invalid'; readonly issues: readonly Issue[] }
  | { readonly kind: 'rate-limited'; readonly detail: string; readonly retryAfterSeconds: number }
  | { readonly kind: 'unavailable'; readonly detail: string; readonly retryAfterSeconds: number }

export type Result<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly failure: Failure }

export const ok = <T>(value: T): Result<T> => ({ ok: true, value })
export const fail = (failure: Failure): Result<never> => ({ ok: false, failure })
