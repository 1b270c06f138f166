import { SourceMap } from 'node:module'
import { expect, it } from 'vitest'
import { timesByStage } from '../../scripts/cli/profile'

/** Line 0 of the bundle is a.ts's, line 1 b.ts's. */
const map = new SourceMap({
  version: 3,
  file: 'index.js',
  sources: ['a.ts', 'b.ts'],
  sourcesContent: ['', ''],
  names: [],
  mappings: 'AAAA;ACAA',
  sourceRoot: '',
})
const node = (id: number, lineNumber: number, children: readonly number[] = []) => {
  return { id, callFrame: { functionName: '', lineNumber, columnNumber: 0 }, children }
}
/** The root, a.ts that calls b.ts, WebAssembly that b.ts calls, and one that nobody of ours calls. */
const nodes = [node(1, -1, [2, 5]), node(2, 0, [3]), node(3, 1, [4]), node(4, -1), node(5, -1)]

it('a sample is of the innermost file that has a stage', () => {
  const profile = { nodes, samples: [2, 3, 4, 4, 5], timeDeltas: [1000, 2000, 2000, 2000, 2000] }
  const times = timesByStage(profile, map, (file) => (file === '' ? undefined : file))
  expect(Object.fromEntries(times)).toEqual({ 'a.ts': 1, 'b.ts': 6 })
  const onlyA = timesByStage(profile, map, (file) => (file === 'a.ts' ? 'first' : undefined))
  expect(Object.fromEntries(onlyA)).toEqual({ first: 7 })
})

it('what passed before the first sample after a wait was no work', () => {
  const profile = { nodes, samples: [2], timeDeltas: [5_000_000] }
  expect(timesByStage(profile, map, () => 'all').get('all')).toBeLessThan(20)
})
