// The document of a JSON request, as valibot schemas: pages of words with boxes, or a file in base64.
// openapi.json is generated from the same schemas. Sizes are checked before shapes, so that a body of a million words
// costs one count and not a million findings. Findings name places and never repeat what stands there.
import * as v from 'valibot'
import { fail, type Issue, ok, type Result } from '../failure'
import { toIssues } from '../issues'
import { MAX_ISSUES, MAX_PAGE_SIDE, MAX_PAGES, MAX_WORD_CHARS, MAX_WORDS } from '../limits'
import { type Ceiling, REQUEST_CEILING } from './ceiling'
import type { Document, Page } from './words'

/** Above this many words only the first finding is looked for. */
const WORDS_FOR_ALL_FINDINGS = 500

const Side = v.pipe(
  v.number(),
  v.finite('Expected a finite number'),
  v.gtValue(0, 'Expected more than 0'),
  v.maxValue(MAX_PAGE_SIDE, `Expected at most ${MAX_PAGE_SIDE}`),
)
const Coordinate = v.pipe(v.number(), v.finite('Expected a finite number'))

export const BoxSchema = v.pipe(
  v.strictTuple([Coordinate, Coordinate, Coordinate, Coordinate]),
  v.check(([x0, y0, x1, y1]) => x0 <= x1 && y0 <= y1, 'Expected x0 <= x1 and y0 <= y1'),
  v.description('x0, y0, x1, y1 in the units of the page, origin top left'),
)
export const WordSchema = v.strictObject({
  text: v.pipe(
    v.string(),
    v.maxLength(MAX_WORD_CHARS, `Expected at most ${MAX_WORD_CHARS} characters`),
    v.transform((text) => text.toWellFormed()),
  ),
  box: BoxSchema,
  confidence: v.optional(
    v.pipe(
      v.number(),
      v.minValue(0, 'Expected at least 0'),
      v.maxValue(1, 'Expected at most 1'),
      v.description('how sure an OCR is of the text; none where nobody had to guess'),
    ),
  ),
})
export const PageSchema = v.strictObject({
  width: Side,
  height: Side,
  words: v.pipe(v.array(WordSchema), v.maxLength(MAX_WORDS, `Expected at most ${MAX_WORDS}`)),
})
const pagesUpTo = (most: number) =>
  v.strictObject({
    pages: v.pipe(
      v.array(PageSchema),
      v.minLength(1, 'Expected at least one page'),
      v.maxLength(most, `Expected at most ${most}`),
    ),
  })
export const WordsDocumentSchema = pagesUpTo(MAX_PAGES)
export const FileDocumentSchema = v.strictObject({
  content: v.pipe(v.string(), v.description('the file in base64, padded, without white space')),
  type: v.pipe(
    v.string(),
    v.description('its media type: application/pdf, image/jpeg, image/png or image/webp'),
  ),
})

export type FileDocument = v.InferOutput<typeof FileDocumentSchema>
export type ParsedDocument =
  | { readonly kind: 'words'; readonly document: Document }
  | { readonly kind: 'file'; readonly file: FileDocument }

/** Whatever stands under `document`. Pointers of issues are relative to it. */
export function parseDocument(
  json: unknown,
  ceiling: Ceiling = REQUEST_CEILING,
): Result<ParsedDocument> {
  if (isRecord(json) && ('content' in json || 'type' in json)) {
    const parsed = v.safeParse(FileDocumentSchema, json)
    return parsed.success
      ? ok({ kind: 'file', file: parsed.output })
      : fail({ kind: 'invalid', issues: toIssues(parsed.issues) })
  }
  return parseWords(json, ceiling)
}

function parseWords(json: unknown, ceiling: Ceiling): Result<ParsedDocument> {
  const size = measure(json)
  if (size.pages > ceiling.pages) return over('pages', ceiling.pages, ceiling)
  if (size.words > ceiling.words) return over('words of all pages', ceiling.words, ceiling)
  const abortEarly = size.words > WORDS_FOR_ALL_FINDINGS
  const parsed = v.safeParse(pagesUpTo(ceiling.pages), json, {
    abortEarly,
    abortPipeEarly: true,
  })
  if (!parsed.success) return fail({ kind: 'invalid', issues: toIssues(parsed.issues) })
  const issues = strays(parsed.output.pages)
  return issues.length > 0
    ? fail({ kind: 'invalid', issues })
    : ok({ kind: 'words', document: parsed.output })
}

const over = (limit: string, max: number, { more }: Ceiling) =>
  fail({ kind: 'too-large', limit, max, unit: limit, ...more })

/** Pages and words of what may or may not be a document. */
function measure(json: unknown): { pages: number; words: number } {
  const pages: unknown = isRecord(json) ? json.pages : undefined
  if (!Array.isArray(pages)) return { pages: 0, words: 0 }
  const words = pages.reduce((sum: number, page: unknown) => {
    const list: unknown = isRecord(page) ? page.words : undefined
    return sum + (Array.isArray(list) ? list.length : 0)
  }, 0)
  return { pages: pages.length, words }
}

/** Boxes farther outside their page than the page is large; less is an OCR's overshoot and is clamped later. */
function strays(pages: readonly Page[]): Issue[] {
  const issues: Issue[] = []
  for (const [p, { width, height, words }] of pages.entries()) {
    for (const [w, { box }] of words.entries()) {
      const [x0, y0, x1, y1] = box
      if (x0 >= -width && y0 >= -height && x1 <= 2 * width && y1 <= 2 * height) continue
      const pointer = `/pages/${p}/words/${w}/box`
      issues.push({ pointer, detail: 'The box is off the page; are its units those of the page?' })
      if (issues.length === MAX_ISSUES) return issues
    }
  }
  return issues
}

function isRecord(json: unknown): json is Record<string, unknown> {
  return typeof json === 'object' && json !== null && !Array.isArray(json)
}
