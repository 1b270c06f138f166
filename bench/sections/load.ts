// RESULTS.md on the whole Worker under load.
import type { Kept } from '../kept.ts'
import { table } from '../markdown.ts'

export function loadSection(kept: Kept<'load'>): string[] {
  const { commit, cores, processor } = kept
  return [
    '## Load',
    `Commit ${commit}, ${cores} cores (${processor}), ${kept.seconds} s for each number of connections: the sample receipt as words and the sample order as a PDF, by turns, over HTTP to the whole Worker. The load generator shares the cores.`,
    table(
      ['connections', 'answers a second', 'p50 ms', 'p95 ms', 'p99 ms', '200', '429', 'others'],
      kept.rows.map((row) => [
        row.connections,
        row.perSecond,
        row.p50,
        row.p95,
        row.p99,
        row.ok,
        row.limited,
        row.failed,
      ]),
    ),
    `Memory of the isolate, WebAssembly and JavaScript: ${kept.before.all} MiB before and ${kept.after.all} after, uncollected garbage included; ${kept.before.live} and ${kept.after.live} once collected. So nothing is kept, but the garbage of that flood passes 128 MB: the simulator has no such limit, and whether V8 collects in time under the platform's cannot be seen here. At 100 connections autocannon asks again at once after each 429, which no client that heeds \`retry-after\` does. Those refused before their body is read are told \`Connection: close\`; the generator was made to heed it (bench/closing.ts).`,
  ]
}
