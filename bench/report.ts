// bench/RESULTS.md from what the parts have left in bench/results/: each part is run on its own and keeps its own commit.
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { FieldsRow } from './fields.ts'
import type { Kept, Parts, Where } from './kept.ts'
import { plot } from './plot.ts'
import { fieldsSection } from './sections/fields.ts'
import { loadSection } from './sections/load.ts'
import { machineSection } from './sections/machine.ts'
import { sideSection } from './sections/side.ts'

const RESULTS = join(import.meta.dirname, 'results')
const REPORT = join(import.meta.dirname, 'RESULTS.md')
const PLOT = join(import.meta.dirname, '../docs/fields.svg')

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
