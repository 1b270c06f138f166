// A picture file to a page of words: decode, turn upright, bring to a size that Tesseract reads well, read, and give the words
// back in pixels of the upright picture. What helps reading and what does not: docs/decisions/0010-pictures.md.
import type { OCREngine } from 'tesseract-wasm'
import { checkImage, unreadable } from '../../../src/document/ocr'
import type { Page } from '../../../src/document/words'
import { fail, ok, type Result } from '../../../src/failure'
import {
  LARGE_DECODED_BYTES,
  MAX_OCR_PIXELS,
  MAX_OCR_PIXELS_LARGE,
  MAX_PAGE_WORDS,
} from '../../../src/limits'
import { decode } from './decode'
import { shrinkEngine, withEngine } from './engine'
import { type Picture, rgbaOf, scaled, turned } from './picture'
import { best, type Line } from './readings'
import { linesOf } from './words'

/** What words are brought to for each reading, pixels of their boxes. */
const WORD_HEIGHTS = [24, 32]
const [LEAST_REDUCED, MAX_ENLARGED, NEAR] = [0.4, 4, 0.1]
const LEAST_SIDE = 6

/** Fails as `invalid` where the file is no picture, as `too-large` where decoding it would take too much memory or it has too many words. */
export async function readPicture(
  image: Uint8Array<ArrayBuffer>,
  language: string,
  orientation?: number,
): Promise<Result<Page>> {
  const header = checkImage(image)
  if (!header.ok) return header
  const { width, height, bytesPerPixel } = header.value
  const isLarge = width * height * bytesPerPixel > LARGE_DECODED_BYTES
  const maxPixels = isLarge ? MAX_OCR_PIXELS_LARGE : MAX_OCR_PIXELS
  if (isLarge) shrinkEngine()
  const turn = orientation ?? header.value.orientation
  const shrink = Math.ceil(Math.sqrt((width * height) / maxPixels))
  const decoded = await decode(image, header.value, shrink)
  if (decoded === undefined) return unreadable()
  const upright = turned(decoded, turn)
  const lines = await recognise(upright, { shrink, maxPixels, language })
  if (lines === undefined) return tooManyWords()
  const size = turn >= 5 ? { width: height, height: width } : { width, height }
  return ok({ ...size, words: lines.flat() })
}

interface How {
  /** Pixels of the file's picture for each of those here, a side; boxes are in the file's. */
  readonly shrink: number
  /** To be looked at, at most. */
  readonly maxPixels: number
  readonly language: string
}

/**
 * The picture's words by line. undefined where the layout has more words than a page may
 * have: they are counted before they are read, which is what takes long.
 */
function recognise(
  picture: Picture,
  { shrink, maxPixels, language }: How,
): Promise<readonly Line[] | undefined> {
  return withEngine(language, (tesseract: OCREngine) => {
    tesseract.loadImage(rgbaOf(picture))
    const heights = heightsOf(tesseract)
    const factors = WORD_HEIGHTS.map((height) => factorFor(picture, heights, height, maxPixels))
    const readings: (readonly Line[])[] = []
    for (const factor of new Set(factors)) {
      tesseract.loadImage(rgbaOf(factor === 1 ? picture : scaled(picture, factor)))
      if (tesseract.getBoundingBoxes('word').length > MAX_PAGE_WORDS) return undefined
      readings.push(linesOf(tesseract.getTextBoxes('word'), shrink / factor))
    }
    return readings.reduce(best)
  })
}

/** Of the words that the layout shows, in pixels; specks and rules left out. */
function heightsOf(tesseract: OCREngine): readonly number[] {
  return tesseract
    .getBoundingBoxes('word')
    .map(({ rect }) => ({ height: rect.bottom - rect.top, width: rect.right - rect.left }))
    .filter(({ height, width }) => height >= LEAST_SIDE && width >= LEAST_SIDE)
    .map(({ height }) => height)
}

/** Brings the usual word to the height that is read best, as far as the pixels allow; near enough is left as it is. */
function factorFor(
  { width, height }: Picture,
  heights: readonly number[],
  wordHeight: number,
  maxPixels: number,
): number {
  const usual = heights.toSorted((a, b) => a - b)[heights.length >> 1]
  const wanted = usual === undefined ? MAX_ENLARGED : wordHeight / usual
  const most = Math.min(MAX_ENLARGED, Math.sqrt(maxPixels / (width * height)))
  const factor = Math.min(most, Math.max(LEAST_REDUCED, wanted))
  return Math.abs(factor - 1) < NEAR ? 1 : factor
}

const tooManyWords = () =>
  fail({ kind: 'too-large', limit: 'words of a picture', max: MAX_PAGE_WORDS, unit: 'words' })
