// One scalar's answer from what decoding chose: value, the page's spelling, where it stands, how sure, and the status.
// Also of a cell of a table and an item of a list, which are scalars.
import { MAX_RUN_TOKENS } from '../limits'
import type { ModelInfo } from '../model/mask-filler'
import type { ScalarField } from '../schema/field'
import type { ScalarAnswer, Status } from './answer'
import { confidenceOf } from './confidence'
import type { Choice } from './decode'
import { legibilityOf } from './legibility'
import type { PageTokens } from './page-tokens'
import { citationsOf, spellingOf } from './spelling'

/** What answers are written with. */
export interface Scribe {
  readonly tokens: PageTokens
  readonly info: ModelInfo
}

/** `choice` undefined means absent; `absent` is the log-probability of that. */
export function scalarAnswer(
  field: ScalarField,
  choice: Choice | undefined,
  absent: number,
  { tokens, info }: Scribe,
): ScalarAnswer {
  if (choice === undefined) {
    const confidence = confidenceOf(absent, 'absent', info)
    return { status: 'absent', value: null, raw: null, confidence, citations: [] }
  }
  const legibility = legibilityOf(tokens, choice.runs)
  const confidence = confidenceOf(choice.log, field.type, info) * legibility
  return {
    status: statusOf(choice, confidence, info),
    value: choice.value ?? null,
    raw: isTold(choice) ? spellingOf(tokens, choice.runs) : null,
    confidence,
    citations: citationsOf(tokens, choice.runs),
  }
}

const isTold = ({ runs, isDoubted }: Choice): boolean => runs.length > 0 && isDoubted !== true

function statusOf({ runs, value }: Choice, confidence: number, info: ModelInfo): Status {
  if (runs.some(({ first, last }) => last - first + 1 >= MAX_RUN_TOKENS)) return 'overflow'
  const isSourced = runs.length > 0 && value !== undefined
  return isSourced && confidence >= info.uncertainBelow ? 'found' : 'uncertain'
}
