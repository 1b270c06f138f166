// Forms as bytes (RFC 7578), with everything about them spoilt that a form has: boundary, part headers, order, number, line ends.
import { joined, textBytes } from './bytes.ts'
import type { Dice } from './dice.ts'
import { CANARY } from './json.ts'

export interface Part {
  readonly name: string
  readonly filename?: string
  readonly type?: string
  readonly body: Uint8Array
}

export const MULTIPART_WORDS = [
  ...[
    '\r\n',
    '\n',
    '\r\n\r\n',
    '--',
    'Content-Disposition: form-data; name="file"',
    '; filename="x"',
  ],
  ...[
    'name=',
    '"',
    'Content-Type: application/pdf',
    'Content-Transfer-Encoding: base64',
    'charset=utf-16',
  ],
  ...["filename*=UTF-8''%00", '\u0000', 'ü'],
]
const NAMES = [
  'file',
  'schema',
  '_token',
  '_success',
  '',
  '__proto__',
  'a"b',
  'x'.repeat(400),
  'note',
]
const BOUNDARIES = ['b', '', 'x'.repeat(70), 'x'.repeat(300), 'a b', "'()+_,-./:=?", '--', '"q"']

export interface FormBody {
  readonly contentType: string
  readonly body: Uint8Array<ArrayBuffer>
}

export function formOf(parts: readonly Part[], boundary: string): FormBody {
  const chunks = parts.flatMap(({ name, filename, type, body }) => [
    textBytes(`--${boundary}\r\ncontent-disposition: form-data; name="${name}"`),
    textBytes(filename === undefined ? '' : `; filename="${filename}"`),
    textBytes(type === undefined ? '' : `\r\ncontent-type: ${type}`),
    textBytes('\r\n\r\n'),
    body,
    textBytes('\r\n'),
  ])
  const contentType = `multipart/form-data; boundary=${boundary}`
  return { contentType, body: joined([...chunks, textBytes(`--${boundary}--\r\n`)]) }
}

/** The parts in another order or number, under another boundary, or under none; those of `first` stay where they are. */
export function spoiltForm(
  sound: readonly Part[],
  dice: Dice,
  first: readonly Part[] = [],
): FormBody {
  let parts = [...sound]
  for (let left = dice.few(3); left > 0; left--) parts = otherParts(parts, dice)
  const boundary = dice.chance(0.8) ? 'b0undary' : dice.pick(BOUNDARIES)
  const form = formOf([...first, ...parts], boundary)
  return dice.chance(0.15)
    ? {
        ...form,
        contentType: dice.pick(['multipart/form-data', 'multipart/form-data; boundary=other']),
      }
    : form
}

function otherParts(parts: readonly Part[], dice: Dice): Part[] {
  const at = dice.int(parts.length + 1)
  const part = parts[at] ?? { name: dice.pick(NAMES), body: textBytes(CANARY) }
  switch (dice.int(6)) {
    case 0:
      return parts.toSpliced(at, 1)
    case 1:
      return parts.toSpliced(at, 0, ...Array(dice.few(200)).fill(part))
    case 2:
      return parts.toSpliced(at, 1, { ...part, name: dice.pick(NAMES) })
    case 3:
      return parts.toSpliced(at, 1, {
        ...part,
        filename: dice.pick(['a.pdf', '', '../x', 'ü.png']),
      })
    case 4:
      return parts.toSpliced(at, 1, {
        ...part,
        type: dice.pick(['image/png', 'text/plain; charset=utf-16', 'x']),
      })
    default:
      return [...parts].reverse()
  }
}
