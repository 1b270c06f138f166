// Strings: the page's own words. Only what certainly belongs to the layout and not to the value is taken off:
// white space, separators at the ends ('Name: ABC,'), and quotation marks round the whole.

const QUOTES: Readonly<Record<string, string>> = {
  '"': '"',
  "'": "'",
  '\u201c': '\u201d',
  '\u201e': '\u201c',
  '\u2018': '\u2019',
  '\u00ab': '\u00bb',
  '\u00bb': '\u00ab',
}

/** The string without its trimmings; undefined when nothing but signs is left. */
export function parseText(raw: string): string | undefined {
  let text = raw.replace(/\s+/gu, ' ').replace(/^[\s:;,]+|[\s:;,]+$/gu, '')
  const closing = QUOTES[text.charAt(0)]
  if (closing !== undefined && text.length > 2 && text.endsWith(closing)) {
    const inner = text.slice(1, -1)
    if (!inner.includes(closing) && !inner.includes(text.charAt(0))) text = inner.trim()
  }
  return /[\p{L}\p{N}\p{S}]/u.test(text) ? text : undefined
}
