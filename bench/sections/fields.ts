// RESULTS.md on one pass against decoding, and what of the aim was reached.
import type { FieldsRow, Way } from '../fields.ts'
import type { Kept } from '../kept.ts'
import { mib, table, whereLine } from '../markdown.ts'
import { round, type Spread, spread } from '../statistics.ts'

export function fieldsSection(kept: Kept<'fields'>): string[] {
  const rounds = [...new Set(kept.rows.map((row) => row.rounds))].join(' or ')
  const times = (row: FieldsRow, way: Way) => spread(row.ms[way], 0)
  const by = (row: FieldsRow, way: Way, base: 'sameRuntime' | 'kernel') =>
    spread(row.against[way][base])
  return [
    '## One pass against decoding',
    `${whereLine(kept, rounds)} The first receipt of SROIE dev and field names of four data sets with their true values. (a) key by key and (b) one JSON are written by a causal twin of the same layers and width with a vocabulary head and a cache of keys and values (bench/twin.py), as many tokens as the true values have; (c) is the filler asked one field a pass. All of these in ONNX Runtime's WebAssembly, whose memory may grow here to 1 GiB, more than an isolate has: what decoding holds is in the table of memory. The kernel is what the service runs. Fewer rounds where one takes long.`,
    claimsTable(kept.rows),
    ...hindrance(kept.rows),
    table(
      [
        'fields',
        'passes',
        'tokens (a) / (b)',
        'kernel ms',
        'one pass ms',
        '(c) ms',
        '(b) ms',
        '(a) ms',
      ],
      kept.rows.map((row) => [
        row.fields,
        row.passes,
        `${row.tokens.keys} / ${row.tokens.json}`,
        times(row, 'kernel'),
        times(row, 'onePass'),
        times(row, 'questions'),
        times(row, 'oneJson'),
        times(row, 'keyByKey'),
      ]),
    ),
    'Times that of one pass, in the same runtime and in the kernel:',
    table(
      ['fields', '(a) same', '(a) kernel', '(b) same', '(b) kernel', '(c) same', '(c) kernel'],
      kept.rows.map((row) => [
        row.fields,
        ...(['keyByKey', 'oneJson', 'questions'] as const).flatMap((way) => [
          by(row, way, 'sameRuntime'),
          by(row, way, 'kernel'),
        ]),
      ]),
    ),
    'WebAssembly memory, MiB, after the run:',
    table(
      ['fields', 'kernel', 'one pass', 'twin, one JSON', 'twin, key by key'],
      kept.rows.map((row) => [
        row.fields,
        mib(row.wasm.kernel),
        mib(row.wasm.onePass),
        mib(row.wasm.oneJson),
        mib(row.wasm.keyByKey),
      ]),
    ),
    '![milliseconds by number of fields](../docs/fields.svg)',
    'What bends the line of one pass: names and masks lengthen the sequence until the template is full (192 tokens); from there on, every further template reads the page again.',
  ]
}

/** What the project set out to show, by number of fields: times that of one pass. */
const CLAIMS: Readonly<Record<number, Partial<Record<Way, number>>>> = {
  4: { keyByKey: 8, oneJson: 2 },
  25: { keyByKey: 30, oneJson: 5 },
}

/** Why (a) is no further behind: its time a field in passes, and how much the pass itself grows. */
function hindrance(rows: readonly FieldsRow[]): string[] {
  const [one, many] = [1, 25].map((count) => rows.find(({ fields }) => fields === count))
  if (one === undefined || many === undefined) return []
  const a = many.ms.keyByKey.median / many.fields / one.ms.onePass.median
  const grown = many.ms.onePass.median / one.ms.onePass.median
  return [
    `What stands in the way in the same runtime: true values are short (${round(many.tokens.keys / many.fields)} tokens a field), so that a field of (a) is hardly more than a reading of the page, ${round(a, 2)} passes of one field; and at 25 fields the one pass, longer by their names and masks, takes ${round(grown, 2)} times that of one field.`,
  ]
}

function claimsTable(rows: readonly FieldsRow[]): string {
  const claimed = rows.flatMap((row) =>
    (['keyByKey', 'oneJson'] as const).flatMap((way) => {
      const aim = CLAIMS[row.fields]?.[way]
      if (aim === undefined) return []
      const { sameRuntime, kernel } = row.against[way]
      const verdict = ({ median }: Spread) =>
        median >= aim ? 'reached' : `${round(median / aim, 2)} of it`
      return [
        [
          row.fields,
          way === 'keyByKey' ? '(a)' : '(b)',
          aim,
          `${round(sameRuntime.median)}, ${verdict(sameRuntime)}`,
          `${round(kernel.median)}, ${verdict(kernel)}`,
        ],
      ]
    }),
  )
  return table(['fields', 'against', 'aim, times', 'same runtime', 'kernel'], claimed)
}
