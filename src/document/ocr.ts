// Pictures to pages of words, by the OCR Worker behind its service binding. This side looks at the header alone: what is no picture
// or too large a one never crosses. The pixels are decoded over there, where the memory for them is: here the model has it.
import { fail, ok, type Result } from '../failure'
import { MAX_DECODED_BYTES, MAX_IMAGE_BYTES } from '../limits'
import { type ImageHeader, readImageHeader } from './image-header'
import type { Page } from './words'

/** The OCR Worker as the main one calls it; `workers/ocr` is the implementation. Units of the page are pixels of the upright picture. */
export interface Ocr {
  /** @param orientation how it is to be turned, as EXIF counts; without it, as its own EXIF says */
  read(image: Uint8Array<ArrayBuffer>, orientation?: number): Promise<Result<Page>>
}

/** What a service binding says of the same: types lose their tuples on the way over. */
interface Binding {
  read(image: Uint8Array<ArrayBuffer>, orientation?: number): Promise<unknown>
}

export function createOcr(binding: Binding): Ocr {
  return { read: async (...asked) => (await binding.read(...asked)) as Result<Page> }
}

/** Seconds after which a caller may try again when the OCR Worker could not be reached. */
const RETRY_SECONDS = 10

/** One page. Issues point at the file itself (''). `unavailable` when the OCR Worker is away, `rate-limited` when it is busy. */
export async function readImage(
  image: Uint8Array<ArrayBuffer>,
  ocr: Ocr,
  orientation?: number,
): Promise<Result<Page>> {
  const header = checkImage(image)
  if (!header.ok) return header
  try {
    return await ocr.read(image, orientation)
  } catch (error) {
    const reason = error instanceof Error ? error.name : typeof error
    console.error(JSON.stringify({ event: 'ocr-failed', reason }))
    const detail = 'Reading pictures is not available at the moment; PDFs with text and words are.'
    return fail({ kind: 'unavailable', detail, retryAfterSeconds: RETRY_SECONDS })
  }
}

/** The header of a picture that may be decoded. */
export function checkImage(image: Uint8Array): Result<ImageHeader> {
  const header = readImageHeader(image)
  if (header === undefined) return unreadable()
  if (image.byteLength > MAX_IMAGE_BYTES) {
    return fail({ kind: 'too-large', limit: 'a picture', max: MAX_IMAGE_BYTES, unit: 'bytes' })
  }
  const max = Math.floor(MAX_DECODED_BYTES / header.bytesPerPixel)
  return header.width * header.height <= max
    ? ok(header)
    : fail({ kind: 'too-large', limit: 'a picture of this kind', max, unit: 'pixels' })
}

export const unreadable = () =>
  fail({ kind: 'invalid', issues: [{ pointer: '', detail: 'The picture cannot be read' }] })
