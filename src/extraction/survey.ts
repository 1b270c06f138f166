// What an extraction is about to do, before any pass is made: the document's tokens, the templates of its fields, the windows.
// It is the same whenever it is made of the same document and fields, so a long extraction can be cut off and taken up again.
import type { Document } from '../document/words'
import { fail, ok, type Result } from '../failure'
import type { Field } from '../schema/field'
import type { Wordpiece } from '../text/wordpiece'
import { type PageTokens, pageTokens } from './page-tokens'
import { type Template, templatesOf } from './template'
import { type Window, windowsOver } from './windows'

export interface Survey {
  readonly fields: readonly Field[]
  /** Pages of the document. */
  readonly pages: number
  readonly tokens: PageTokens
  readonly templates: readonly Template[]
  readonly windows: readonly Window[]
}

/**
 * Fails as `invalid` when the document has no readable word (at /document) or a field fits no template (at /properties/...), as
 * `too-large` when templates times windows exceed `maxPasses`.
 */
export function survey(
  document: Document,
  fields: readonly Field[],
  wordpiece: Wordpiece,
  maxPasses: number,
): Result<Survey> {
  const tokens = pageTokens(document, wordpiece)
  if (tokens.count === 0) return noWords()
  const templates = templatesOf(fields, wordpiece)
  if (!templates.ok) return templates
  const windows = windowsOver(tokens.count)
  if (templates.value.length * windows.length > maxPasses) {
    return fail({ kind: 'too-large', limit: 'passes', max: maxPasses, unit: 'forward passes' })
  }
  return ok({ fields, pages: document.pages.length, tokens, templates: templates.value, windows })
}

const noWords = () =>
  fail({ kind: 'invalid', issues: [{ pointer: '/document', detail: 'No words on any page' }] })
