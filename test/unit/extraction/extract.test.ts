// The whole way with a filler that knows the answers: values, sources, windows, further passes, limits.
import { describe, expect, it } from 'vitest'
import type { Document } from '../../../src/document/words'
import type { ListAnswer, ScalarAnswer, TableAnswer } from '../../../src/extraction/answer'
import { extract } from '../../../src/extraction/extract'
import type { Failure } from '../../../src/failure'
import { MAX_PASSES } from '../../../src/limits'
import type { MaskFiller, ModelInfo } from '../../../src/model/mask-filler'
import { parseSchema } from '../../../src/schema/parse'
import { IdealFiller, type Truth } from './ideal-filler'
import { documentOf } from './pages'
import { wordpiece } from './vocabulary'

const text = { type: 'string' }

function fieldsOf(properties: object) {
  const fields = parseSchema({ type: 'object', properties })
  if (!fields.ok) throw new Error(JSON.stringify(fields.failure))
  return fields.value
}

async function answer(
  document: Document,
  properties: object,
  truth: Truth,
  info?: Partial<ModelInfo>,
) {
  const filler = new IdealFiller(truth, info)
  const result = await extract(document, fieldsOf(properties), filler, wordpiece)
  if (!result.ok) throw new Error(JSON.stringify(result.failure))
  const { fields, ...rest } = result.value
  return {
    ...rest,
    seen: filler.seen,
    scalar: (name: string) => fields[name] as ScalarAnswer,
    list: (name: string) => fields[name] as ListAnswer,
    table: (name: string) => fields[name] as TableAnswer,
    names: Object.keys(fields),
  }
}

async function failure(
  document: Document,
  properties: object,
  filler: MaskFiller = new IdealFiller({}),
): Promise<Failure> {
  const result = await extract(document, fieldsOf(properties), filler, wordpiece)
  if (result.ok) throw new Error('It did not fail')
  return result.failure
}

describe('scalars', () => {
  const receipt = documentOf(['ABC HO TRADING', 'Date 25/12/2018', 'Total:1,031.50 card', 'N/A'])

  it('have a place of their own: who claims that of another is uncertain, and shows it', async () => {
    const truth = { date: ['25/12/2018'], 'due on': ['25/12/2018'], total: ['1,031.50'] }
    const result = await answer(receipt, { date: text, 'due on': text, total: text }, truth)
    expect(result.scalar('date')).toMatchObject({ status: 'found', value: '25/12/2018' })
    expect(result.scalar('due on')).toMatchObject({
      status: 'uncertain',
      value: null,
      raw: null,
      citations: result.scalar('date').citations,
    })
    expect(result.scalar('due on').confidence).toBeLessThan(0.1)
    expect(result.scalar('total').status).toBe('found')
  })

  it('have value, spelling, source and confidence', async () => {
    const result = await answer(
      receipt,
      { total: { type: 'number' }, date: { ...text, format: 'date' }, company: text, fax: text },
      { total: ['1,031.50'], date: ['25/12/2018'], company: ['ABC HO TRADING'] },
    )
    expect(result.scalar('total')).toMatchObject({
      status: 'found',
      value: 1031.5,
      raw: '1,031.50',
      citations: [{ page: 1, box: [60, 40, 140, 55], text: '1,031.50' }],
    })
    expect(result.scalar('date')).toMatchObject({ value: '2018-12-25', raw: '25/12/2018' })
    expect(result.scalar('company').citations).toEqual([
      { page: 1, box: [0, 0, 140, 15], text: 'ABC HO TRADING' },
    ])
    const { confidence, ...fax } = result.scalar('fax')
    expect(fax).toEqual({ status: 'absent', value: null, raw: null, citations: [] })
    expect(confidence).toBeGreaterThan(0.99)
    expect(result.passes).toBe(1)
    expect(result.names).toEqual(['total', 'date', 'company', 'fax'])
    const tokens = receipt.pages[0]?.words.flatMap((w) => wordpiece.encode(w.text).ids).length
    expect(result.usage).toEqual({ pages: 1, words: 8, tokens })
    expect(result.model).toEqual({ name: 'ideal', version: '1', tier: 'edge' })
  })

  it('join the two halves of a broken value, one citation a visual row', async () => {
    const page = documentOf(['To: Jane Roe   Invoice 7', '    Main Street   Due now'])
    const result = await answer(page, { to: text }, { to: ['Jane Roe', 'Main Street'] })
    expect(result.scalar('to')).toMatchObject({
      value: 'Jane Roe Main Street',
      citations: [
        { page: 1, box: [40, 0, 120, 15], text: 'Jane Roe' },
        { page: 1, box: [40, 20, 150, 35], text: 'Main Street' },
      ],
    })
  })

  it('give one citation a row for a run over rows', async () => {
    const page = documentOf(['at 5 Main', 'Street 7'])
    const result = await answer(page, { at: text }, { at: ['5 Main Street'] })
    expect(result.scalar('at').citations.map((c) => c.text)).toEqual(['5 Main', 'Street'])
  })

  it('are uncertain with null, spelling and source where they do not read as the type', async () => {
    const result = await answer(receipt, { n: { type: 'integer' } }, { n: ['N/A'] })
    expect(result.scalar('n')).toMatchObject({ status: 'uncertain', value: null, raw: 'N/A' })
    expect(result.scalar('n').citations).toHaveLength(1)
  })

  it('are uncertain below the threshold of the release', async () => {
    const calibration = { string: { a: 1, b: -50 }, default: { a: 1, b: 0 } }
    const result = await answer(receipt, { c: text }, { c: ['ABC'] }, { calibration })
    expect(result.scalar('c')).toMatchObject({ status: 'uncertain', value: 'ABC', raw: 'ABC' })
    expect(result.scalar('c').confidence).toBeLessThan(1e-9)
  })

  it('overflow when the run is as long as any that is looked for', async () => {
    const long = Array.from({ length: 96 }, (_, i) => `w${i % 10}`.slice(0, 1)).join(' ')
    const result = await answer(documentOf([`${long} end`]), { v: text }, { v: [long] })
    expect(result.scalar('v')).toMatchObject({ status: 'overflow', value: long })
  })

  it('take names of Object.prototype for names', async () => {
    const result = await answer(receipt, { constructor: text }, { constructor: ['ABC'] })
    expect(result.scalar('constructor').value).toBe('ABC')
  })
})

