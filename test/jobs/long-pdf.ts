// A PDF of many pages with 200 words each. Without a table of where its objects stand, which readers do without.

const LINES = Array.from(
  { length: 50 },
  (_, i) => `BT /F1 10 Tf 50 ${780 - 15 * i} Td (one two three four) Tj ET`,
).join('\n')

export function longPdf(pages: number): Uint8Array<ArrayBuffer> {
  const numbers = Array.from({ length: pages }, (_, i) => i + 5)
  const font = '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>'
  const page = `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 3 0 R
    /Resources << /Font << /F1 4 0 R >> >> >>`
  const objects = [
    '1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj',
    `2 0 obj << /Type /Pages /Count ${pages} /Kids [${numbers.map((n) => `${n} 0 R`).join(' ')}] >> endobj`,
    `3 0 obj << /Length ${LINES.length} >>\nstream\n${LINES}\nendstream endobj`,
    `4 0 obj ${font} endobj`,
    ...numbers.map((number) => `${number} 0 obj ${page} endobj`),
  ]
  const text = `%PDF-1.4\n${objects.join('\n')}\ntrailer << /Root 1 0 R /Size ${pages + 5} >>\n%%EOF`
  return Uint8Array.from(text, (char) => char.charCodeAt(0))
}
