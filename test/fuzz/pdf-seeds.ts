// PDFs for the fuzz run to spoil, and odd ones that it makes: their parts fit together, so they are read further than one with a broken
// byte. Among the parts is one of each kind that pdf.js would choke on without its fence (src/document/pdf-fence.ts).
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { deflateSync } from 'node:zlib'
import { buildPdf, line, type PageSpec, stream } from '../unit/document/pdf-builder.ts'
import { spoil, textBytes } from './bytes.ts'
import type { Dice } from './dice.ts'
import { CANARY } from './json.ts'

const ROOT = join(import.meta.dirname, '../..')

export const orderPdf = new Uint8Array(readFileSync(join(ROOT, 'samples/order.pdf')))

/** Names, operators and damaged pieces that pdf.js acts on. */
export const PDF_WORDS = [
  ...[
    'obj',
    'endobj',
    'stream\n',
    '\nendstream',
    'xref',
    'trailer',
    'startxref',
    '%%EOF',
    '<<',
    '>>',
  ],
  ...[
    '[',
    ']',
    '(',
    ')',
    '<',
    '/',
    '%',
    '\\',
    'R ',
    'q ',
    'Q ',
    'BT ',
    'ET ',
    'Tj ',
    'TJ ',
    'Do ',
    'BI ',
    'EI ',
  ],
  ...[
    '2 0 R',
    '/Kids [2 0 R]',
    '/Count 999999999',
    '/Length 99999999',
    '/Length -5',
    '/Parent 3 0 R',
  ],
  ...[
    '/Filter /FlateDecode',
    '/Filter [/ASCIIHexDecode /LZWDecode /FlateDecode]',
    '/Filter /JBIG2Decode',
  ],
  ...[
    '/DecodeParms << /Predictor 15 /Columns 99999999 >>',
    '/Prev 9',
    '/Type /ObjStm',
    '/Type /XRef',
  ],
  ...[
    '/Encrypt << /Filter /Standard /V 2 /R 3 /O () /U () /P -1 >>',
    '/MediaBox [0 0 0 0]',
    '/UserUnit 1e30',
  ],
  ...[
    '/MediaBox [0 0 1e38 1e38]',
    '/Rotate 45',
    '/Subtype /Type3 /CharProcs << >>',
    '/Subtype /Type0',
  ],
  ...[
    '/ToUnicode 4 0 R',
    '/Encoding /Identity-H',
    '/W [0 99999999 1]',
    '1e99 0 0 1e-99 0 0 cm ',
    '/X1 Do ',
  ],
  ...['['.repeat(500), '<<'.repeat(500), '('.repeat(500), 'q '.repeat(500)],
]

