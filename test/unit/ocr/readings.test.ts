import { describe, expect, it } from 'vitest'
import { best } from '../../../workers/ocr/src/readings'

const line = (text: string, y: number, confidence: number, x = 0) => [
  { text, box: [x, y, x + 100, y + 20] as const, confidence },
]
const texts = (lines: ReturnType<typeof best>) => lines.flat().map(({ text }) => text)

describe('of two readings', () => {
  it('each line is the surer one, in the first reading’s order', () => {
    const first = [line('T0TAL', 0, 0.5), line('9.00', 40, 0.9)]
    const second = [line('9.O0', 43, 0.4), line('TOTAL', 2, 0.9)]
    expect(texts(best(first, second))).toEqual(['TOTAL', '9.00'])
  })

  it('a line that the second cut otherwise stays', () => {
    const first = [line('a b', 0, 0.1)]
    const second = [line('a', 0, 0.9), line('b', 1, 0.9, 50)]
    expect(texts(best(first, second))).toEqual(['a b'])
  })

  it('lines side by side are not taken for each other', () => {
    const first = [line('left', 0, 0.1), line('right', 0, 0.2, 200)]
    const second = [line('LEFT', 0, 0.9), line('RIGHT', 0, 0.1, 200)]
    expect(texts(best(first, second))).toEqual(['LEFT', 'right'])
  })

  it('a line that the first missed is taken where the second is sure', () => {
    const second = [line('sure', 50, 0.7), line('noise', 90, 0.5)]
    expect(texts(best([line('a', 0, 0.9)], second))).toEqual(['a', 'sure'])
  })

  it('nothing comes of nothing', () => {
    expect(best([], [])).toEqual([])
  })
})
