// One scan of a JPEG: from bits to the coefficients of blocks (ITU T.81, F.2 and G.2). Of colours only as much is made of the bits as
// it takes to know where they end.
import { Bits, type Table } from './jpeg-table'

export interface Component {
  readonly id: number
  /** Blocks of one unit of an interleaved scan. */
  readonly across: number
  readonly down: number
  readonly quantization: number
  /** Blocks that a row has room for, and those of the picture in a row and in a column. */
  readonly stride: number
  readonly columns: number
  readonly rows: number
  /** Rows of blocks that `coefficients` has room for; 0 of what is not wanted, whose blocks all go to the same place. */
  readonly held: number
  readonly coefficients: Int16Array
}

interface Part {
  readonly component: Component
  readonly dc: Table
  readonly ac: Table
  /** The first coefficient of the block before. */
  before: number
}

/** What a progressive scan adds: coefficients from `start` to `end`, their bits from `low` on, below `high` where some are known. */
interface Share {
  readonly start: number
  readonly end: number
  readonly high: number
  readonly low: number
}

/** Where in a block, row by row, the coefficient is that is stored k-th. */
export const ZIGZAG = Uint8Array.of(
  ...[
    0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20,
  ],
  ...[13, 6, 7, 14, 21, 28, 35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59],
  ...[52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63],
)

type Read = (part: Part, into: Int16Array, at: number, bits: Bits) => void

export class Scan {
  readonly #parts: readonly Part[]
  readonly #read: Read
  readonly #isSequential: boolean
  /** Blocks that are known to have nothing more in this scan. */
  #skipped = 0

  constructor(parts: readonly Part[], share: Share | undefined) {
    this.#parts = parts
    this.#isSequential = share === undefined
    this.#read = this.#reader(share)
  }

  has(component: Component): boolean {
    return this.#parts.some((part) => part.component === component)
  }

  /**
   * Where it ends in the file.
   * @param restarts units from one restart to the next, 0 for none
   * @param done called after every row of units with how many rows of blocks it has of what is wanted
   */
  run(file: Uint8Array, at: number, restarts: number, done: (rows: number) => void): number {
    const bits = new Bits(file, at)
    const [{ component: first } = { component: undefined }] = this.#parts
    if (first === undefined) return at
    const isAlone = this.#parts.length === 1
    const [columns, rows] = isAlone
      ? [first.columns, first.rows]
      : [first.stride / first.across, Math.ceil(first.rows / first.down)]
    let left = restarts
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        if (restarts > 0 && left-- === 0) {
          this.#restart(bits)
          left = restarts - 1
        }
        for (const part of this.#parts) this.#unit(part, row, column, isAlone, bits)
      }
      bits.check()
      const wanted = this.#parts.find((part) => part.component.held > 0)
      done(isAlone ? 1 : (wanted?.component.down ?? 0))
    }
    return bits.at
  }

  #restart(bits: Bits): void {
    bits.restart()
    this.#skipped = 0
    for (const part of this.#parts) part.before = 0
  }

  #unit(part: Part, row: number, column: number, isAlone: boolean, bits: Bits): void {
    const { across, down, stride, held, coefficients } = part.component
    const w = isAlone ? 1 : across
    const h = isAlone ? 1 : down
    const room = isAlone && this.#isSequential ? 1 : held
    for (let y = row * h; y < (row + 1) * h; y++) {
      for (let x = column * w; x < (column + 1) * w; x++) {
        const at = held === 0 ? 0 : ((y % room) * stride + x) * 64
        this.#read(part, coefficients, at, bits)
      }
    }
  }

  #reader(share: Share | undefined): Read {
    if (share === undefined) return readWhole
    const { start, end, high, low } = share
    if (start > 0) {
      return high === 0
        ? (part, into, at, bits) => this.#readFirst(part, into, at, bits, share)
        : (part, into, at, bits) => this.#refine(part, into, at, bits, share)
    }
    if (end > 0) throw new Error('The JPEG has a scan of first and other coefficients')
    if (high > 0) {
      return (_, into, at, bits) => {
        if (bits.take(1) === 1) into[at] = (into[at] ?? 0) | (1 << low)
      }
    }
    return (part, into, at, bits) => {
      part.before += bits.signed(bits.code(part.dc))
      into[at] = part.before << low
    }
  }

  #readFirst({ ac }: Part, into: Int16Array, at: number, bits: Bits, share: Share): void {
    if (this.#skipped > 0) {
      this.#skipped--
      return
    }
    for (let k = share.start; k <= share.end; k++) {
      const code = bits.code(ac)
      const run = code >> 4
      const length = code & 15
      if (length === 0 && run < 15) {
        this.#skipped = (1 << run) + bits.take(run) - 1
        return
      }
      k += run
      if (length > 0 && k < 64) into[at + (ZIGZAG[k] ?? 0)] = bits.signed(length) << share.low
    }
  }

  #refine({ ac }: Part, into: Int16Array, at: number, bits: Bits, share: Share): void {
    const { start, end, low } = share
    let k = start
    while (k <= end && this.#skipped === 0) {
      const code = bits.code(ac)
      let run = code >> 4
      const isNone = (code & 15) === 0
      if (isNone && run < 15) {
        this.#skipped = (1 << run) + bits.take(run)
        break
      }
      const value = isNone ? 0 : (bits.take(1) === 1 ? 1 : -1) << low
      // Over so many that are still 0, to where the new one belongs; those between which are not get their bit.
      for (; k <= end; k++) {
        const place = at + (ZIGZAG[k] ?? 0)
        if (into[place] !== 0) refineOne(into, place, bits, low)
        else if (run-- === 0) {
          into[place] = value
          k++
          break
        }
      }
    }
    if (this.#skipped === 0) return
    for (; k <= end; k++) {
      const place = at + (ZIGZAG[k] ?? 0)
      if (into[place] !== 0) refineOne(into, place, bits, low)
    }
    this.#skipped--
  }
}

function readWhole(part: Part, into: Int16Array, at: number, bits: Bits): void {
  part.before += bits.signed(bits.code(part.dc))
  into[at] = part.before
  for (let k = 1; k < 64; k++) {
    const code = bits.code(part.ac)
    const length = code & 15
    if (length === 0 && code < 0xf0) return
    k += code >> 4
    if (length > 0 && k < 64) into[at + (ZIGZAG[k] ?? 0)] = bits.signed(length)
  }
}

/** One bit more of a coefficient that is known in part. */
function refineOne(into: Int16Array, place: number, bits: Bits, low: number): void {
  if (bits.take(1) === 0) return
  const value = into[place] ?? 0
  into[place] = value + (Math.sign(value) << low)
}
