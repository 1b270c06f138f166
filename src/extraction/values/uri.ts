// Web addresses. A URI needs a scheme, a printed page seldom has one: a bare domain gets https://.
// Everything else stays as the page spells it.

const WITH_SCHEME = /^(?:[a-z][a-z0-9+.-]*:\/\/[^\s/?#]+\S*|(?:mailto|tel|urn):\S+)$/iu
const BARE = /^(?:[\p{L}\p{N}-]+\.)+\p{L}{2,}(?::\d{1,5})?(?:[/?#]\S*)?$/u

export function parseUri(raw: string): string | undefined {
  const text = raw.trim().replace(/^[<("'[]+|[>)"'\],;.]+$/gu, '')
  if (WITH_SCHEME.test(text)) return text
  return BARE.test(text) ? `https://${text}` : undefined
}
