// Every path and method that openapi.json describes, called with odd headers, queries and bodies. A path that is added there is
// fuzzed from then on. What would undo the run itself is left out: the run has one key and needs it.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { textBytes } from './bytes.ts'
import type { Dice } from './dice.ts'
import { type Json, spoilJson } from './json.ts'
import { DOCUMENT, SCHEMA, SMALL_SCHEMA } from './seeds.ts'
import type { Shot } from './send.ts'

const description = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../openapi.json'), 'utf8'),
)
const PATHS = Object.keys(description.paths)
// biome-ignore format: a list of names
const SEGMENTS = ['receipt', 'receipt@1', 'fuzzform', 'fuzzform@1', 'receipt@0', 'operator', 'acme', 'key_none', 'a b', '..', '%00', '%2e%2e', '%', 'ü', '', 'x'.repeat(2000), '__proto__', '1', '-1']
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'PROPFIND']
const BODIES: readonly Json[] = [
  SCHEMA,
  { document: DOCUMENT, schema: SMALL_SCHEMA },
  { document: DOCUMENT, schema: 'receipt' },
  { name: 'acme' },
  { label: 'till', scopes: ['extract', 'admin'] },
  { origin: 'http://127.0.0.1:1' },
  { url: 'http://127.0.0.1:1/', schema: 'receipt' },
  { ...SMALL_SCHEMA, 'x-form': { origins: ['http://127.0.0.1:1'], redirects: [] } },
]
/** What each header may be; no fetch would send some of these. */
const HEADERS: Readonly<Record<string, readonly string[]>> = {
  'content-type': [
    ...[
      'application/json',
      'application/json; charset=utf-7',
      'APPLICATION/JSON',
      'text/plain',
      ',',
    ],
    ...['multipart/form-data', 'application/pdf', 'image/png', 'image/jpeg', '', 'x'.repeat(3000)],
  ],
  'content-encoding': ['identity', 'gzip', 'br', 'gzip, gzip', ''],
  accept: ['application/json', 'text/html', '*/*;q=0', ''],
  authorization: [
    'Bearer',
    'Bearer  ',
    'Basic eDp5',
    'Bearer pk_x',
    `Bearer ${'k'.repeat(5000)}`,
    '',
  ],
  'if-match': ['*', '"1-x"', 'W/"1"', '"'.repeat(500), ''],
  'if-none-match': ['*', '"1-x"', ',,,', ''],
  'idempotency-key': ['a', '', 'x'.repeat(5000), '\u00ff\u00fe', '"quoted"'],
  'x-request-id': ['a', 'x'.repeat(5000), '<script>', '\u00ff'],
  origin: ['null', 'http://127.0.0.1:1', 'https://[', 'x'.repeat(3000)],
  range: ['bytes=0-', 'bytes=-1', 'x'],
  'x-forwarded-for': ['127.0.0.1', ',,,'],
  'access-control-request-method': ['PUT', '\u00ff'],
  cookie: ['a=b', '='.repeat(3000)],
  expect: ['x'],
}
const QUERIES = [
  '',
  '',
  '?after=%00',
  '?before=-1',
  '?before=x',
  '?cursor=x',
  '?schema=%7B',
  '?schema=',
  '?a[]=1&&=',
  '?%',
]

export function routeShot(dice: Dice, authorization: string): Shot {
  const path = dice.pick(PATHS).replaceAll(/\{[^}]+\}/g, () => dice.pick(SEGMENTS))
  const described = Object.keys(description.paths[path] ?? {}).map((name) => name.toUpperCase())
  const method = dice.pick(dice.chance(0.6) && described.length > 0 ? described : METHODS)
  const hasBody = dice.chance(method === 'GET' || method === 'HEAD' ? 0.1 : 0.9)
  const headers = oddHeaders(dice)
  return {
    method,
    path: encodeURI(decodable(path)) + dice.pick(QUERIES),
    headers: {
      ...(dice.chance(0.85) ? { authorization } : {}),
      'content-type': 'application/json',
      ...headers,
    },
    body: hasBody ? bodyOf(dice) : new Uint8Array(),
  }
}

const bodyOf = (dice: Dice) => textBytes(JSON.stringify(spoilJson(dice.pick(BODIES), dice)))

function oddHeaders(dice: Dice): Record<string, string> {
  const names = Object.keys(HEADERS)
  const chosen = Array.from({ length: dice.int(3) }, () => dice.pick(names))
  return Object.fromEntries(chosen.map((name) => [name, dice.pick(HEADERS[name] ?? [''])]))
}

/** encodeURI would encode the % of what is encoded already. */
const decodable = (path: string) => {
  try {
    return decodeURI(path)
  } catch {
    return path
  }
}