const CONTENTS = [
  line('TOTAL: 31.00', 100, 700),
  line('ACME Ltd', 100, 500, 0),
  line(CANARY, -1e9, 1e9, 1e5),
  'BT /F1 10 Tf 10 10 Td [(A) -9999 (B) 1e30 (C)] TJ ET\n',
  'BT /F9 10 Tf 3 Tr (unknown font) Tj ET\n',
  '/X1 Do\n',
  'BI /W 99999 /H 99999 /CS /RGB ID xx EI\n',
  'q '.repeat(300),
  '1e300 0 0 1e300 0 0 cm 0 0 m 1 1 l S\n',
]
const BOXES = [
  [0, 0, 600, 800],
  [0, 0, 0, 0],
  [600, 800, 0, 0],
  [-1e9, -1e9, 1e9, 1e9],
  [0, 0, 1e-9, 9],
]
const FORM = '/Type /XObject /Subtype /Form /BBox [0 0 9 9]'
const packed = (size: number) => deflateSync(new Uint8Array(size).fill(0x20))
const WIDE = '/DecodeParms << /Predictor 15 /Columns 999999999 /Colors 32 /BitsPerComponent 16 >>'
/** The first of each is drawn by the operator /X1 Do; the numbers go on from 3. */
const EXTRAS: readonly (readonly Uint8Array[])[] = [
  [stream(FORM, textBytes('/X1 Do /X1 Do'))],
  [stream(FORM, textBytes('q '.repeat(2_000)))],
  [stream(`${FORM} /Filter [/FlateDecode /FlateDecode]`, deflateSync(packed(60_000_000)))],
  [stream(`${FORM} /Filter /FlateDecode ${WIDE}`, packed(1_000))],
  [stream(`${FORM} /Filter /LZWDecode`, new Uint8Array(5_000).fill(0x80))],
  [stream('/Type /XObject /Subtype /Image /Width 99999 /Height 99999', textBytes('x'))],
  [stream('/Filter /FlateDecode', deflateSync(new Uint8Array(200_000)))],
  [textBytes('3 0 R')],
  [textBytes('[ 3 0 R 3 0 R ]')],
  oddFont('/W [0 99999999 500]', '/Identity-H', ''),
  oddFont(
    '',
    '/Identity-H',
    '/ToUnicode 6 0 R',
    '1 beginbfrange <0000> <ffffff> <0041> endbfrange',
  ),
  oddFont('', '6 0 R', '', '1 begincidrange <00000000> <ffffffff> 0 endcidrange'),
  oddFont('', '/UniJIS-UCS2-H', '/ToUnicode 3 0 R'),
]

/** A form in a composite font, whose widths, encoding and character map are as given. */
function oddFont(widths: string, encoding: string, map: string, ranges = ''): Uint8Array[] {
  const font = `/Type /Font /BaseFont /AAAAAA+X`
  return [
    stream(
      `${FORM} /Resources << /Font << /F1 4 0 R >> >>`,
      textBytes('BT /F1 9 Tf <00410042> Tj ET'),
    ),
    textBytes(
      `<< ${font} /Subtype /Type0 /Encoding ${encoding} /DescendantFonts [5 0 R] ${map} >>`,
    ),
    textBytes(
      `<< ${font} /Subtype /CIDFontType2 ${widths} /FontDescriptor << /Type /FontDescriptor /Flags 4 >> >>`,
    ),
    stream(
      '',
      textBytes(
        `begincmap 1 begincodespacerange <0000> <ffff> endcodespacerange ${ranges} endcmap`,
      ),
    ),
  ]
}
const TRAILERS = [
  '',
  '',
  '/Prev 9',
  '/Prev 0 /XRefStm 0',
  '/Encrypt << /Filter /Standard /V 2 /R 3 >>',
]

/** A PDF of odd parts that fit together: it is read further than one with a broken byte. */
export function oddPdf(dice: Dice): Uint8Array<ArrayBuffer> {
  const page = (): PageSpec => ({
    content: contentOf(dice),
    ...(dice.chance(0.3) ? { rotate: dice.pick([90, 180, -90, 45, 1e9]) } : {}),
    ...(dice.chance(0.3) ? { mediaBox: dice.pick(BOXES) } : {}),
    ...(dice.chance(0.2) ? { userUnit: dice.pick([0, -1, 1e9]) } : {}),
  })
  return buildPdf({
    pages: Array.from({ length: dice.few(4) }, page),
    compress: dice.chance(0.5),
    extra: dice.chance(0.6) ? dice.pick(EXTRAS) : [],
    trailer: dice.pick(TRAILERS),
  })
}

/** Operators, some of them spoilt before they are packed. */
function contentOf(dice: Dice): string {
  const content = Array.from({ length: dice.few(4) }, () => dice.pick(CONTENTS)).join('')
  if (dice.chance(0.6)) return content
  return Buffer.from(spoil(textBytes(content), dice, PDF_WORDS)).toString('latin1')
}

export const plainPdf = buildPdf({ pages: [{ content: line('ACME TOTAL: 31.00', 100, 700) }] })
export const packedPdf = buildPdf({
  pages: [{ content: line('ACME', 100, 700) }, { content: line('TOTAL: 31.00', 100, 700) }],
  compress: true,
})
