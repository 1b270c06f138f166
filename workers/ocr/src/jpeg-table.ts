// A JPEG's Huffman codes and the bits that they are read from (ITU T.81, annexes C and F).

/** By the next 16 bits: the code's length times 256, and what it stands for; 0 where they begin with no code. */
export type Table = Uint16Array

/** @param said how many codes there are of each length, 1 to 16, and what they stand for */
export function tableOf(said: Uint8Array | undefined): Table {
  const table = new Uint16Array(said === undefined ? 0 : 65536)
  let [at, from] = [16, 0]
  for (let length = 1; length <= 16; length++) {
    for (let i = 0; i < (said?.[length - 1] ?? 0); i++) {
      const to = from + (65536 >> length)
      table.fill((length << 8) | (said?.[at++] ?? 0), from, to)
      from = to
    }
  }
  return table
}

/** The bits of one scan, up to the next marker; behind it there are zeros, which a whole file never takes. */
export class Bits {
  /** The next byte of the file. */
  at: number
  readonly #file: Uint8Array
  #bits = 0
  #count = 0
  #made = 0

  constructor(file: Uint8Array, at: number) {
    this.#file = file
    this.at = at
  }

  code(table: Table): number {
    const entry = table[this.#peek()] ?? 0
    if (entry === 0) throw new Error('The JPEG has a code that stands for nothing')
    this.#count -= entry >> 8
    return entry & 0xff
  }

  /** At most 16 bits. */
  take(length: number): number {
    if (length === 0) return 0
    const value = this.#peek() >> (16 - length)
    this.#count -= length
    return value
  }

  /** A number of so many bits, those that begin with 0 being negative. */
  signed(length: number): number {
    if (length === 0) return 0
    const value = this.take(length)
    return value >> (length - 1) === 0 ? value - (1 << length) + 1 : value
  }

  /** Leaves out what is left before a restart's marker, and the marker. */
  restart(): void {
    this.check()
    this.#count = 0
    this.#made = 0
    const isMarker =
      this.#file[this.at] === 0xff && ((this.#file[this.at + 1] ?? 0) & 0xf8) === 0xd0
    if (!isMarker) throw new Error('The JPEG has no restart where there should be one')
    this.at += 2
  }

  /** Throws where more was read than there is. */
  check(): void {
    if (this.#made > this.#count) throw new Error('The JPEG is cut off')
  }

  #peek(): number {
    while (this.#count < 16) {
      const byte = this.#file[this.at] ?? 0xff
      const isMarker = byte === 0xff && this.#file[this.at + 1] !== 0
      if (isMarker) this.#made += 8
      else this.at += byte === 0xff ? 2 : 1
      this.#bits = (this.#bits << 8) | (isMarker ? 0 : byte)
      this.#count += 8
    }
    return (this.#bits >>> (this.#count - 16)) & 0xffff
  }
}
