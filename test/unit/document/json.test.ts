// The document of a JSON request: sizes on both sides of their limits, boxes that cannot be, and findings that point.
import { describe, expect, it } from 'vitest'
import { parseDocument } from '../../../src/document/json'
import { MAX_PAGE_SIDE, MAX_PAGES, MAX_WORD_CHARS, MAX_WORDS } from '../../../src/limits'

const word = (text: unknown = 'x', box: unknown = [0, 0, 10, 10]) => ({ text, box })
const page = (words: unknown = [word()], width: unknown = 100, height: unknown = 100) => ({
  width,
  height,
  words,
})
const boxed = (box: unknown) => ({ pages: [page([word('x', box)])] })
const many = (count: number) => Array.from({ length: count }, () => word())

/** Pointers of the findings, or `ok`, or the kind of another failure. */
function findings(json: unknown): unknown {
  const parsed = parseDocument(json)
  if (parsed.ok) return 'ok'
  return parsed.failure.kind === 'invalid'
    ? parsed.failure.issues.map(({ pointer }) => pointer)
    : parsed.failure.kind
}

describe('sizes', () => {
  it.each([
    [
      'pages',
      { pages: Array(MAX_PAGES).fill(page()) },
      { pages: Array(MAX_PAGES + 1).fill(page()) },
    ],
    ['words', { pages: [page(many(MAX_WORDS))] }, { pages: [page(many(MAX_WORDS)), page()] }],
  ])('%s', (_, fits, exceeds) => {
    expect(findings(fits)).toBe('ok')
    expect(findings(exceeds)).toBe('too-large')
  })

  it('characters of a word', () => {
    expect(findings({ pages: [page([word('x'.repeat(MAX_WORD_CHARS))])] })).toBe('ok')
    const exceeds = { pages: [page([word('x'.repeat(MAX_WORD_CHARS + 1))])] }
    expect(findings(exceeds)).toEqual(['/pages/0/words/0/text'])
  })

  it('sides of a page', () => {
    expect(findings({ pages: [page([], MAX_PAGE_SIDE)] })).toBe('ok')
    for (const side of [MAX_PAGE_SIDE + 1, 0, -1, Number.POSITIVE_INFINITY, '1', null]) {
      expect(findings({ pages: [page([], side)] })).toEqual(['/pages/0/width'])
    }
  })

  it('counts words before it looks at them', () => {
    expect(findings({ pages: [{ words: Array(MAX_WORDS + 1).fill(null) }] })).toBe('too-large')
  })
})

describe('boxes', () => {
  it.each([
    ['inside', [1, 2, 3, 4]],
    ['without area', [5, 5, 5, 5]],
    ['a little outside', [-3, -3, 104, 104]],
    ['outside by the size of the page', [-100, -100, 200, 200]],
  ])('%s is taken', (_, box) => {
    expect(findings(boxed(box))).toBe('ok')
  })

  it.each([
    ['outside by more', [-101, 0, 10, 10], ''],
    ['huge', [0, 0, 1e300, 10], ''],
    ['turned in x', [10, 0, 9, 10], ''],
    ['turned in y', [0, 10, 10, 9], ''],
    ['infinite', [0, 0, Number.POSITIVE_INFINITY, 1], '/2'],
    ['not a number', [0, Number.NaN, 1, 1], '/1'],
    ['of three', [0, 0, 1], '/3'],
    ['of five', [0, 0, 1, 1, 1], '/4'],
    ['of text', [0, '0', 1, 1], '/1'],
    ['an object', { x0: 0 }, ''],
  ])('%s is refused', (_, box, end) => {
    expect(findings(boxed(box))).toEqual([`/pages/0/words/0/box${end}`])
  })
})

describe('shape', () => {
  it.each([
    [{}, ['/pages']],
    [{ pages: [] }, ['/pages']],
    [{ pages: [{}] }, ['/pages/0/width', '/pages/0/height', '/pages/0/words']],
    [{ pages: [page([{ text: 1 }])] }, ['/pages/0/words/0/text', '/pages/0/words/0/box']],
    [{ pages: [page()], lang: 'en' }, ['/lang']],
    [{ pages: [{ ...page(), 'a/b~c': 1 }] }, ['/pages/0/a~1b~0c']],
    [{ content: 'AAAA' }, ['/type']],
    [{ content: 1, type: 'application/pdf' }, ['/content']],
    [{ content: 'AAAA', type: 'application/pdf', pages: [] }, ['/pages']],
    [null, ['']],
    [[], ['/pages']],
    ['pages', ['']],
  ])('%j is refused where it is wrong', (json, pointers) => {
    expect(findings(json)).toEqual(pointers)
  })

  it('never repeats what it found', () => {
    const parsed = parseDocument({ pages: [page([word({ secret: 'secret' }, 'secret')])] })
    expect(JSON.stringify(parsed)).not.toContain('secret')
  })

  it('reports a lone surrogate of a word as a replacement character', () => {
    const parsed = parseDocument({ pages: [page([word('a\ud800b')])] })
    expect(
      parsed.ok && parsed.value.kind === 'words' && parsed.value.document.pages[0]?.words[0],
    ).toMatchObject({ text: 'a\ufffdb' })
  })

  it('lists no more than twenty findings', () => {
    const parsed = parseDocument({ pages: [page(Array(100).fill({}))] })
    expect(!parsed.ok && parsed.failure.kind === 'invalid' && parsed.failure.issues.length).toBe(20)
  })
})
