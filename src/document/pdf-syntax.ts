// The syntax of PDF objects (ISO 32000-1, 7.3), as far as finding a page's picture needs it: text strings are skipped, streams are
// left where they lie. pdf.js does not hand out the raw bytes of a picture, only its pixels, which do not fit beside the model.
// Never throws: what cannot be read is undefined.

export interface Reference {
  readonly object: number
}
export interface Dictionary extends ReadonlyMap<string, PdfValue> {}
/** A name keeps its slash; a string is ''. */
export type PdfValue =
  | number
  | string
  | boolean
  | null
  | Reference
  | Dictionary
  | readonly PdfValue[]

export const isReference = (value: PdfValue | undefined): value is Reference =>
  typeof value === 'object' && value !== null && 'object' in value

const MAX_DEPTH = 32
const SPACES = new Set([0, 9, 10, 12, 13, 32])
const DELIMITERS = new Set([...'()<>[]{}/%'].map((char) => char.charCodeAt(0)))
const [LEFT_ANGLE, RIGHT_ANGLE, LEFT_ROUND, RIGHT_ROUND] = [0x3c, 0x3e, 0x28, 0x29]
const [LEFT_SQUARE, RIGHT_SQUARE, SLASH, PERCENT, BACKSLASH] = [0x5b, 0x5d, 0x2f, 0x25, 0x5c]

export class PdfReader {
  at: number
  private readonly bytes: Uint8Array

  constructor(bytes: Uint8Array, at: number) {
    this.bytes = bytes
    this.at = at
  }

  /** The value that begins here. */
  value(depth = 0): PdfValue | undefined {
    this.skipSpace()
    const [byte, next] = [this.bytes[this.at], this.bytes[this.at + 1]]
    if (byte === undefined || depth > MAX_DEPTH) return undefined
    if (byte === LEFT_ANGLE) return next === LEFT_ANGLE ? this.dictionary(depth) : this.hexString()
    if (byte === LEFT_ROUND) return this.literalString()
    if (byte === LEFT_SQUARE) return this.array(depth)
    if (byte === SLASH) return `/${this.word(1)}`
    return this.scalar()
  }

  skipSpace(): void {
    for (; this.at < this.bytes.length; this.at++) {
      const byte = this.bytes[this.at] ?? 0
      if (byte === PERCENT) {
        while (this.at < this.bytes.length && !this.isLineEnd()) this.at++
      } else if (!SPACES.has(byte)) return
    }
  }

  /** Characters up to a space or delimiter, `skip` bytes from here; moves behind them. */
  word(skip = 0): string {
    const from = this.at + skip
    this.at = from
    while (this.at < this.bytes.length && this.isRegular(this.bytes[this.at] ?? 0)) this.at++
    return String.fromCharCode(...this.bytes.subarray(from, Math.min(this.at, from + 128)))
  }

  private isRegular = (byte: number) => !SPACES.has(byte) && !DELIMITERS.has(byte)
  private isLineEnd = () => this.bytes[this.at] === 10 || this.bytes[this.at] === 13

  private dictionary(depth: number): Dictionary | undefined {
    const entries = new Map<string, PdfValue>()
    this.at += 2
    for (;;) {
      this.skipSpace()
      if (this.bytes[this.at] === RIGHT_ANGLE) {
        this.at += 2
        return entries
      }
      if (this.bytes[this.at] !== SLASH) return undefined
      const key = this.word(1)
      const value = this.value(depth + 1)
      if (value === undefined) return undefined
      entries.set(key, value)
    }
  }

  private array(depth: number): readonly PdfValue[] | undefined {
    const items: PdfValue[] = []
    this.at += 1
    for (;;) {
      this.skipSpace()
      if (this.bytes[this.at] === RIGHT_SQUARE) {
        this.at += 1
        return items
      }
      const item = this.value(depth + 1)
      if (item === undefined) return undefined
      items.push(item)
    }
  }

  /** A number, a reference `N G R`, true, false or null. */
  private scalar(): PdfValue | undefined {
    const text = this.word()
    if (text === 'true' || text === 'false') return text === 'true'
    if (text === 'null') return null
    const number = Number(text)
    if (text === '' || Number.isNaN(number)) return undefined
    const behind = this.at
    this.skipSpace()
    const isReference = /^\d+$/.test(text) && /^\d+$/.test(this.word()) && this.endsReference()
    if (isReference) return { object: number }
    this.at = behind
    return number
  }

  private endsReference(): boolean {
    this.skipSpace()
    return this.word() === 'R'
  }

  private literalString(): '' | undefined {
    let open = 0
    for (; this.at < this.bytes.length; this.at++) {
      const byte = this.bytes[this.at]
      if (byte === BACKSLASH) this.at++
      else if (byte === LEFT_ROUND) open++
      else if (byte === RIGHT_ROUND && --open === 0) {
        this.at++
        return ''
      }
    }
    return undefined
  }

  private hexString(): '' | undefined {
    const end = this.bytes.indexOf(RIGHT_ANGLE, this.at)
    if (end < 0) return undefined
    this.at = end + 1
    return ''
  }
}
