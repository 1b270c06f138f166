// A PDF's image as a file that the OCR Worker takes, without decoding it: a JPEG stands in a PDF as it is, and what is only deflated
// is a PNG but for its wrapping. Fax and JBIG2 pictures, JPEG 2000 and odd colour spaces are not taken (undefined).
import { MAX_PDF_STREAM_BYTES } from '../limits'
import type { PageImage } from './pdf-images'
import { inflate, type PdfObjects } from './pdf-objects'
import type { Dictionary, PdfValue } from './pdf-syntax'
import { pngOf } from './png'

/** Components of a pixel by the colour spaces that PNG has too. */
const CHANNELS: Readonly<Record<string, number>> = {
  '/DeviceGray': 1,
  '/CalGray': 1,
  '/G': 1,
  '/DeviceRGB': 3,
  '/CalRGB': 3,
  '/RGB': 3,
}

export async function pictureFile(
  { width, height, stream }: PageImage,
  objects: PdfObjects,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const { dictionary, data } = stream
  const filters = listOf(objects.resolve(dictionary.get('Filter'))).map((it) => objects.resolve(it))
  if (filters.length === 1 && filters[0] === '/DCTDecode') return data
  if (filters.length === 2 && filters[0] === '/FlateDecode' && filters[1] === '/DCTDecode') {
    return inflate(data, MAX_PDF_STREAM_BYTES)
  }
  if (filters.length !== 1 || filters[0] !== '/FlateDecode') return undefined
  const channels = channelsOf(dictionary, objects)
  const bits = isMask(dictionary) ? 1 : objects.number(dictionary.get('BitsPerComponent'))
  if (channels === undefined || bits === undefined || ![1, 2, 4, 8].includes(bits)) return undefined
  if (channels === 3 && bits !== 8) return undefined
  const [parameters] = listOf(objects.resolve(dictionary.get('DecodeParms')))
  const predictor = objects.number(objects.dictionary(parameters)?.get('Predictor')) ?? 1
  if (predictor === 2) return undefined
  const rows = { width, height, bits, channels }
  return pngOf(rows, data, predictor >= 10)
}

const isMask = (dictionary: Dictionary) => dictionary.get('ImageMask') === true

const listOf = (value: PdfValue | undefined): readonly PdfValue[] =>
  value === undefined || value === null ? [] : Array.isArray(value) ? value : [value]

function channelsOf(dictionary: Dictionary, objects: PdfObjects): number | undefined {
  if (isMask(dictionary)) return 1
  const space = objects.resolve(dictionary.get('ColorSpace'))
  const [family, profile] = listOf(space).map((it, i) => (i === 0 ? objects.resolve(it) : it))
  if (family === '/ICCBased') return objects.number(objects.stream(profile)?.dictionary.get('N'))
  return typeof family === 'string' ? CHANNELS[family] : undefined
}
