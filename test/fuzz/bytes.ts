// Spoils bytes, whatever they are of: flips, cuts, repeats, splices, other numbers, and words that mean something to the reader
// of the format. Never longer than the original and a few thousand bytes: size has limits and tests of its own.
import type { Dice } from './dice.ts'

type Bytes = Uint8Array<ArrayBuffer>
type Mutation = (bytes: Bytes, dice: Dice, words: readonly string[]) => Bytes

const MOST_CHANGES = 12
const LONGEST_CUT = 2_000
const NUMBERS = ['0', '-1', '1', '65535', '2147483648', '99999999999999999999', '1e308', '0.0001']
const BYTES = [0, 1, 0x0a, 0x0d, 0x20, 0x25, 0x28, 0x3c, 0x3e, 0x5b, 0x5c, 0x7f, 0x80, 0xff]

/** @param words what the format's reader looks for */
export function spoil(bytes: Bytes, dice: Dice, words: readonly string[]): Bytes {
  let spoilt = bytes
  for (let left = dice.few(MOST_CHANGES); left > 0; left--) {
    spoilt = dice.pick(MUTATIONS)(spoilt, dice, words)
  }
  return spoilt
}

const MUTATIONS: readonly Mutation[] = [
  (bytes, dice) => changed(bytes, dice, (byte) => byte ^ (1 << dice.int(8))),
  (bytes, dice) => changed(bytes, dice, () => dice.pick(BYTES)),
  (bytes, dice) => changed(bytes, dice, () => dice.int(256)),
  (bytes, dice) => replaced(bytes, rangeOf(bytes, dice), new Uint8Array()),
  (bytes, dice) => {
    const { from, to } = rangeOf(bytes, dice)
    return replaced(bytes, { from: to, to }, bytes.slice(from, to))
  },
  (bytes, dice) => {
    const { from, to } = rangeOf(bytes, dice)
    const at = dice.int(bytes.length + 1)
    return replaced(bytes, { from: at, to: at }, bytes.slice(from, to))
  },
  (bytes, dice) => (dice.chance(0.3) ? bytes.slice(0, dice.int(bytes.length + 1)) : bytes),
  (bytes, dice, words) => {
    const at = dice.int(bytes.length + 1)
    return replaced(bytes, { from: at, to: at }, textBytes(dice.pick(words)))
  },
  (bytes, dice) => otherNumber(bytes, dice),
  (bytes, dice) => otherNumber(bytes, dice),
]

interface Range {
  readonly from: number
  readonly to: number
}

function rangeOf(bytes: Bytes, dice: Dice): Range {
  const from = dice.int(bytes.length + 1)
  return { from, to: Math.min(bytes.length, from + dice.few(LONGEST_CUT)) }
}

function changed(bytes: Bytes, dice: Dice, change: (byte: number) => number): Bytes {
  const copy = bytes.slice()
  const at = dice.int(copy.length)
  if (copy.length > 0) copy[at] = change(copy[at] ?? 0)
  return copy
}

function replaced(bytes: Bytes, { from, to }: Range, by: Uint8Array): Bytes {
  return joined([bytes.subarray(0, from), by, bytes.subarray(to)])
}

/** One run of digits, looked for from a place on, becomes another number: lengths, offsets, counts, sizes. */
function otherNumber(bytes: Bytes, dice: Dice): Bytes {
  const start = dice.int(bytes.length + 1)
  const isDigit = (byte = 0) => byte >= 0x30 && byte <= 0x39
  const from = bytes.findIndex((byte, at) => at >= start && isDigit(byte))
  if (from < 0) return bytes
  let to = from
  while (isDigit(bytes[to])) to++
  const near = String(
    Number(latin1(bytes.subarray(from, Math.min(to, from + 15)))) + dice.int(5) - 2,
  )
  return replaced(bytes, { from, to }, textBytes(dice.pick([...NUMBERS, near, near])))
}

export const textBytes = (text: string): Bytes => new Uint8Array(Buffer.from(text, 'utf8'))
const latin1 = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1')

export function joined(parts: readonly Uint8Array[]): Bytes {
  return new Uint8Array(Buffer.concat(parts))
}
