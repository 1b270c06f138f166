// Reads the bits of a DEFLATE stream (RFC 1951, 3.1.1): least significant first. Never throws: behind the end, or after a
// fault, it gives zeros and `ended` is true.

/** One stream's bits, read once from its beginning. */
export class Bits {
  ended = false
  /** Bytes taken or skipped. */
  read = 0
  private readonly bytes: Uint8Array
  private left = 0
  private current = 0

  constructor(bytes: Uint8Array) {
    this.bytes = bytes
  }

  /** The next bits as a number, the first one lowest. */
  take(count: number): number {
    let value = 0
    for (let i = 0; i < count; i++) {
      if (this.left === 0) this.next()
      value |= (this.current & 1) << i
      this.current >>= 1
      this.left--
    }
    return value
  }

  /** Skips a stored block (3.2.4) and returns its size. */
  skipStored(): number {
    this.left = 0
    const size = this.take(16)
    this.take(16)
    const there = Math.min(size, Math.max(0, this.bytes.length - this.read))
    this.read += there
    if (there < size) this.ended = true
    return there
  }

  /** Ends the reading at a fault; 0, to stand for the value that is not there. */
  giveUp(): number {
    this.ended = true
    return 0
  }

  private next(): void {
    if (this.read >= this.bytes.length) this.ended = true
    this.current = this.bytes[this.read++] ?? 0
    this.left = 8
  }
}
