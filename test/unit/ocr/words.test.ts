import { describe, expect, it } from 'vitest'
import letters from '../../../workers/ocr/models/letters.json' with { type: 'json' }
import { type Steps, wordsOf } from '../../../workers/ocr/src/words'

/** A line of 100 x 20 about (100, 50). */
const LINE = { x: 100, y: 50, width: 100, height: 20, angle: 0 }

/** One step a character; `_` is none. */
function stepsOf(line: string, chance = 1): Steps {
  const size = letters.length + 1
  const chances = new Float32Array(line.length * size)
  for (const [i, char] of Array.from(line).entries()) {
    chances[i * size + (char === '_' ? 0 : letters.indexOf(char) + 1)] = chance
  }
  return { count: line.length, letters: size, chances, own: line.length }
}

const textsOf = (line: string) => wordsOf(stepsOf(line), LINE).map(({ text }) => text)

describe('letters', () => {
  it('that last several steps are one, unless there is none between', () => {
    expect(textsOf('_TToo_taal_l_')).toEqual(['Totall'])
  })

  it('are parted into words by spaces', () => {
    expect(textsOf('__a_ b  __c_')).toEqual(['a', 'b', 'c'])
  })

  it('of every language of Latin script are known', () => {
    for (const letter of 'äöüßÄÖÜéèêçœñåøłžğşő€£') expect(letters).toContain(letter)
  })
})

describe('words', () => {
  it('lie where their letters do, as high as their line', () => {
    const [first, second] = wordsOf(stepsOf('aaaaabbbbb     ccccc'), LINE)
    expect(first).toEqual({ text: 'ab', box: [50, 40, 100, 60], confidence: 1 })
    expect(second?.box[0]).toBeGreaterThan(120)
    expect(second?.box[2]).toBeCloseTo(150, 5)
  })

  it('follow a line that falls', () => {
    const [first, second] = wordsOf(stepsOf('aaaa    bbbb'), { ...LINE, angle: 0.1 })
    expect(second?.box[1]).toBeGreaterThan((first?.box[1] ?? 0) + 3)
  })

  it('are as sure as all of their letters together', () => {
    const [word] = wordsOf(stepsOf('_a_b_', 0.8), LINE)
    expect(word?.confidence).toBeCloseTo(0.64)
  })

  it('of lines that are hardly read, or of none, are left out', () => {
    expect(wordsOf(stepsOf('_a_b_', 0.4), LINE)).toEqual([])
    expect(wordsOf(stepsOf('____'), LINE)).toEqual([])
  })
})
