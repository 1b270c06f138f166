// Sound inputs, as small as they can be and still be read to the end: what the fuzz run spoils. PDFs: pdf-seeds.ts.
import { crc32, deflateSync } from 'node:zlib'
import { joined, textBytes } from './bytes.ts'
import { CANARY, type Json } from './json.ts'

export const SCHEMA = {
  type: 'object',
  properties: {
    company: { type: 'string', description: 'name of the shop' },
    date: { type: 'string', format: 'date' },
    total: { type: 'number', 'x-aliases': ['amount due'] },
    payment: { enum: ['cash', 'card'] },
    items: {
      type: 'array',
      items: {
        type: 'object',
        properties: { text: { type: 'string' }, price: { type: 'number' } },
      },
    },
  },
} as const

/** One field: a pass over a short page takes the least there is. */
export const SMALL_SCHEMA = { type: 'object', properties: { total: { type: 'number' } } } as const

const TEXTS = ['ACME', 'Ltd', '01/02/2024', 'TOTAL:', '31.00', 'cash', CANARY, 'RM12.00']

export const DOCUMENT = {
  pages: [
    {
      width: 300,
      height: 100,
      words: TEXTS.map((text, i) => ({ text, box: [20, 10 * i, 90, 10 * i + 8] })),
    },
  ],
} satisfies Json

export const PICTURE_WORDS = [
  'IHDR',
  'IDAT',
  'IEND',
  'PLTE',
  'JFIF',
  'Exif\0\0',
  'RIFF',
  'WEBPVP8X',
  '\u0000\u0000',
]

/** Grey, 24 by 24 points: signature, header, pixels, end. */
const png: Uint8Array<ArrayBuffer> = joined([
  Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
  pngChunk('IHDR', Uint8Array.of(0, 0, 0, 24, 0, 0, 0, 24, 8, 0, 0, 0, 0)),
  pngChunk('IDAT', deflateSync(new Uint8Array(25 * 24))),
  pngChunk('IEND', new Uint8Array()),
])

/** The same as a JPEG, and as a WebP with loss and without. */
const OTHERS = [
  '/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABsSFBcUERsXFhceHBsgKEIrKCUlKFE6PTBCYFVlZF9VXVtqeJmBanGQc1tdhbWGkJ6jq62rZ4C8ybqmx5moq6T/wAALCAAYABgBAREA/8QAHwAAAQUBAQEBAQEAAAAAAAAAAAECAwQFBgcICQoL/8QAtRAAAgEDAwIEAwUFBAQAAAF9AQIDAAQRBRIhMUEGE1FhByJxFDKBkaEII0KxwRVS0fAkM2JyggkKFhcYGRolJicoKSo0NTY3ODk6Q0RFRkdISUpTVFVWV1hZWmNkZWZnaGlqc3R1dnd4eXqDhIWGh4iJipKTlJWWl5iZmqKjpKWmp6ipqrKztLW2t7i5usLDxMXGx8jJytLT1NXW19jZ2uHi4+Tl5ufo6erx8vP09fb3+Pn6/9oACAEBAAA/AOmoooooooor/9k=',
  'UklGRjQAAABXRUJQVlA4ICgAAADwAgCdASoYABgAP3Gy0GA0rimlqAgCkC4JaQAAPZ7gAAD+7agAAAAA',
  'UklGRh4AAABXRUJQVlA4TBEAAAAvF8AFAAfQ//73v/+BiOh/AAA=',
].map((content) => Uint8Array.from(Buffer.from(content, 'base64')))

export const PICTURES = [png, ...OTHERS]

function pngChunk(type: string, data: Uint8Array): Uint8Array {
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  const body = joined([textBytes(type), data])
  check.writeUInt32BE(crc32(body))
  return joined([length, body, check])
}
