// Where a Worker's time goes while some work is done, by the files of its source: workerd's sampling profiler, read through the
// inspector. A Worker cannot say it itself, as its clock stands still while it computes.
import type { SourceMap } from 'node:module'
import { Inspector } from './inspector.ts'

interface ProfileNode {
  readonly id: number
  readonly callFrame: {
    readonly functionName: string
    readonly lineNumber: number
    readonly columnNumber: number
  }
  readonly children?: readonly number[]
}

export interface Profile {
  readonly nodes: readonly ProfileNode[]
  /** Nodes, each the innermost of a stack. */
  readonly samples: readonly number[]
  /** Microseconds before each sample. */
  readonly timeDeltas: readonly number[]
}

/** Names a file's stage; undefined where the file works for whoever called it. */
export type StageOf = (file: string) => string | undefined

const SAMPLE_MICROSECONDS = 2000
/** What a sample counts at most: the first one after a wait is said to have lasted as long as that. */
const MOST_MICROSECONDS = 5 * SAMPLE_MICROSECONDS

/** Begins to look; what is returned ends it and says what the isolate did meanwhile. */
export async function startProfile(address: URL): Promise<() => Promise<Profile>> {
  const inspector = await Inspector.open(address)
  await inspector.call('Profiler.enable')
  await inspector.call('Profiler.setSamplingInterval', { interval: SAMPLE_MICROSECONDS })
  await inspector.call('Profiler.start')
  return async () => {
    const { profile } = await inspector.call<{ readonly profile: Profile }>('Profiler.stop')
    await inspector.close()
    return profile
  }
}

/** Milliseconds of each stage: a sample is of the innermost file on its stack that has one. Waiting is no stage's. */
export function timesByStage(
  { nodes, samples, timeDeltas }: Profile,
  map: SourceMap,
  stageOf: StageOf,
): ReadonlyMap<string, number> {
  const callers = new Map(nodes.flatMap(({ id, children = [] }) => children.map((to) => [to, id])))
  const stages = new Map(nodes.map((node) => [node.id, stageOf(fileOf(node, map))]))
  const times = new Map<string, number>()
  for (const [i, sample] of samples.entries()) {
    let at: number | undefined = sample
    while (at !== undefined && stages.get(at) === undefined) at = callers.get(at)
    const stage = at === undefined ? undefined : stages.get(at)
    if (stage === undefined) continue
    const lasted = Math.min(timeDeltas[i] ?? 0, MOST_MICROSECONDS)
    times.set(stage, (times.get(stage) ?? 0) + lasted / 1000)
  }
  return times
}

/** Empty where it is none's: the engine, WebAssembly. */
function fileOf({ callFrame }: ProfileNode, map: SourceMap): string {
  const { lineNumber, columnNumber } = callFrame
  const entry = lineNumber < 0 ? {} : map.findEntry(lineNumber, columnNumber)
  return 'originalSource' in entry ? String(entry.originalSource) : ''
}
