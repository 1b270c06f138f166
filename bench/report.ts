// bench/RESULTS.md from what the parts have left in bench/results/: each part is run on its own and keeps its own commit.
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { FieldsRow, Way } from './fields.ts'
import type { LoadResult } from './load.ts'
import type { Cold, LengthRow, Peak } from './machine.ts'
import { plot } from './plot.ts'
import type { Profile } from './profile.ts'
import type { SideRow } from './side.ts'
import { round, spread } from './statistics.ts'

const RESULTS = join(import.meta.dirname, 'results')
const REPORT = join(import.meta.dirname, 'RESULTS.md')
const PLOT = join(import.meta.dirname, '../docs/fields.svg')
const MIB = 1024 * 1024

/** What stands in results/NAME.json, by NAME. */
export interface Parts {
  readonly fields: { readonly rows: readonly FieldsRow[] }
  readonly machine: {
    readonly rounds: number
    readonly rows: readonly LengthRow[]
    readonly cold: Cold
    readonly peak: Peak
    readonly kernelProfile: Profile
    readonly ortProfile: Readonly<Record<string, number>>
  }
  readonly load: LoadResult
  readonly side: {
    readonly rounds: number
    readonly rows: readonly SideRow[]
    /** Empty where there was no invoice2data to compare with. */
    readonly documents: readonly SideRow[]
  }
}

export interface Where {
  readonly commit: string
  readonly cores: number
  readonly processor: string
}

type Kept<Name extends keyof Parts> = Where & Parts[Name]

export async function keep<Name extends keyof Parts>(
  name: Name,
  where: Where,
  part: Parts[Name],
): Promise<void> {
  await mkdir(RESULTS, { recursive: true })
  const json = JSON.stringify({ ...where, ...part }, shortened, 1)
  await writeFile(join(RESULTS, `${name}.json`), `${json}\n`)
}

/** Four digits are more than was measured. */
const shortened = (_: string, value: unknown) =>
  typeof value === 'number' ? Number(value.toPrecision(4)) : value

/** What an earlier run has kept; undefined where there was none. */
async function kept<Name extends keyof Parts>(name: Name): Promise<Kept<Name> | undefined> {
  const files: string[] = await readdir(RESULTS).catch(() => [])
  if (!files.includes(`${name}.json`)) return undefined
  return JSON.parse(await readFile(join(RESULTS, `${name}.json`), 'utf8'))
}

/** The rows measured now, and those of the same commit for other numbers of fields: all in one run would take half an hour. */
export async function withEarlierRows(
  { commit }: Where,
  rows: readonly FieldsRow[],
): Promise<readonly FieldsRow[]> {
  const earlier = await kept('fields')
  const others = (earlier?.commit === commit ? earlier.rows : []).filter(
    ({ fields }) => !rows.some((row) => row.fields === fields),
  )
  return [...others, ...rows].toSorted((a, b) => a.fields - b.fields)
}

export async function writeReport(): Promise<void> {
  const [fields, machine] = [await kept('fields'), await kept('machine')]
  const [side, load] = [await kept('side'), await kept('load')]
  if (fields !== undefined) await writeFile(PLOT, plot(fields.rows))
  const sections = [
    '# Measured',
    'Written by `npm run bench`; the numbers are in `results/`. Medians with their quartiles in brackets. Milliseconds hold for this machine only; ratios were taken round by round, each contender in a workerd of its own, one after the other.',
    ...(fields === undefined ? [] : fieldsSection(fields)),
    ...(machine === undefined ? [] : machineSection(machine)),
    ...(side === undefined ? [] : sideSection(side)),
    ...(load === undefined ? [] : loadSection(load)),
  ]
  await writeFile(REPORT, `${sections.join('\n\n')}\n`)
}

const whereLine = ({ commit, cores, processor }: Where, rounds: string) =>
  `Commit ${commit}, ${cores} cores (${processor}), ${rounds} rounds.`

