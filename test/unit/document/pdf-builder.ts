// Builds small PDFs for tests: objects, cross-reference table, trailer. What a test does not name gets a plain default.
import { deflateSync } from 'node:zlib'

export interface PageSpec {
  /** Operators of the content stream; a font /F1 (Helvetica) and a form /X1 are at hand. */
  readonly content: string
  readonly rotate?: number
  readonly mediaBox?: readonly number[]
  readonly userUnit?: number
}

export interface PdfSpec {
  readonly pages: readonly PageSpec[]
  readonly compress?: boolean
  /** Further objects, complete but for their numbers; the first is number 3. */
  readonly extra?: readonly Uint8Array[]
  readonly trailer?: string
}

const latin1 = (text: string) => Uint8Array.from(text, (char) => char.charCodeAt(0))

/** One line of text at a place in user space. */
export const line = (text: string, x: number, y: number, size = 10) =>
  `BT /F1 ${size} Tf ${x} ${y} Td (${text}) Tj ET\n`

export function stream(dictionary: string, data: Uint8Array): Uint8Array {
  const head = latin1(`<< ${dictionary} /Length ${data.length} >>\nstream\n`)
  return concat([head, data, latin1('\nendstream')])
}

export function buildPdf(spec: PdfSpec): Uint8Array<ArrayBuffer> {
  const extra = spec.extra ?? []
  const first = 3 + extra.length
  const kids = spec.pages.map((_, i) => `${first + 2 * i} 0 R`).join(' ')
  const objects = [
    latin1('<< /Type /Catalog /Pages 2 0 R >>'),
    latin1(`<< /Type /Pages /Kids [${kids}] /Count ${spec.pages.length} >>`),
    ...extra,
    ...spec.pages.flatMap((page, i) => [
      latin1(pageDictionary(page, first + 2 * i + 1)),
      contentStream(page.content, spec.compress ?? false),
    ]),
  ]
  return assemble(objects, spec.trailer ?? '')
}

function pageDictionary(page: PageSpec, content: number): string {
  const font = '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>'
  const box = (page.mediaBox ?? [0, 0, 600, 800]).join(' ')
  return `<< /Type /Page /Parent 2 0 R /MediaBox [${box}] /Rotate ${page.rotate ?? 0}
    /UserUnit ${page.userUnit ?? 1} /Contents ${content} 0 R
    /Resources << /Font << /F1 ${font} >> /XObject << /X1 3 0 R >> >> >>`
}

function contentStream(content: string, compress: boolean): Uint8Array {
  const data = latin1(content)
  return compress ? stream('/Filter /FlateDecode', deflateSync(data)) : stream('', data)
}

function assemble(objects: readonly Uint8Array[], trailer: string): Uint8Array<ArrayBuffer> {
  const parts: Uint8Array[] = [latin1('%PDF-1.7\n')]
  const offsets: number[] = []
  for (const [i, object] of objects.entries()) {
    offsets.push(parts.reduce((sum, part) => sum + part.length, 0))
    parts.push(latin1(`${i + 1} 0 obj\n`), object, latin1('\nendobj\n'))
  }
  const start = parts.reduce((sum, part) => sum + part.length, 0)
  const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('')
  const size = objects.length + 1
  const head = `xref\n0 ${size}\n0000000000 65535 f \n${rows}`
  const tail = `trailer\n<< /Size ${size} /Root 1 0 R ${trailer} >>\nstartxref\n${start}\n%%EOF\n`
  return concat([...parts, latin1(head + tail)])
}

function concat(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let offset = 0
  for (const part of parts) {
    whole.set(part, offset)
    offset += part.length
  }
  return whole
}
