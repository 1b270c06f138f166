// RESULTS.md on what else one could run.
import type { Kept } from '../kept.ts'
import { mib, table, whereLine } from '../markdown.ts'
import type { SideRow } from '../side.ts'
import { round, spread } from '../statistics.ts'

export function sideSection(kept: Kept<'side'>): string[] {
  const rows = (all: readonly SideRow[]) =>
    table(
      ['', 'ms', 'times the first', 'documents a second', 'MiB'],
      all.map(({ name, ms, ratio, memory }) => [
        name,
        spread(ms),
        spread(ratio, 2),
        round(1000 / ms.median),
        mib(memory),
      ]),
    )
  return [
    '## Side by side',
    `${whereLine(kept, String(kept.rounds))} The same release and sequence of 256 tokens. Memory is WebAssembly's in workerd, the whole process for the others; native, the graph is the same 8 bits on AVX-512 VNNI, and transformers is @huggingface/transformers on onnxruntime-node.`,
    rows(kept.rows),
    ...(kept.documents.length === 0
      ? []
      : [
          'The sample order, a PDF, five fields: the whole Worker, which has never seen the layout, and invoice2data with a template written for it (bench/templates/).',
          rows(kept.documents),
        ]),
  ]
}
