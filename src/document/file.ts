// A file of a type that is taken, as pages of words: a PDF by its text layer and the OCR, a picture by the OCR.
import { ok, type Result } from '../failure'
import { type Ceiling, REQUEST_CEILING } from './ceiling'
import { type Ocr, readImage } from './ocr'
import { readPdf } from './pdf'
import type { Document } from './words'

/** `type` as the first bytes say it. Issues point at the file itself (''); the bytes must not be used afterwards. */
export async function readFile(
  { type, bytes }: { readonly type: string; readonly bytes: Uint8Array<ArrayBuffer> },
  ocr: Ocr,
  ceiling: Ceiling = REQUEST_CEILING,
): Promise<Result<Document>> {
  if (type === 'application/pdf') return readPdf(bytes, ocr, ceiling)
  const page = await readImage(bytes, ocr)
  return page.ok ? ok({ pages: [page.value] }) : page
}
