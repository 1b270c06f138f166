// Compiles only while what the service sends is what openapi.json says that it sends.
import type { InferInput } from 'valibot'
import type { Answer } from '../../src/extraction/answer'
import type { Problem } from '../../src/http/problem'
import type { ExtractionSchema, ProblemSchema } from '../../src/http/wire'

/** The same type with everything in it read-only, as the service's own types are. */
type Frozen<T> = { readonly [K in keyof T]: Frozen<T[K]> }

type Extends<Sent extends Described, Described> = Sent

export type Extraction = Extends<
  Answer & { id: string },
  Frozen<InferInput<typeof ExtractionSchema>>
>
export type ProblemDocument = Extends<Problem, Frozen<InferInput<typeof ProblemSchema>>>
