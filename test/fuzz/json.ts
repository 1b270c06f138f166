// Spoils JSON values: another value, type, order or name somewhere in the tree. What comes out is JSON again, so that it gets past
// the parser and into the checks behind it.
import type { Dice } from './dice.ts'

export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [key: string]: Json }

/** Stands in values alone, never in names: no refusal may repeat it. */
export const CANARY = 'pssst-0xC0FFEE'
const MOST_CHANGES = 4

const VALUES: readonly Json[] = [
  null,
  true,
  0,
  -1,
  0.5,
  1e308,
  -1e-320,
  2 ** 53,
  '',
  ' ',
  CANARY,
  'a\ud800',
  '\u0000',
  '\u202e\u0301\ufeff',
  'x'.repeat(600),
  '1e999',
  'receipt@1',
  'http://127.0.0.1:1/',
  [],
  {},
  [[[[]]]],
  { type: 'string' },
  { type: 'array', items: { type: 'object', properties: { a: { type: 'number' } } } },
  { enum: ['a', 'b', null] },
]
// biome-ignore format: a list of names
const NAMES = ['', ' ', '__proto__', 'constructor', 'a/b~c', '1', 'type', 'items', 'enum', 'format', 'text', 'box', 'x-aliases', 'ü', '\u0000', 'toString', 'x'.repeat(300)]
// biome-ignore format: a list of words
const TEXTS = ['string', 'number', 'integer', 'boolean', 'array', 'object', 'null', 'date', 'date-time', 'time', 'email', 'uri', 'application/pdf', 'image/png']

export function spoilJson(json: Json, dice: Dice): Json {
  let spoilt = json
  for (let left = dice.few(MOST_CHANGES); left > 0; left--) spoilt = changedSomewhere(spoilt, dice)
  return spoilt
}

/** Goes down the tree at random, and changes what it ends at. */
function changedSomewhere(json: Json, dice: Dice): Json {
  if (typeof json !== 'object' || json === null || dice.chance(0.15)) return otherValue(json, dice)
  if (isList(json)) {
    if (json.length === 0 || dice.chance(0.15)) return otherList(json, dice)
    const at = dice.int(json.length)
    return json.map((item, i) => (i === at ? changedSomewhere(item, dice) : item))
  }
  const entries = Object.entries(json)
  if (entries.length === 0 || dice.chance(0.15)) return otherObject(entries, dice)
  const at = dice.int(entries.length)
  return fromEntries(
    entries.map(([key, item], i) => [key, i === at ? changedSomewhere(item, dice) : item]),
  )
}

function otherValue(json: Json, dice: Dice): Json {
  if (typeof json === 'number' && dice.chance(0.5)) return json * dice.pick([-1, 0, 1.5, 1e9, 1e-9])
  if (typeof json === 'string' && dice.chance(0.4)) return dice.pick(TEXTS)
  if (dice.chance(0.2)) return [json]
  if (dice.chance(0.1)) return fromEntries([[dice.pick(NAMES), json]])
  return dice.pick(VALUES)
}

function otherList(list: readonly Json[], dice: Dice): Json {
  const at = dice.int(list.length + 1)
  if (dice.chance(0.4)) return list.toSpliced(at, dice.few(4))
  if (dice.chance(0.5)) return list.toSpliced(at, 0, ...list.slice(0, dice.few(40)))
  return list.toSpliced(at, 0, dice.pick(VALUES))
}

function otherObject(entries: readonly (readonly [string, Json])[], dice: Dice): Json {
  const at = dice.int(entries.length + 1)
  const [key = 'a', value = null] = entries[at] ?? []
  if (dice.chance(0.3)) return fromEntries(entries.toSpliced(at, 1))
  if (dice.chance(0.4)) return fromEntries(entries.toSpliced(at, 1, [dice.pick(NAMES), value]))
  if (dice.chance(0.3)) return fromEntries([...entries].reverse())
  return fromEntries([...entries, [dice.pick([...NAMES, key]), dice.pick(VALUES)]])
}

const isList = (json: object): json is readonly Json[] => Array.isArray(json)
const fromEntries = (entries: readonly (readonly [string, Json])[]): Json =>
  Object.fromEntries(entries)
