// RESULTS.md on the times of a pass, the machine's peak and where the time goes.
import type { Kept } from '../kept.ts'
import type { Cold } from '../machine.ts'
import { mib, table, whereLine } from '../markdown.ts'
import { round, spread } from '../statistics.ts'

export function machineSection(kept: Kept<'machine'>): string[] {
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
    mib(wasm, 1),
  ]
  const warm = rows.find(({ tokens }) => tokens === 256)
  return [
    '## A pass, before and after',
    `${whereLine(kept, String(kept.rounds))} The same release in ONNX Runtime, as the service ran it before, and in the kernel (decision 0011). G is thousand million operations a second of the whole pass. Since 0.5.0 rows are turned before they are rounded: the kernel does it as it rounds, ONNX Runtime in products of their own (MatMul in the profile below), which 0.4.0 did not have.`,
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
    `All in thousand million operations a second, measured in one run. Peaks: ONNX Runtime multiplies 256x384 by 384x1536 at ${spread(peak.int8)} in int8 and ${spread(peak.f32)} in f32 and no faster; the kernel's int8 product reaches ${round(kernelProfile.peakGops)} from the first-level cache. Inside a pass of 256 tokens the kernel's products reach ${round(kernelProfile.productGops)} (${percent(kernelProfile.productGops / kernelProfile.peakGops)} of the peak) and its attention, queries and keys in int8 and the rest in f32, ${round(kernelProfile.attentionGops)}. The whole pass, gathering, norms and all, is at ${percent((warm?.kernelGops ?? 0) / kernelProfile.peakGops)} of the kernel's peak, that of ONNX Runtime at ${percent((warm?.ortGops ?? 0) / peak.int8.median)} of its own.`,
    'Where a pass of 256 tokens spends its time in the kernel, by function (in Node, the same V8):',
    table(['function', 'ms', 'share'], shares(kernelProfile.ms)),
    `Why the largest four cost what they do. \`linear\`, the int8 products: nearly all operations of a pass, and at ${percent(kernelProfile.productGops / kernelProfile.peakGops)} of what the instruction gives in the cache; WebAssembly's vectors are 128 bits wide, native ones up to 512 (see side by side). \`attend\`: queries times keys in int8, then exponentials, and the values' mean in float32, 4 an instruction where int8 takes 16, since int8 there costs agreement (decision 0011). \`quantise\`: each row is turned, read for its least and greatest, and written as steps. \`gelu\`: a polynomial of eight multiply-adds for each of the ${(6 * 256 * 1536).toLocaleString('en')} values of the inner layers.`,
    'And in ONNX Runtime, by operator (its own profiler, in workerd):',
    table(['operator', 'ms', 'share'], shares(ortProfile)),
  ]
}

const percent = (share: number) => `${round(100 * share, 0)} %`
