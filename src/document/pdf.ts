// Reads the text layer of a PDF: pages of words in points, origin top left, as the page is shown (its rotation applied).
// Whatever pdf.js throws about a file is the file's fault and becomes a 422; nothing of the file is repeated.
// Pages without text go to pdf-scans.ts afterwards, when pdf.js has let go of its memory.
import { getResolvedPDFJS } from 'unpdf'
import { fail, ok, type Result } from '../failure'
import { MAX_WORDS } from '../limits'
import { type Ceiling, REQUEST_CEILING } from './ceiling'
import type { Ocr } from './ocr'
import { PdfFence } from './pdf-fence'
import { inspectPdf } from './pdf-guard'
import { withScans } from './pdf-scans'
import { type Matrix, type TextRun, wordsOf } from './pdf-words'
import type { Document, Page } from './words'

/** Runs of one page. Some writers place every character by itself, so a page may have far more runs than words. */
const MAX_RUNS = 5 * MAX_WORDS

type PdfJs = Awaited<ReturnType<typeof getResolvedPDFJS>>
type LoadingTask = ReturnType<PdfJs['getDocument']>
type PdfDocument = Awaited<LoadingTask['promise']>
type PdfPage = Awaited<ReturnType<PdfDocument['getPage']>>

/** A page as its text layer has it, and how it is turned to be shown, degrees clockwise. */
export interface TextPage extends Page {
  readonly rotate: number
}

/** Issues point at the file itself (''). The bytes may be handed over to pdf.js and must not be used afterwards. */
export async function readPdf(
  bytes: Uint8Array<ArrayBuffer>,
  ocr: Ocr,
  ceiling: Ceiling = REQUEST_CEILING,
): Promise<Result<Document>> {
  const inspected = inspectPdf(bytes)
  if (!inspected.ok) return inspected
  const { hasPageImage } = inspected.value
  const pages = await readTextLayer(hasPageImage ? bytes.slice() : bytes, ceiling)
  return pages.ok ? withScans(pages.value, hasPageImage ? bytes : undefined, ocr) : pages
}

async function readTextLayer(
  bytes: Uint8Array<ArrayBuffer>,
  ceiling: Ceiling,
): Promise<Result<readonly TextPage[]>> {
  const { getDocument } = await getResolvedPDFJS()
  const fence = new PdfFence()
  return fence.around(async () => {
    const task = getDocument({
      data: bytes,
      useSystemFonts: false,
      disableFontFace: true,
      verbosity: 0,
    })
    try {
      const pdf = await attempt(task.promise)
      if (!pdf.ok) return pdf
      return await readPages(pdf.value, fence, ceiling)
    } finally {
      await task.destroy()
    }
  })
}

async function readPages(
  pdf: PdfDocument,
  fence: PdfFence,
  ceiling: Ceiling,
): Promise<Result<readonly TextPage[]>> {
  if (pdf.numPages > ceiling.pages) {
    const { pages: max, more } = ceiling
    return fail({ kind: 'too-large', limit: 'pages', max, unit: 'pages', ...more })
  }
  const pages: TextPage[] = []
  let room = ceiling.words
  for (let number = 1; number <= pdf.numPages; number++) {
    fence.nextPage()
    const page = await attempt(pdf.getPage(number))
    if (!page.ok) return page
    const read = await readPage(page.value)
    page.value.cleanup()
    if (!read.ok) return read
    room -= read.value.words.length
    if (room < 0) return tooManyWords(ceiling.words, ceiling)
    pages.push(read.value)
  }
  return ok(pages)
}

async function readPage(page: PdfPage): Promise<Result<TextPage>> {
  const { width, height, transform } = page.getViewport({ scale: 1 })
  const runs = await attempt(readRuns(page))
  if (!runs.ok) return runs
  if (runs.value.length > MAX_RUNS) return tooManyWords(MAX_WORDS, { ...REQUEST_CEILING, more: {} })
  const inside = ({ box: [x0, y0, x1, y1] }: Page['words'][number]) =>
    x0 + x1 >= 0 && y0 + y1 >= 0 && x0 + x1 <= 2 * width && y0 + y1 <= 2 * height
  const words = wordsOf(runs.value, toMatrix(transform)).filter(inside)
  return ok({ width, height, words, rotate: page.rotate })
}

/** The page's runs; stops once there are more than MAX_RUNS. */
async function readRuns(page: PdfPage): Promise<TextRun[]> {
  const runs: TextRun[] = []
  const reader = page.streamTextContent().getReader()
  try {
    while (runs.length <= MAX_RUNS) {
      const { done, value } = await reader.read()
      if (done) break
      for (const item of value.items) {
        if (!('str' in item)) continue
        runs.push({
          text: item.str,
          matrix: toMatrix(item.transform),
          width: item.width,
          descent: usual(value.styles[item.fontName]?.descent),
          rightToLeft: item.dir === 'rtl',
          endsLine: item.hasEOL,
        })
      }
    }
  } finally {
    // Not cancel(): pdf.js answers it with a rejection nobody can catch. What is left is dropped by destroy().
    reader.releaseLock()
  }
  return runs
}

/** A font's descent where it is credible, else a common one. */
function usual(descent: number | undefined): number {
  return descent !== undefined && descent < 0 && descent > -0.6 ? descent : -0.21
}

function toMatrix(numbers: readonly number[]): Matrix {
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = numbers
  return [a, b, c, d, e, f]
}

const invalid = (detail: string) => fail({ kind: 'invalid', issues: [{ pointer: '', detail }] })
const tooManyWords = (max: number, { more }: Ceiling) =>
  fail({ kind: 'too-large', limit: 'words of all pages', max, unit: 'words', ...more })

async function attempt<T>(work: Promise<T>): Promise<Result<T>> {
  try {
    return ok(await work)
  } catch (error) {
    const isLocked = error instanceof Error && error.name === 'PasswordException'
    return invalid(isLocked ? 'The PDF is encrypted; send it unlocked' : 'The PDF cannot be read')
  }
}
