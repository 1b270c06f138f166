import { describe, expect, it } from 'vitest'
import { linesOf } from '../../../workers/ocr/src/words'

const item = (
  text: string | null,
  left: number,
  top: number,
  right: number,
  bottom: number,
  flags = 0,
) => ({
  text,
  rect: { left, top, right, bottom },
  flags,
  confidence: 0.5,
})

const wordsOf = (...asked: Parameters<typeof linesOf>) => linesOf(...asked).flat()

describe('words', () => {
  it('have boxes in pixels of the picture, and their confidence', () => {
    expect(wordsOf([item('Total', 10, 20, 30, 40, 1)], 0.5)).toEqual([
      { text: 'Total', box: [5, 10, 15, 20], confidence: 0.5 },
    ])
  })

  it('that are low, as dashes are, get the height of the nearest word of their line', () => {
    const line = [
      item('10', 0, 100, 20, 120, 1),
      item('-', 22, 109, 30, 111),
      item('11', 32, 104, 50, 124),
      item('x', 0, 300, 9, 310, 1),
    ]
    const boxes = wordsOf(line, 1).map(({ box }) => box)
    expect(boxes[1]).toEqual([22, 100, 30, 120])
    expect(boxes[3]).toEqual([0, 300, 9, 310])
  })

  it('are left out where they are empty', () => {
    expect(
      wordsOf([item('  ', 0, 0, 9, 9, 1), item('', 0, 0, 9, 9), item(null, 0, 0, 9, 9)], 1),
    ).toEqual([])
  })
})