describe('enums', () => {
  const page = documentOf(['paid by Visa 1234'])
  const properties = { payment: { enum: ['cash', 'credit card', 'other'] } }
  const ask = (option: number, evidence: string | null) =>
    answer(page, properties, { payment: { option, evidence } })

  it('give the option, and the page as its source', async () => {
    expect((await ask(1, 'Visa')).scalar('payment')).toMatchObject({
      status: 'found',
      value: 'credit card',
      raw: 'Visa',
      citations: [{ text: 'Visa' }],
    })
  })

  it('are uncertain without a source', async () => {
    expect((await ask(0, null)).scalar('payment')).toMatchObject({
      status: 'uncertain',
      value: 'cash',
      raw: null,
      citations: [],
    })
  })

  it('are absent when no option is pointed at', async () => {
    const result = await answer(page, properties, {})
    expect(result.scalar('payment')).toMatchObject({ status: 'absent', value: null })
  })
})

const names = (count: number) =>
  Array.from({ length: count }, (_, i) => `n${String(i + 1).padStart(3, '0')}`)

describe('lists', () => {
  const ask = (count: number, rest: object = {}) =>
    answer(
      documentOf(names(count)),
      { payees: { type: 'array', items: text, ...rest } },
      {
        payees: names(count),
      },
    )

  it('are complete while the last mask is empty', async () => {
    const result = await ask(15)
    expect(result.list('payees').items.map((item) => item.value)).toEqual(names(15))
    expect(result.list('payees')).toMatchObject({ status: 'found', complete: true })
    expect(result.passes).toBe(1)
  })

  it('take further passes from behind the last item', async () => {
    const result = await ask(50)
    expect(result.list('payees').items.map((item) => item.value)).toEqual(names(50))
    expect(result.list('payees').complete).toBe(true)
    expect(result.passes).toBe(4)
  })

  it('are cut at maxItems and say so', async () => {
    const result = await ask(50, { maxItems: 20 })
    expect(result.list('payees').items.map((item) => item.value)).toEqual(names(20))
    expect(result.list('payees')).toMatchObject({ status: 'found', complete: false })
    expect(result.passes).toBe(1)
    expect((await ask(20, { maxItems: 20 })).list('payees').complete).toBe(true)
  })

  it('are absent when nothing is there', async () => {
    const result = await answer(documentOf(['x']), { payees: { type: 'array', items: text } }, {})
    expect(result.list('payees')).toMatchObject({ status: 'absent', complete: true, items: [] })
    expect(result.list('payees').confidence).toBeGreaterThan(0.9)
  })

  it('go on through all windows, an item in an overlap told once', async () => {
    const result = await ask(300)
    expect(result.list('payees').items.map((item) => item.value)).toEqual(names(300))
    expect(result.list('payees').complete).toBe(true)
  })

  it('overflow when the passes are used up', { timeout: 30_000 }, async () => {
    const many = Array.from({ length: 60 }, (_, i) => `f${i}`)
    const items = { type: 'array', items: text, maxItems: 1000 }
    const properties = Object.fromEntries(many.map((name) => [name, items]))
    const truth = Object.fromEntries(many.map((name) => [name, names(160)]))
    const result = await answer(documentOf(names(160)), properties, truth)
    expect(result.passes).toBe(MAX_PASSES)
    expect(result.list('f0')).toMatchObject({ status: 'found', complete: true })
    expect(result.list('f59')).toMatchObject({ status: 'overflow', complete: false })
    expect(result.list('f59').items.length).toBeGreaterThan(0)
  })
})

