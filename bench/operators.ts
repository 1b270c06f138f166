// ONNX Runtime's own profile of a warm pass, by operator: it prints one JSON a node and run when the session is asked to.
import { startContender } from './contender.ts'
import type { Feeds } from './feeds.ts'

const WARM_UPS = 10
const COUNTED = 5

interface NodeEvent {
  readonly cat: string
  readonly name: string
  readonly dur: number
  readonly args: { readonly op_name?: string }
}

/** Milliseconds by operator. */
export async function profileOrt(release: string, feeds: Feeds): Promise<Record<string, number>> {
  const lines: string[] = []
  const contender = await startContender('profile', 'ort', release, (line) => lines.push(line))
  try {
    await contender.run([feeds], { times: WARM_UPS + COUNTED })
    await contender.endProfile()
  } finally {
    await contender.stop()
  }
  return byOperator(lines)
}

function byOperator(lines: readonly string[]): Record<string, number> {
  const byNode = new Map<string, { operator: string; microseconds: number[] }>()
  for (const line of lines.flatMap((text) => text.split('\n'))) {
    const event = eventOf(line)
    if (event?.cat !== 'Node' || event.args.op_name === undefined) continue
    const node = byNode.get(event.name) ?? { operator: event.args.op_name, microseconds: [] }
    node.microseconds.push(event.dur)
    byNode.set(event.name, node)
  }
  const ms: Record<string, number> = {}
  for (const { operator, microseconds } of byNode.values()) {
    const last = microseconds.slice(-COUNTED).toSorted((a, b) => a - b)
    ms[operator] = (ms[operator] ?? 0) + (last[last.length >> 1] ?? 0) / 1000
  }
  return ms
}

function eventOf(line: string): NodeEvent | undefined {
  const json = line.trim().replace(/,$/, '')
  if (!json.startsWith('{')) return undefined
  try {
    return JSON.parse(json)
  } catch {
    return undefined
  }
}
