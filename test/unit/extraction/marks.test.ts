// A ticked box, an empty one and none are three things to the model.
import { expect, it } from 'vitest'
import { marksApart } from '../../../src/extraction/marks'
import { wordpiece } from './vocabulary'

it('tells a ticked box from an empty one, whatever the font', () => {
  for (const [on, off] of [
    ['\u2611', '\u2610'],
    ['\u2612', '\u25a1'],
    ['\u{1f5f9}', '\u2610'],
    ['\uf0fe', '\uf0a8'],
  ] as const) {
    const [ticked, empty] = [on, off].map((mark) => wordpiece.encode(marksApart(mark)).ids)
    expect(ticked).toHaveLength(1)
    expect(empty).toHaveLength(1)
    expect(ticked).not.toEqual(empty)
  }
})

it('keeps every character in its place', () => {
  expect(marksApart('\u2713 Yes \uf0a8 No')).toBe('x Yes \u2610 No')
  expect([...marksApart('\u{1f5f9}a')]).toHaveLength(2)
})
