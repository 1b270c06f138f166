// Looks through a PDF's raw streams before pdf.js does: how far each inflates, and whether one is a page-sized image.
// pdf.js inflates a content stream whole, so a small file could take the isolate's memory; here it is only
// counted. Only plain Flate is measured, which is what writers use; the platform's limits stay behind it.
import { fail, ok, type Result } from '../failure'
import {
  LEAST_SCAN_PIXELS,
  MAX_PDF_CODE,
  MAX_PDF_INFLATED_BYTES,
  MAX_PDF_STREAM_BYTES,
} from '../limits'
import { inflatedSize } from './inflate-size'

/** Streams that lie over each other are looked at no more often than this, the file's length being one. */
const WORK = 4
const DICTIONARY_BYTES = 1024
const ZLIB_HEADER_BYTES = 2
const KEYWORD = new TextEncoder().encode('stream')
const LETTER_D = 0x64
const CARRIAGE_RETURN = 0x0d
const LINE_FEED = 0x0a

export interface Inspection {
  /** Some page may be a scan: what has no text on it is not simply empty. */
  readonly hasPageImage: boolean
}

/** Fails with `too-large` where the streams would inflate, or a font's widths would reach, beyond the limits. */
export function inspectPdf(bytes: Uint8Array): Result<Inspection> {
  if (hasEndlessWidths(bytes)) return tooManyCodes()
  let hasPageImage = false
  let [total, work] = [0, WORK * bytes.length]
  for (const at of streamKeywords(bytes)) {
    hasPageImage = hasPageImage || isPageImage(dictionaryBefore(bytes, at))
    const start = afterLineEnd(bytes, at + KEYWORD.length)
    if (!isZlib(bytes, start)) continue
    const data = bytes.subarray(start + ZLIB_HEADER_BYTES)
    const { size, read } = inflatedSize(data, MAX_PDF_STREAM_BYTES)
    total += size
    work -= read
    if (size > MAX_PDF_STREAM_BYTES) return over('one stream of a PDF', MAX_PDF_STREAM_BYTES)
    if (total > MAX_PDF_INFLATED_BYTES || work < 0) {
      return over('the streams of a PDF', MAX_PDF_INFLATED_BYTES)
    }
  }
  return ok({ hasPageImage })
}

const over = (limit: string, max: number) =>
  fail({ kind: 'too-large', limit, max, unit: 'bytes, inflated' })

const tooManyCodes = () =>
  fail({ kind: 'too-large', limit: 'the widths of a font', max: MAX_PDF_CODE, unit: 'codes' })

/**
 * Widths of a composite font for codes that no font has (`/W [0 99999999 500]`): pdf.js writes each of them into an array. Fonts that
 * stand in compressed object streams are not seen here.
 */
function hasEndlessWidths(bytes: Uint8Array): boolean {
  const text = new TextDecoder('latin1').decode(bytes)
  return /\/W2?\s*\[[\d\s.+[\]-]*?(?<![\d.])\d{6}/.test(text)
}

/** Offsets of the keyword `stream`, without those of `endstream`. */
function* streamKeywords(bytes: Uint8Array): Generator<number> {
  const first = KEYWORD[0] ?? 0
  for (let at = bytes.indexOf(first); at >= 0; at = bytes.indexOf(first, at + 1)) {
    const matches = KEYWORD.every((byte, i) => bytes[at + i] === byte)
    if (matches && bytes[at - 1] !== LETTER_D) yield at
  }
}

function afterLineEnd(bytes: Uint8Array, at: number): number {
  const next = bytes[at] === CARRIAGE_RETURN ? at + 1 : at
  return bytes[next] === LINE_FEED ? next + 1 : next
}

/** RFC 1950, 2.2: method 8, and the first two bytes are a multiple of 31. */
function isZlib(bytes: Uint8Array, at: number): boolean {
  const [method = 0, flags = 1] = bytes.subarray(at, at + 2)
  return (method & 15) === 8 && (method * 256 + flags) % 31 === 0
}

function dictionaryBefore(bytes: Uint8Array, at: number): string {
  const text = String.fromCharCode(...bytes.subarray(Math.max(0, at - DICTIONARY_BYTES), at))
  return text.slice(text.lastIndexOf(' obj') + 1)
}

function isPageImage(dictionary: string): boolean {
  if (!/\/Subtype\s*\/Image\b/.test(dictionary)) return false
  const side = (name: string) => {
    const number = new RegExp(`/${name}\\s+(\\d+)(?!\\d|\\s+\\d+\\s+R)`).exec(dictionary)?.[1]
    return number === undefined ? Number.POSITIVE_INFINITY : Number(number)
  }
  return side('Width') * side('Height') >= LEAST_SCAN_PIXELS
}
