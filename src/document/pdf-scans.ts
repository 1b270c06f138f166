// The pages of a PDF that have no text layer: their pictures are taken out and read by the OCR, page by page, so that mixed files
// work. What cannot be read is refused by its page's number rather than reported as empty; a page without text and picture is empty.
import { fail, ok, type Result } from '../failure'
import { MAX_SCANNED_PAGES, MAX_WORDS } from '../limits'
import { type Ocr, readImage } from './ocr'
import type { TextPage } from './pdf'
import { imageOf, pagesOf } from './pdf-images'
import { PdfObjects } from './pdf-objects'
import { pictureFile } from './pdf-picture'
import type { Dictionary } from './pdf-syntax'
import type { Document, Page, Word } from './words'

/** EXIF's orientations by degrees clockwise. */
const TURNS: Readonly<Record<number, number>> = { 0: 1, 90: 6, 180: 3, 270: 8 }

/** @param bytes the file, undefined where no image in it is large enough to be a page */
export async function withScans(
  pages: readonly TextPage[],
  bytes: Uint8Array<ArrayBuffer> | undefined,
  ocr: Ocr,
): Promise<Result<Document>> {
  const bare = pages.filter(({ words }) => words.length === 0).length
  if (bytes === undefined && bare === pages.length)
    return invalid('The PDF has no text layer and no picture of a page')
  if (bytes === undefined || bare === 0) return ok({ pages: pages.map(pageAlone) })
  const objects = await PdfObjects.in(bytes)
  const own = pagesOf(objects)
  if (own?.length !== pages.length)
    return invalid('A page has no text layer, and its picture cannot be found')
  return readScans(pages, own, objects, ocr)
}

async function readScans(
  pages: readonly TextPage[],
  dictionaries: readonly Dictionary[],
  objects: PdfObjects,
  ocr: Ocr,
): Promise<Result<Document>> {
  const read: Page[] = []
  let [scans, words] = [0, 0]
  for (const [i, page] of pages.entries()) {
    const dictionary = page.words.length === 0 ? dictionaries[i] : undefined
    const scan = dictionary && (await readScan(page, i + 1, dictionary, objects, ocr))
    if (scan !== undefined && !scan.ok) return scan
    scans += scan?.value.words.length ? 1 : 0
    if (scans > MAX_SCANNED_PAGES) return tooManyScans()
    const whole = scan?.value ?? pageAlone(page)
    words += whole.words.length
    if (words > MAX_WORDS) return tooManyWords()
    read.push(whole)
  }
  return ok({ pages: read })
}

async function readScan(
  page: TextPage,
  number: number,
  dictionary: Dictionary,
  objects: PdfObjects,
  ocr: Ocr,
): Promise<Result<Page>> {
  const image = imageOf(objects, dictionary)
  if (image === undefined) return ok(pageAlone(page))
  if (image === 'several')
    return invalid(`Page ${number} is made of several pictures and has no text layer`)
  const file = await pictureFile(image, objects)
  if (file === undefined)
    return invalid(
      `Page ${number} is a picture of a kind that is not read: JPEG and deflated ones are`,
    )
  const read = await readImage(file, ocr, TURNS[page.rotate] ?? 1)
  return read.ok ? ok(inPoints(read.value, page)) : read
}

/** The picture covers the page: its words, in the page's units. */
function inPoints(picture: Page, { width, height }: TextPage): Page {
  const [x, y] = [width / picture.width, height / picture.height]
  const words = picture.words.map(({ box: [x0, y0, x1, y1], ...word }): Word => {
    return { ...word, box: [x0 * x, y0 * y, x1 * x, y1 * y] }
  })
  return { width, height, words }
}

const pageAlone = ({ width, height, words }: TextPage): Page => ({ width, height, words })

const invalid = (detail: string) => fail({ kind: 'invalid', issues: [{ pointer: '', detail }] })
const tooManyScans = () =>
  fail({
    kind: 'too-large',
    limit: 'pages to be read by OCR',
    max: MAX_SCANNED_PAGES,
    unit: 'pages',
  })
const tooManyWords = () =>
  fail({ kind: 'too-large', limit: 'words of all pages', max: MAX_WORDS, unit: 'words' })
