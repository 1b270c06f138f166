// The objects of a PDF by number, found by looking through the file and not by its cross-references, which are what is broken when
// anything is. Of an object that was written several times the last one counts. Objects within compressed object streams
// are unpacked up to a limit; a file with more of them is left to the caller as unreadable. Encrypted streams stay so.
import { MAX_PDF_OBJECT_BYTES } from '../limits'
import { type Dictionary, isReference, PdfReader, type PdfValue } from './pdf-syntax'

export interface Stream {
  readonly dictionary: Dictionary
  /** As in the file, its filters not undone. */
  readonly data: Uint8Array<ArrayBuffer>
}

/** One object is read no farther than this, bytes, and all of them together no farther than so many times the file's length. */
const OBJECT_REACH = 1024 * 1024
const WORK = 8

const [LETTER_O, LETTER_B, LETTER_J] = [0x6f, 0x62, 0x6a]
const END_STREAM = new TextEncoder().encode('endstream')

export class PdfObjects {
  private readonly bytes: Uint8Array<ArrayBuffer>
  /** Where the value of each object begins. */
  private readonly places: Map<number, number>
  private readonly packed = new Map<number, PdfValue>()
  /** Bytes that may still be looked at: a file of objects that never end would take forever. */
  private work: number

  private constructor(bytes: Uint8Array<ArrayBuffer>) {
    this.bytes = bytes
    this.places = placesIn(bytes)
    this.work = WORK * bytes.length
  }

  static async in(bytes: Uint8Array<ArrayBuffer>): Promise<PdfObjects> {
    const objects = new PdfObjects(bytes)
    await objects.unpack()
    return objects
  }

  /** Numbers of all objects that stand by themselves or in object streams. */
  numbers(): Iterable<number> {
    return new Set([...this.places.keys(), ...this.packed.keys()])
  }

  /** A value with a reference followed; undefined where it leads nowhere. */
  resolve(value: PdfValue | undefined): PdfValue | undefined {
    let current = value
    for (let hops = 0; hops < 8; hops++) {
      if (!isReference(current)) return current
      current = this.get(current.object)
    }
    return undefined
  }

  dictionary(value: PdfValue | undefined): Dictionary | undefined {
    const resolved = this.resolve(value)
    return resolved instanceof Map ? resolved : undefined
  }

  number(value: PdfValue | undefined): number | undefined {
    const resolved = this.resolve(value)
    return typeof resolved === 'number' ? resolved : undefined
  }

  /** The stream that a reference leads to. */
  stream(value: PdfValue | undefined): Stream | undefined {
    if (!isReference(value)) return undefined
    const at = this.places.get(value.object)
    if (at === undefined) return undefined
    const { value: dictionary, reader } = this.read(at)
    if (!(dictionary instanceof Map)) return undefined
    reader.skipSpace()
    if (reader.word() !== 'stream') return undefined
    const end = at + reader.at
    const from = end + (this.bytes[end] === 13 ? 2 : 1)
    return { dictionary, data: this.bytes.subarray(from, this.endOf(dictionary, from)) }
  }

  /** The value at a place, and a reader that stands behind it, counting from there. */
  private read(at: number): { value: PdfValue | undefined; reader: PdfReader } {
    const reach = this.work > 0 ? OBJECT_REACH : 0
    const reader = new PdfReader(this.bytes.subarray(at, at + reach), 0)
    const value = reader.value()
    this.work -= reader.at
    return { value, reader }
  }

  private get(object: number): PdfValue | undefined {
    const at = this.places.get(object)
    return at === undefined ? this.packed.get(object) : this.read(at).value
  }

  /** By its Length where `endstream` stands there, else by looking for that. */
  private endOf(dictionary: Dictionary, from: number): number {
    const length = this.number(dictionary.get('Length'))
    if (length !== undefined && length >= 0) {
      const reader = new PdfReader(this.bytes, from + length)
      reader.skipSpace()
      if (reader.word() === 'endstream') return from + length
    }
    const found = this.work > 0 ? indexOf(this.bytes, END_STREAM, from) : -1
    const end = found < 0 ? this.bytes.length : found
    this.work -= end - from
    return end
  }

  private async unpack(): Promise<void> {
    let room = MAX_PDF_OBJECT_BYTES
    for (const object of this.places.keys()) {
      if (this.dictionary({ object })?.get('Type') !== '/ObjStm') continue
      const stream = this.stream({ object })
      const data = stream && (await inflate(stream.data, room))
      if (stream === undefined || data === undefined) continue
      room -= data.length
      this.readPacked(
        data,
        this.number(stream.dictionary.get('N')) ?? 0,
        this.number(stream.dictionary.get('First')) ?? 0,
      )
    }
  }

  private readPacked(data: Uint8Array, count: number, first: number): void {
    const header = new PdfReader(data, 0)
    for (let i = 0; i < count && header.at < first; i++) {
      header.skipSpace()
      const object = Number(header.word())
      header.skipSpace()
      const value = new PdfReader(data, first + Number(header.word())).value()
      if (value !== undefined) this.packed.set(object, value)
    }
  }
}

/** Behind every `N G obj`. */
function placesIn(bytes: Uint8Array): Map<number, number> {
  const places = new Map<number, number>()
  for (let at = bytes.indexOf(LETTER_O); at >= 0; at = bytes.indexOf(LETTER_O, at + 1)) {
    if (bytes[at + 1] !== LETTER_B || bytes[at + 2] !== LETTER_J) continue
    const before = String.fromCharCode(...bytes.subarray(Math.max(0, at - 24), at))
    const number = /(\d+)[\s\0]+\d+[\s\0]+$/.exec(before)?.[1]
    if (number !== undefined) places.set(Number(number), at + 3)
  }
  return places
}

function indexOf(bytes: Uint8Array, wanted: Uint8Array, from: number): number {
  const first = wanted[0] ?? 0
  for (let at = bytes.indexOf(first, from); at >= 0; at = bytes.indexOf(first, at + 1)) {
    if (wanted.every((byte, i) => bytes[at + i] === byte)) return at
  }
  return -1
}

/** A zlib stream unpacked; undefined where it is broken or has more than `limit` bytes. */
export async function inflate(
  data: Uint8Array<ArrayBuffer>,
  limit: number,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const chunks: Uint8Array[] = []
  let size = 0
  try {
    const reader = new Blob([data])
      .stream()
      .pipeThrough(new DecompressionStream('deflate'))
      .getReader()
    for (;;) {
      const { done, value } = await reader.read()
      if (done) break
      size += value.length
      if (size > limit) {
        await reader.cancel()
        return undefined
      }
      chunks.push(value)
    }
  } catch {
    return undefined
  }
  const whole = new Uint8Array(size)
  let at = 0
  for (const chunk of chunks) {
    whole.set(chunk, at)
    at += chunk.length
  }
  return whole
}
