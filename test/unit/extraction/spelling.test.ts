// The page's own spelling of a run and its boxes, down to parts of words.
import { describe, expect, it } from 'vitest'
import { pageTokens } from '../../../src/extraction/page-tokens'
import { citationsOf, spellingOf } from '../../../src/extraction/spelling'
import { documentOf } from './pages'
import { wordpiece } from './vocabulary'

function read(lines: readonly string[], first: number, last: number) {
  const tokens = pageTokens(documentOf(lines), wordpiece)
  const runs = [{ first, last: last < 0 ? tokens.count + last : last }]
  return { text: spellingOf(tokens, runs), citations: citationsOf(tokens, runs), tokens }
}

describe('spelling', () => {
  it('keeps capitals, accents and signs that the model does not see', () => {
    expect(read(['Cafe\u0301 \u00c5ngstro\u0308m\u200b'], 0, -1).text).toBe(
      'Cafe\u0301 \u00c5ngstro\u0308m\u200b',
    )
  })

  it('begins and ends inside words', () => {
    const { text, citations } = read(['02/03/20-03/29/20'], 0, 4)
    expect(text).toBe('02/03/20')
    expect(citations).toEqual([{ page: 1, box: [0, 0, 80, 15], text: '02/03/20' }])
  })

  it('counts characters outside the basic plane once', () => {
    const tokens = pageTokens(documentOf(['\u{1f600}-12']), wordpiece)
    const runs = [{ first: tokens.count - 1, last: tokens.count - 1 }]
    expect(spellingOf(tokens, runs)).toBe('12')
    expect(citationsOf(tokens, runs)[0]?.box).toEqual([25, 0, 50, 15])
  })

  it('takes words without tokens along inside a run', () => {
    expect(read(['a \ufffd b'], 0, 1).text).toBe('a \ufffd b')
  })

  it('cites every visual row by itself', () => {
    const { citations } = read(['one two', 'three'], 0, -1)
    expect(citations.map(({ text, box }) => ({ text, box }))).toEqual([
      { text: 'one two', box: [0, 0, 70, 15] },
      { text: 'three', box: [0, 20, 50, 35] },
    ])
  })
})
