// The few pieces of Markdown that RESULTS.md is made of.
import type { Where } from './kept.ts'
import { round } from './statistics.ts'

export const whereLine = ({ commit, cores, processor }: Where, rounds: string) =>
  `Commit ${commit}, ${cores} cores (${processor}), ${rounds} rounds.`

const MIB = 1024 * 1024

export const mib = (bytes: number, digits = 0) => round(bytes / MIB, digits)

export function table(
  head: readonly string[],
  rows: readonly (readonly (string | number)[])[],
): string {
  const line = (cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}
