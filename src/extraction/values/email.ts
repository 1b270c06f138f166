// E-mail addresses: what is round them is taken off, spaces that an OCR put round @ and dots are closed, nothing else.
// Only the domain is put in lower case; the part before the @ may depend on it.

const ADDRESS = /^[\p{L}\p{N}!#$%&'*+/=?^_`{|}~.-]+@(?:[\p{L}\p{N}-]+\.)+[\p{L}]{2,}$/u

export function parseEmail(raw: string): string | undefined {
  const text = raw
    .replace(/\s*([@.])\s*/gu, '$1')
    .replace(/^\s*(?:e-?mail|mail)\s*:\s*/iu, '')
    .replace(/^\s*mailto:/iu, '')
    .replace(/^[\s<("'[:]+|[\s>)"'\],;:.]+$/gu, '')
  if (!ADDRESS.test(text) || text.includes('..')) return undefined
  const at = text.lastIndexOf('@')
  return text.slice(0, at) + text.slice(at).toLowerCase()
}
