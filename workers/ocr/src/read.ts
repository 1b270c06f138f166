// A picture file to a page of words: decode, turn upright, find the lines, read each, and give the words back in pixels of the upright
// picture. What helps reading and what does not: docs/decisions/0012-a-reader-of-lines.md.
import { checkImage, unreadable } from '../../../src/document/ocr'
import type { Page, Word } from '../../../src/document/words'
import { fail, ok, type Result } from '../../../src/failure'
import { MAX_OCR_PIXELS, MAX_PAGE_WORDS } from '../../../src/limits'
import { decode } from './decode'
import { type Engine, withEngine } from './engine'
import { mapOf } from './map'
import { type Picture, turned } from './picture'
import { type Region, regionsOf } from './regions'
import { STRIP_HEIGHT, stripSize, writeStrip } from './strip'
import { wordsOf } from './words'

/** Fails as `invalid` where the file is no picture, as `too-large` where decoding it would take too much memory or it has too many words. */
export async function readPicture(
  image: Uint8Array<ArrayBuffer>,
  orientation?: number,
): Promise<Result<Page>> {
  const header = checkImage(image)
  if (!header.ok) return header
  const { width, height } = header.value
  const turn = orientation ?? header.value.orientation
  const shrink = Math.ceil(Math.sqrt((width * height) / MAX_OCR_PIXELS))
  const decoded = await decode(image, header.value, shrink)
  if (decoded === undefined) return unreadable()
  const words = await withEngine((engine) => wordsIn(turned(decoded, turn), engine))
  if (words === undefined) return tooManyWords()
  const size = turn >= 5 ? { width: height, height: width } : { width, height }
  return ok({ ...size, words: words.map((word) => placed(word, shrink, size)) })
}

/** undefined where there are more than a page may have: lines are counted before they are read, which is what takes long. */
async function wordsIn(picture: Picture, engine: Engine): Promise<readonly Word[] | undefined> {
  const map = await mapOf(picture, engine.lines)
  const regions = regionsOf(map).map((region) => sized(region, 1 / map.factor))
  if (regions.length > MAX_PAGE_WORDS) return undefined
  const words: Word[] = []
  for (const region of regions) words.push(...(await readLine(picture, region, engine)))
  return words.length > MAX_PAGE_WORDS ? undefined : words
}

async function readLine(
  picture: Picture,
  region: Region,
  { letters }: Engine,
): Promise<readonly Word[]> {
  const { own, all } = stripSize(region)
  const fill = (input: Float32Array) => writeStrip(picture, region, input)
  return letters.run([1, 3, STRIP_HEIGHT, all], fill, ({ dims, data }) => {
    const [, count = 0, size = 0] = dims
    return wordsOf({ count, letters: size, chances: data, own: (count * own) / all }, region)
  })
}

const sized = (region: Region, by: number): Region => ({
  x: region.x * by,
  y: region.y * by,
  width: region.width * by,
  height: region.height * by,
  angle: region.angle,
})

/** In pixels of the page, and on it: boxes are let out, also over the edge. */
function placed(word: Word, by: number, { width, height }: Omit<Page, 'words'>): Word {
  const [x0, y0, x1, y1] = word.box
  const within = (at: number, side: number) => Math.min(side, Math.max(0, at * by))
  return {
    ...word,
    box: [within(x0, width), within(y0, height), within(x1, width), within(y1, height)],
  }
}

const tooManyWords = () =>
  fail({ kind: 'too-large', limit: 'words of a picture', max: MAX_PAGE_WORDS, unit: 'words' })
