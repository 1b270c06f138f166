// What the routes are given: everything behind an interface, so that tests can hand in their own. index.ts makes the real ones.
import type { Ocr } from './document/ocr'
import type { Caller } from './http/auth'
import type { Admitted } from './http/form-admission'
import type { FormPost } from './http/form-post'
import type { MaskFiller } from './model/mask-filler'
import type { QuotaState } from './storage/quota-book'
import type { Wordpiece } from './text/wordpiece'

export interface Services {
  readonly filler: MaskFiller
  readonly wordpiece: Wordpiece
  readonly ocr: Ocr
  /** Bytes of the model's WASM heap, 0 before it is loaded. */
  readonly wasmBytes: () => number
}

/** Hono's types of this app: the Worker's bindings, and what the middleware leaves for the handlers. */
export interface AppEnv {
  Bindings: Env
  Variables: {
    requestId: string
    /** Set by the auth middleware; only on routes behind it. */
    caller: Caller
    /** A form that was posted, its token found good; only behind that. */
    formPost: FormPost<Admitted>
    /** The limits of the caller's tenant as they stand; of the operator none. */
    quota: readonly QuotaState[] | undefined
    /** Counts for the request's log line (bytes, pages, words, passes, ...); numbers only. */
    logged: Readonly<Record<string, number>>
  }
}
