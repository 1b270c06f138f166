// The kinds of input and how often each is thrown. Most spoilt requests are refused by a parser, which costs a millisecond or two; the
// share that is still sound enough goes through the model.
import { joined, spoil, textBytes } from './bytes.ts'
import type { Dice } from './dice.ts'
import { type Json, spoilJson } from './json.ts'
import { formOf, MULTIPART_WORDS, type Part, spoiltForm } from './multipart.ts'
import { oddRequest } from './odd-words.ts'
import * as pdfs from './pdf-seeds.ts'
import { routeShot } from './routes.ts'
import * as seeds from './seeds.ts'
import type { Shot } from './send.ts'

/** What a case may use of the run that it is part of. */
export interface Session {
  readonly authorization: string
  /** Good ones, from FORM_ORIGIN. */
  readonly formTokens: readonly string[]
}

export const FORM_ORIGIN = 'http://127.0.0.1:1'
export const FORM_SCHEMA = 'fuzzform'

interface Kind {
  readonly name: string
  /** How often, against the sum of all. */
  readonly weight: number
  readonly shot: (dice: Dice, session: Session) => Shot
}

const JSON_WORDS = [
  '{',
  '}',
  '[',
  ']',
  '"',
  ',',
  ':',
  'null',
  '1e999',
  '\\u0000',
  '\\ud800',
  '[['.repeat(40),
]
/** More than stands before the value of a form's first field. */
const HEAD_BYTES = 100
const FORM_WORDS = [...MULTIPART_WORDS, ...pdfs.PDF_WORDS.slice(0, 10)]

const KINDS: readonly Kind[] = [
  {
    name: 'words',
    weight: 14,
    shot: (dice, { authorization }) => {
      const document = spoilJson(seeds.DOCUMENT, dice)
      return extraction({ document, schema: seeds.SMALL_SCHEMA }, authorization)
    },
  },
  {
    name: 'odd words',
    weight: 5,
    shot: (dice, { authorization }) => extraction(oddRequest(dice), authorization),
  },
  {
    name: 'inline schema',
    weight: 6,
    shot: (dice, { authorization }) => {
      const schema = spoilJson(seeds.SCHEMA, dice)
      return extraction({ document: seeds.DOCUMENT, schema }, authorization)
    },
  },
  {
    name: 'stored schema',
    weight: 10,
    shot: (dice, { authorization }) => {
      const body = textBytes(JSON.stringify(spoilJson(seeds.SCHEMA, dice)))
      const path = `/v1/schemas/fuzz${dice.int(20)}`
      return { method: 'PUT', path, headers: { authorization, ...JSON_TYPE }, body }
    },
  },
  {
    name: 'JSON text',
    weight: 12,
    shot: (dice, { authorization }) => {
      const request = { document: seeds.DOCUMENT, schema: seeds.SMALL_SCHEMA }
      const body = spoil(textBytes(JSON.stringify(request)), dice, JSON_WORDS)
      return post('/v1/extract', { authorization, ...JSON_TYPE }, body)
    },
  },
  {
    name: 'PDF',
    weight: 16,
    shot: (dice, { authorization }) => rawFile('application/pdf', spoiltPdf(dice), authorization),
  },
  {
    name: 'odd PDF',
    weight: 8,
    shot: (dice, { authorization }) => rawFile('application/pdf', pdfs.oddPdf(dice), authorization),
  },
  {
    name: 'file in JSON',
    weight: 5,
    shot: (dice, { authorization }) => {
      const content = Buffer.from(spoiltPdf(dice)).toString('base64')
      const document = { content, type: 'application/pdf' }
      const request: Json = { document, schema: seeds.SMALL_SCHEMA }
      return extraction(dice.chance(0.7) ? request : spoilJson(request, dice), authorization)
    },
  },
  {
    name: 'picture',
    weight: 5,
    shot: (dice, { authorization }) => {
      const bytes = spoil(dice.pick(seeds.PICTURES), dice, seeds.PICTURE_WORDS)
      return rawFile(dice.pick(['image/png', 'image/jpeg', 'image/webp']), bytes, authorization)
    },
  },
  {
    name: 'multipart',
    weight: 10,
    shot: (dice, { authorization }) => {
      const { contentType, body } = spoiltForm(PARTS, dice)
      const bytes = dice.chance(0.5) ? body : spoil(body, dice, FORM_WORDS)
      return post('/v1/extract', { authorization, 'content-type': contentType }, bytes)
    },
  },
  {
    name: 'form',
    weight: 8,
    shot: (dice, { formTokens }) => {
      const token = dice.chance(0.9) ? dice.pick(formTokens) : dice.pick(FORM_WORDS)
      const first = [{ name: 'pip-token', body: textBytes(token) }]
      const { contentType, body } = dice.chance(0.5)
        ? spoiltForm(FORM_PARTS, dice, first)
        : formOf([...first, ...FORM_PARTS], 'b')
      const head = body.subarray(0, token.length + HEAD_BYTES)
      const rest = spoil(body.slice(head.length), dice, FORM_WORDS)
      const bytes = dice.chance(0.4) ? body : joined([head, rest])
      const origin = dice.chance(0.95) ? FORM_ORIGIN : 'null'
      return post(`/v1/forms/${FORM_SCHEMA}`, { origin, 'content-type': contentType }, bytes)
    },
  },
  { name: 'route', weight: 14, shot: (dice, { authorization }) => routeShot(dice, authorization) },
]

/** The kind and the request of one case, by the seed and the number of the case alone. */
export function caseOf(
  dice: Dice,
  session: Session,
): { readonly kind: string; readonly shot: Shot } {
  let place = dice.int(KINDS.reduce((sum, { weight }) => sum + weight, 0))
  for (const { name, weight, shot } of KINDS) {
    if (place < weight) return { kind: name, shot: shot(dice, session) }
    place -= weight
  }
  throw new Error('the weights do not add up')
}

const JSON_TYPE = { 'content-type': 'application/json' }
const QUERY = `?schema=${encodeURIComponent(JSON.stringify(seeds.SMALL_SCHEMA))}`
const PARTS: readonly Part[] = [
  { name: 'file', filename: 'a.pdf', type: 'application/pdf', body: pdfs.plainPdf },
  { name: 'schema', body: textBytes(JSON.stringify(seeds.SMALL_SCHEMA)) },
]

const FORM_PARTS: readonly Part[] = [
  { name: 'pip-success', body: textBytes(`${FORM_ORIGIN}/thanks`) },
  { name: 'customer', body: textBytes('Anna') },
  { name: 'file', filename: 'a.pdf', type: 'application/pdf', body: pdfs.plainPdf },
]

const extraction = (json: Json, authorization: string) =>
  post('/v1/extract', { authorization, ...JSON_TYPE }, textBytes(JSON.stringify(json)))

const rawFile = (type: string, body: Uint8Array, authorization: string) =>
  post(`/v1/extract${QUERY}`, { authorization, 'content-type': type }, body)

const post = (path: string, headers: Shot['headers'], body: Uint8Array): Shot => ({
  method: 'POST',
  path,
  headers,
  body,
})

function spoiltPdf(dice: Dice): Uint8Array<ArrayBuffer> {
  const sound = dice.pick([pdfs.plainPdf, pdfs.packedPdf, pdfs.packedPdf, pdfs.orderPdf])
  return spoil(sound, dice, pdfs.PDF_WORDS)
}
