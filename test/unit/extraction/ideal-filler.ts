// A MaskFiller that knows the answers: it reads the template and the page out of the tensors, as the model must, finds
// each field by its label and points at its values where the window holds them. What it cannot find it calls absent.
import type { Result } from '../../../src/failure'
import { ok } from '../../../src/failure'
import type { MaskFiller, MaskLogits, MaskTensors, ModelInfo } from '../../../src/model/mask-filler'
import { wordpiece } from './vocabulary'

/** By label: the parts of a scalar's value, the items of a list or column (null: no such cell), or an enum's answer. */
export type Truth = Readonly<
  Record<string, readonly (string | null)[] | { option: number; evidence: string | null }>
>

type Span = readonly [first: number, last: number]

export const info: ModelInfo = {
  name: 'ideal',
  version: '1',
  tier: 'edge',
  calibration: {},
  uncertainBelow: 0.5,
  absentBias: 0,
}

export class IdealFiller implements MaskFiller {
  readonly seen: MaskTensors[] = []
  readonly #truth: ReadonlyMap<string, Truth[string]>
  readonly #info: ModelInfo

  constructor(truth: Truth, given: Partial<ModelInfo> = {}) {
    this.#truth = new Map(Object.entries(truth).map(([label, t]) => [keyOf(label), t]))
    this.#info = { ...info, ...given }
  }

  async info(): Promise<Result<ModelInfo>> {
    return ok(this.#info)
  }

  async fill(tensors: MaskTensors): Promise<Result<MaskLogits>> {
    this.seen.push(tensors)
    const { length, masks } = tensors
    const start = new Float32Array(masks * length)
    const end = new Float32Array(masks * length)
    for (const [m, [first, last]] of this.#spans(tensors).entries()) {
      start[m * length + first] = 12
      end[m * length + last] = 12
    }
    return ok({ start, end })
  }

  /** Where each mask points; [0, 0] for absent. */
  #spans(tensors: MaskTensors): Span[] {
    const ids = Array.from(tensors.inputIds)
    const pageStart = tensors.segment.indexOf(1)
    const spans = new Map<string, Span | undefined>()
    const find = (text: string | null): Span | undefined => {
      if (text === null) return undefined
      if (!spans.has(text)) spans.set(text, spanOf(text, ids, pageStart))
      return spans.get(text)
    }
    const labels = labelsOf(tensors)
    return Array.from(tensors.maskPositions, (position, m) => {
      const slot = tensors.slot[position] ?? 0
      const label = labels[m] ?? ''
      const truth = this.#truth.get(label)
      if (truth === undefined) return [0, 0]
      if ('option' in truth) {
        return (slot === 1 ? optionAt(ids, position, truth.option) : find(truth.evidence)) ?? [0, 0]
      }
      const table = label.split(SLASH)[0] ?? ''
      const group = [...this.#truth].filter(([l]) => l === label || l.startsWith(table + SLASH))
      const rows = truth
        .map((_, k) => k)
        .filter((k) => group.some(([, t]) => !('option' in t) && find(t[k] ?? null) !== undefined))
      const row = rows[slot - 1]
      return row === undefined ? [0, 0] : (find(truth[row] ?? null) ?? [0, 0])
    })
  }
}

function spanOf(text: string, ids: readonly number[], pageStart: number): Span | undefined {
  const wanted = wordpiece.encode(text).ids
  for (let at = pageStart; at + wanted.length <= ids.length; at++) {
    if (wanted.every((id, i) => ids[at + i] === id)) return [at, at + wanted.length - 1]
  }
  return undefined
}

const keyOf = (label: string): string => wordpiece.encode(label).ids.join(' ')
const SLASH = ` ${keyOf('/')} `

/** By mask, the ids of the label before its run of masks. */
function labelsOf({ inputIds, slot, maskPositions }: MaskTensors): string[] {
  let label = ''
  return Array.from(maskPositions, (position) => {
    if (slot[position] !== 1) return label
    let from = position
    while (from > 1 && slot[from - 1] === 0 && inputIds[from - 1] !== wordpiece.special.comma)
      from--
    label = Array.from(inputIds.subarray(from, position)).join(' ')
    return label
  })
}

/** Options follow the second mask, each closed by a comma. */
function optionAt(ids: readonly number[], firstMask: number, index: number): Span | undefined {
  let first = firstMask + 2
  for (let option = 0; ; option++) {
    const comma = ids.indexOf(wordpiece.special.comma, first)
    if (comma < 0) return undefined
    if (option === index) return [first, comma - 1]
    first = comma + 1
  }
}
