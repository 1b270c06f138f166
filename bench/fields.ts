// One pass against decoding, by the number of fields: the filler in our kernel and in ONNX Runtime, one field a pass, and the
// autoregressive twin key by key and as one JSON. Rounds are interleaved, each contender in a workerd of its own.
import type { Contender } from './contender.ts'
import { ratioOf, type Spread, spreadOf } from './statistics.ts'
import { type Task, taskOf } from './work.ts'

export const WAYS = ['kernel', 'onePass', 'questions', 'oneJson', 'keyByKey'] as const
export type Way = (typeof WAYS)[number]

export interface FieldsRow {
  readonly fields: number
  readonly rounds: number
  readonly passes: number
  readonly tokens: { readonly page: number; readonly json: number; readonly keys: number }
  readonly ms: Readonly<Record<Way, Spread>>
  /** Times that of one pass in the same runtime, and of one pass in the kernel. */
  readonly against: Readonly<Record<Way, { readonly sameRuntime: Spread; readonly kernel: Spread }>>
  readonly wasm: Readonly<Record<Way, number>>
}

export interface Stage {
  readonly kernel: Contender
  readonly ort: Contender
  readonly twin: Contender
}

/** At least this many, for a spread. */
const FEWEST_ROUNDS = 2

export interface Bounds {
  readonly rounds: number
  /** A number of fields that has taken so long gets no further round: at 100 fields one takes more than a minute. */
  readonly seconds: number
}

export async function measureFields(
  stage: Stage,
  counts: readonly number[],
  bounds: Bounds,
  say: (text: string) => void,
): Promise<FieldsRow[]> {
  const rows: FieldsRow[] = []
  for (const fields of counts) {
    const task = await taskOf(fields)
    const samples = samplesFor()
    const wasm = Object.fromEntries(WAYS.map((way) => [way, 0])) as Record<Way, number>
    const begun = performance.now()
    const isLate = () => performance.now() - begun > bounds.seconds * 1000
    for (let round = 0; round < bounds.rounds; round++) {
      if (round >= FEWEST_ROUNDS && isLate()) break
      for (const way of WAYS) {
        say(`${fields} fields, round ${round + 1}, ${way}`)
        const ran = await contenderOf(stage, way).run(feedsOf(task, way))
        samples[way].push(ran.ms)
        wasm[way] = ran.wasm
      }
    }
    rows.push(rowOf(fields, task, samples, wasm))
  }
  return rows
}

/** Until V8 has compiled for speed what each of them runs. */
export async function warmUp(stage: Stage, times: number): Promise<void> {
  const task = await taskOf(2)
  for (const way of WAYS) await contenderOf(stage, way).run(feedsOf(task, way), { times })
}

const samplesFor = () =>
  Object.fromEntries(WAYS.map((way) => [way, [] as number[]])) as Record<Way, number[]>

const feedsOf = (task: Task, way: Way) => (way === 'kernel' ? task.onePass : task[way])

function contenderOf({ kernel, ort, twin }: Stage, way: Way): Contender {
  if (way === 'kernel') return kernel
  return way === 'onePass' || way === 'questions' ? ort : twin
}

function rowOf(
  fields: number,
  task: Task,
  samples: Readonly<Record<Way, readonly number[]>>,
  wasm: Readonly<Record<Way, number>>,
): FieldsRow {
  const ms = Object.fromEntries(WAYS.map((way) => [way, spreadOf(samples[way])]))
  const against = WAYS.map((way) => [
    way,
    {
      sameRuntime: ratioOf(samples[way], samples.onePass),
      kernel: ratioOf(samples[way], samples.kernel),
    },
  ])
  return {
    fields,
    rounds: samples.kernel.length,
    passes: task.onePass.length,
    tokens: {
      page: task.pageTokens,
      json: task.written.oneJson,
      keys: task.written.keyByKey,
    },
    ms: ms as FieldsRow['ms'],
    against: Object.fromEntries(against) as FieldsRow['against'],
    wasm,
  }
}
