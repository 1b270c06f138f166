// Requests that are valid and strange: every one of them is read by the model and decoded. Texts that no page has, boxes that overlap,
// overshoot or have no size, pages of any size, fields of every type under any name.
import type { Dice } from './dice.ts'
import { CANARY, type Json } from './json.ts'

const MOST_WORDS = 40
const CHARACTERS = [
  ...'aZ09 .,:-/\\$%€"\u0000\u0301\u200b\u202e\ufeff\ud83d\ude00漢字ßİﬁ١٢',
  '\ud800',
  '\udfff',
  '\u{1F468}\u200D\u{1F469}',
]
const TEXTS = [
  '',
  ' ',
  CANARY,
  '31.00',
  '1.234,56-',
  '99/99/9999',
  '29.02.2023',
  '25:61',
  '1e400',
  '$',
  '(((',
  '@.',
  'http://',
  'x'.repeat(512),
]
const SIDES = [1e-300, 0.001, 9, 300, 1e9]
const TYPES: readonly Json[] = [
  { type: 'string' },
  { type: ['string', 'null'], format: 'date' },
  { type: 'string', format: 'date-time' },
  { type: 'string', format: 'time' },
  { type: 'string', format: 'email' },
  { type: 'string', format: 'uri' },
  { type: 'number' },
  { type: 'integer' },
  { type: 'boolean' },
  { enum: ['a', 'A b', '31.00', '\u{1F600}', '.'] },
  { type: 'array', items: { type: 'number' }, maxItems: 2 },
  { type: 'array', items: { enum: ['x', null] } },
  {
    type: 'array',
    items: { type: 'object', properties: { a: { type: 'string' }, '1': { type: 'integer' } } },
  },
]
// biome-ignore format: a list of names
const NAMES = ['total', 'a/b~c', 'constructor', 'toString', '1', '\u0000', '漢字', '\u0301', '.', '[MASK]', '[SEP]', 'x'.repeat(200)]

export function oddRequest(dice: Dice): Json {
  const pages = Array.from({ length: dice.few(3) }, () => oddPage(dice))
  const fields = Array.from({ length: dice.few(5) }, () => [dice.pick(NAMES), dice.pick(TYPES)])
  return { document: { pages }, schema: { type: 'object', properties: Object.fromEntries(fields) } }
}

function oddPage(dice: Dice): Json {
  const [width, height] = [dice.pick(SIDES), dice.pick(SIDES)]
  const place = (side: number) => {
    const [a, b] = [dice.int(300) / 100 - 1, dice.int(300) / 100 - 1].map((share) => share * side)
    return [Math.min(a ?? 0, b ?? 0), Math.max(a ?? 0, b ?? 0)] as const
  }
  const word = () => {
    const [[x0, x1], [y0, y1]] = [place(width), place(height)]
    return { text: oddText(dice), box: [x0, y0, x1, y1] }
  }
  return { width, height, words: Array.from({ length: dice.few(MOST_WORDS) }, word) }
}

function oddText(dice: Dice): string {
  if (dice.chance(0.4)) return dice.pick(TEXTS)
  return Array.from({ length: dice.few(30) }, () => dice.pick(CHARACTERS)).join('')
}