describe('tables', () => {
  const items = {
    type: 'array',
    items: {
      type: 'object',
      properties: { what: text, price: { type: 'number' }, kind: { enum: ['Food', 'Drink'] } },
    },
  }
  const row = (i: number) =>
    `thing${String(i).padStart(3, '0')} ${i}.5 ${i % 2 ? 'food,' : `o${i}`}`
  const truth = (count: number): Truth => ({
    'items / what': Array.from({ length: count }, (_, i) => row(i).split(' ')[0] ?? null),
    'items / price': Array.from({ length: count }, (_, i) => (i === 1 ? null : `${i}.5`)),
    'items / kind': Array.from({ length: count }, () => null),
  })

  it('have a row a mask, every column in it', async () => {
    const lines = Array.from({ length: 3 }, (_, i) => row(i + 0))
    const result = await answer(documentOf(lines), { items }, truth(3))
    const { rows, complete, status } = result.table('items')
    expect({ complete, status }).toEqual({ complete: true, status: 'found' })
    expect(rows.map(({ what, price }) => [what?.value, price?.value])).toEqual([
      ['thing000', 0.5],
      ['thing001', null],
      ['thing002', 2.5],
    ])
    expect(rows[1]?.price?.status).toBe('absent')
    expect(Object.keys(rows[0] ?? {})).toEqual(['what', 'price', 'kind'])
  })

  it('match the page to the options of an enum column', async () => {
    const given = { ...truth(3), 'items / kind': [null, 'food,', 'o2'] }
    const result = await answer(documentOf([row(0), row(1), row(2)]), { items }, given)
    const kinds = result.table('items').rows.map(({ kind }) => [kind?.value, kind?.status])
    expect(kinds).toEqual([
      [null, 'absent'],
      ['Food', 'found'],
      [null, 'uncertain'],
    ])
  })

  it('go on through windows and further passes', async () => {
    const lines = Array.from({ length: 120 }, (_, i) => row(i))
    const result = await answer(documentOf(lines), { items }, truth(120))
    const { rows, complete } = result.table('items')
    expect(rows.map(({ what }) => what?.value)).toEqual(lines.map((line) => line.split(' ')[0]))
    expect(rows.map(({ price }) => price?.value)).toEqual(
      lines.map((_, i) => (i === 1 ? null : i + 0.5)),
    )
    expect(complete).toBe(true)
  })
})

describe('several windows, pages and templates', () => {
  const filler = (count: number) => Array.from({ length: count }, (_, i) => `filler ${i}`)

  it('find a value wherever it is, absent over all windows else', async () => {
    const pages = documentOf(filler(200), [...filler(100), 'secret 4711', ...filler(100)])
    const result = await answer(pages, { pin: text, nothing: text }, { pin: ['4711'] })
    expect(result.passes).toBeGreaterThan(3)
    expect(result.scalar('pin')).toMatchObject({
      value: '4711',
      citations: [{ page: 2, box: [70, 2000, 110, 2015] }],
    })
    expect(result.scalar('nothing').status).toBe('absent')
  })

  it('ask many fields in several passes and answer in the order of the schema', async () => {
    const many = names(60)
    const properties = Object.fromEntries(many.map((name) => [name, { ...text, title: name }]))
    const truth = Object.fromEntries(many.map((name) => [name, [name]]))
    const result = await answer(documentOf(many), properties, truth)
    expect(result.passes).toBeGreaterThan(1)
    expect(result.names).toEqual(many)
    expect(many.map((name) => result.scalar(name).value)).toEqual(many)
    for (const { length } of result.seen) expect(length).toBeLessThanOrEqual(512)
  })
})

describe('failures', () => {
  it('say that there is nothing to read', async () => {
    for (const document of [documentOf(), documentOf([]), documentOf(['\u200b \ufffd'])]) {
      expect(await failure(document, { a: text })).toMatchObject({
        kind: 'invalid',
        issues: [{ pointer: '/document' }],
      })
    }
  })

  it('say which limit the passes are over, before any pass', async () => {
    const filler = new IdealFiller({})
    const words = (count: number) =>
      documentOf([Array.from({ length: count }, () => 'a').join(' ')])
    const most = 320 + 240 * (MAX_PASSES - 1)
    expect(await failure(words(most + 1), { a: text }, filler)).toEqual({
      kind: 'too-large',
      limit: 'passes',
      max: MAX_PASSES,
      unit: 'forward passes',
    })
    expect(filler.seen).toEqual([])
  })

  it('are handed on from the filler', async () => {
    const unavailable = { kind: 'unavailable', detail: 'x', retryAfterSeconds: 1 } as const
    const no = async () => ({ ok: false, failure: unavailable }) as const
    const yes = new IdealFiller({})
    const document = documentOf(['a'])
    expect(await failure(document, { a: text }, { info: no, fill: no })).toBe(unavailable)
    const half = { info: () => yes.info(), fill: no }
    expect(await failure(document, { a: text }, half)).toBe(unavailable)
    const list = { a: { type: 'array', items: text } }
    let calls = 0
    const full = new IdealFiller({ a: names(20) })
    const late: MaskFiller = {
      info: () => full.info(),
      fill: (tensors) => (calls++ === 0 ? full.fill(tensors) : no()),
    }
    expect(await failure(documentOf(names(20)), list, late)).toBe(unavailable)
  })
})
