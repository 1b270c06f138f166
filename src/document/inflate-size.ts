// How many bytes a DEFLATE stream (RFC 1951) would inflate to, without inflating it: counting needs the lengths that the
// codes stand for, not the bytes. So it takes no memory, stops at a limit and finds the stream's end by itself, none of
// which DecompressionStream does (an error after the end drops what it had put out). Slower than a real inflate.
import { Bits } from './inflate-bits'

const LITERALS = 286
const END_OF_BLOCK = 256
const MAX_BITS = 15
const CODE_LENGTH_ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]
// biome-ignore format: the tables of RFC 1951, 3.2.5
const LENGTH_BASE = [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258]
// biome-ignore format: the tables of RFC 1951, 3.2.5
const LENGTH_EXTRA = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0]

export interface Inflated {
  /** Bytes; the first count beyond the limit, or of broken or truncated data what comes before the fault. */
  readonly size: number
  /** Bytes of the deflated data that were looked at. */
  readonly read: number
}

export function inflatedSize(deflated: Uint8Array, limit: number): Inflated {
  const bits = new Bits(deflated)
  let size = 0
  for (let last = false; !last && !bits.ended && size <= limit; ) {
    last = bits.take(1) === 1
    size += blockSize(bits, bits.take(2), limit - size)
  }
  return { size, read: bits.read }
}

function blockSize(bits: Bits, type: number, limit: number): number {
  if (type === 0) return bits.skipStored()
  if (type === 1) return codedSize(bits, FIXED, limit)
  const codes = type === 2 ? readCodes(bits) : undefined
  if (codes === undefined) return bits.giveUp()
  return codedSize(bits, codes, limit)
}

interface Codes {
  readonly literals: Huffman
  readonly distances: Huffman
}

function codedSize(bits: Bits, { literals, distances }: Codes, limit: number): number {
  let size = 0
  while (!bits.ended && size <= limit) {
    const symbol = literals.decode(bits)
    if (symbol === END_OF_BLOCK) break
    if (symbol < END_OF_BLOCK) size++
    else {
      const length = LENGTH_BASE[symbol - 257]
      if (length === undefined) return size + bits.giveUp()
      size += length + bits.take(LENGTH_EXTRA[symbol - 257] ?? 0)
      const distance = distances.decode(bits)
      bits.take(Math.max(0, (distance >> 1) - 1))
    }
  }
  return size
}

/** A block's own codes (3.2.7); undefined where they are not codes. */
function readCodes(bits: Bits): Codes | undefined {
  const [literals, distances, count] = [bits.take(5) + 257, bits.take(5) + 1, bits.take(4) + 4]
  const own = new Uint8Array(19)
  for (const at of CODE_LENGTH_ORDER.slice(0, count)) own[at] = bits.take(3)
  const lengths = new Uint8Array(literals + distances)
  const huffman = new Huffman(own)
  for (let at = 0; at < lengths.length; ) {
    const symbol = huffman.decode(bits)
    if (bits.ended || literals > LITERALS) return undefined
    const [value, times] = repetition(bits, symbol, lengths[at - 1] ?? 0)
    lengths.fill(value, at, at + times)
    at += times
  }
  return {
    literals: new Huffman(lengths.subarray(0, literals)),
    distances: new Huffman(lengths.subarray(literals)),
  }
}

function repetition(bits: Bits, symbol: number, before: number): [value: number, times: number] {
  if (symbol === 16) return [before, 3 + bits.take(2)]
  if (symbol === 17) return [0, 3 + bits.take(3)]
  if (symbol === 18) return [0, 11 + bits.take(7)]
  return [symbol, 1]
}

/** A canonical code, decoded bit by bit as in zlib's puff.c. */
class Huffman {
  private readonly counts = new Uint16Array(MAX_BITS + 1)
  private readonly symbols: Uint16Array

  constructor(lengths: Uint8Array) {
    for (const length of lengths) this.counts[length] = (this.counts[length] ?? 0) + 1
    this.counts[0] = 0
    const order = Array.from(lengths.keys()).filter((symbol) => (lengths[symbol] ?? 0) > 0)
    const byLength = (a: number, b: number) => (lengths[a] ?? 0) - (lengths[b] ?? 0) || a - b
    this.symbols = Uint16Array.from(order.sort(byLength))
  }

  /** The next symbol; gives the bits up where there is none. */
  decode(bits: Bits): number {
    let [code, first, index] = [0, 0, 0]
    for (let length = 1; length <= MAX_BITS; length++) {
      code |= bits.take(1)
      const count = this.counts[length] ?? 0
      if (code - count < first) return this.symbols[index + code - first] ?? bits.giveUp()
      index += count
      first = (first + count) << 1
      code <<= 1
    }
    return bits.giveUp()
  }
}

const fixedLengths = Uint8Array.from({ length: 288 }, (_, symbol) =>
  symbol < 144 ? 8 : symbol < 256 ? 9 : symbol < 280 ? 7 : 8,
)
const FIXED: Codes = {
  literals: new Huffman(fixedLengths),
  distances: new Huffman(new Uint8Array(30).fill(5)),
}