function fieldsSection(kept: Kept<'fields'>): string[] {
  const rounds = [...new Set(kept.rows.map((row) => row.rounds))].join(' or ')
  const times = (row: FieldsRow, way: Way) => spread(row.ms[way], 0)
  const by = (row: FieldsRow, way: Way, base: 'sameRuntime' | 'kernel') =>
    spread(row.against[way][base])
  const mib = (row: FieldsRow, way: Way) => round(row.wasm[way] / MIB, 0)
  return [
    '## One pass against decoding',
    `${whereLine(kept, rounds)} The first receipt of SROIE dev and field names of four data sets with their true values. (a) key by key and (b) one JSON are written by a causal twin of the same layers and width with a vocabulary head and a cache of keys and values (bench/twin.py), as many tokens as the true values have; (c) is the filler asked one field a pass. All of these in ONNX Runtime's WebAssembly; the kernel is what the service runs.`,
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
        mib(row, 'kernel'),
        mib(row, 'onePass'),
        mib(row, 'oneJson'),
        mib(row, 'keyByKey'),
      ]),
    ),
    '![milliseconds by number of fields](../docs/fields.svg)',
    'What bends the line of one pass: names and masks lengthen the sequence until the template is full (192 tokens); from there on, every further template reads the page again.',
  ]
}

function machineSection(kept: Kept<'machine'>): string[] {
  const { rows, cold, peak, kernelProfile, ortProfile } = kept
  const total = (ms: Readonly<Record<string, number>>) =>
    Object.values(ms).reduce((sum, value) => sum + value, 0)
  const shares = (ms: Readonly<Record<string, number>>) =>
    Object.entries(ms)
      .toSorted(([, a], [, b]) => b - a)
      .slice(0, 7)
      .map(([name, value]) => [name, round(value), `${round((100 * value) / total(ms))} %`])
  const coldRow = (name: string, { loadMs, firstMs, wasm }: Cold['kernel'], warm: number) => [
    name,
    round(loadMs, 0),
    round(firstMs, 0),
    round(firstMs / warm),
    round(wasm / MIB),
  ]
  const warm = rows.find(({ tokens }) => tokens === 256)
  return [
    '## A pass, before and after',
    `${whereLine(kept, String(kept.rounds))} The same release in ONNX Runtime, as the service ran it before, and in the kernel (decision 0007). G is thousand million operations a second of the whole pass.`,
    table(
      ['tokens', 'kernel ms', 'ONNX Runtime ms', 'ratio', 'kernel G', 'ONNX Runtime G'],
      rows.map((row) => [
        row.tokens,
        spread(row.kernel),
        spread(row.ort),
        spread(row.ratio, 2),
        round(row.kernelGops),
        round(row.ortGops),
      ]),
    ),
    table(
      ['', 'load ms', 'first pass ms', 'first / warm', 'MiB after load'],
      [
        coldRow('kernel', cold.kernel, warm?.kernel.median ?? Number.NaN),
        coldRow('ONNX Runtime', cold.ort, warm?.ort.median ?? Number.NaN),
      ],
    ),
    '## How far from the machine',
    `ONNX Runtime multiplies 256x384 by 384x1536 at ${spread(peak.int8)} G in int8 and ${spread(peak.f32)} G in f32 and no faster. The kernel's int8 product reaches ${round(kernelProfile.peakGops)} G from the first-level cache and ${round(kernelProfile.productGops)} G inside a pass.`,
    'Where a pass of 256 tokens spends its time in the kernel, by function (in Node, the same V8):',
    table(['function', 'ms', 'share'], shares(kernelProfile.ms)),
    'And in ONNX Runtime, by operator (its own profiler, in workerd):',
    table(['operator', 'ms', 'share'], shares(ortProfile)),
  ]
}

function sideSection(kept: Kept<'side'>): string[] {
  const rows = (all: readonly SideRow[]) =>
    table(
      ['', 'ms', 'times the first', 'a second', 'MiB'],
      all.map(({ name, ms, ratio, memory }) => [
        name,
        spread(ms),
        spread(ratio, 2),
        round(1000 / ms.median),
        round(memory / MIB, 0),
      ]),
    )
  return [
    '## Side by side',
    `${whereLine(kept, String(kept.rounds))} The same release and sequence of 256 tokens. Memory is WebAssembly's for the kernel, the whole process for the others.`,
    rows(kept.rows),
    ...(kept.documents.length === 0
      ? []
      : [
          'The sample order, a PDF, five fields: the whole Worker, which has never seen the layout, and invoice2data with a template written for it (bench/templates/).',
          rows(kept.documents),
        ]),
  ]
}

function loadSection(kept: Kept<'load'>): string[] {
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
    `Memory of the isolate: ${kept.before} MiB before, ${kept.after} MiB after (WebAssembly and JavaScript, uncollected garbage included).`,
  ]
}

function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const line = (cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}
