// Which box is ticked, as pages have them: marks before or behind the options, along a row or below each other.
import { describe, expect, it } from 'vitest'
import { boxesAmong } from '../../../src/extraction/check-boxes'
import { pageTokens } from '../../../src/extraction/page-tokens'
import { wordpiece } from './vocabulary'

/** Words ten wide in rows twenty apart. */
function tokensOf(...rows: readonly string[]) {
  const words = rows.flatMap((row, r) =>
    row.split(' ').map((text, i) => ({
      text,
      box: [12 * i, 20 * r, 12 * i + 10, 20 * r + 10] as const,
    })),
  )
  return pageTokens({ pages: [{ width: 600, height: 800, words }] }, wordpiece)
}

const marital = ['single', 'married', 'divorced']

/** By group, options with whether they are ticked. */
function read(rows: readonly string[], options = marital, labels = ['marital status']) {
  const tokens = tokensOf(...rows)
  return boxesAmong(tokens)({ type: 'enum', options, labels }).groups.map(({ boxes }) =>
    Object.fromEntries(boxes.map(({ option, isTicked }) => [options[option], isTicked])),
  )
}

describe('boxes of an enum', () => {
  it.each([
    ['[ ] Single [x] Married [ ] Divorced'],
    ['Single ☐ Married ☑ Divorced ☐'],
    ['( ) Single (x) Married ( ) Divorced'],
    ['□ SINGLE ■ MARRIED □ DIVORCED'],
    ['single _ married x divorced _'],
    ['[]single, [X]married, []divorced'],
    ['Marital status: ○ Single ● Married ○ Divorced Employer'],
  ])('reads %s', (row) => {
    expect(read([row])).toEqual([{ single: false, married: true, divorced: false }])
  })

  it('reads boxes below each other, and none that is ticked', () => {
    expect(read(['Status', '[ ] Single', '[ ] Married', '[ ] Divorced'])).toEqual([
      { single: false, married: false, divorced: false },
    ])
  })

  it('keeps the same options of two questions apart, and knows which is labelled', () => {
    const tokens = tokensOf('Smoker: [x] Yes [ ] No', 'Pets allowed: [ ] Yes [x] No')
    const { groups } = boxesAmong(tokens)({
      type: 'enum',
      options: ['yes', 'no'],
      labels: ['smoker'],
    })
    expect(groups.map(({ boxes }) => boxes.map(({ isTicked }) => isTicked))).toEqual([
      [true, false],
      [false, true],
    ])
    expect(groups[0]?.isLabelled).toBe(true)
  })

  it('tells where a box and its group stand', () => {
    const tokens = tokensOf('Status [x] Single [ ] Married')
    const {
      groups: [group],
    } = boxesAmong(tokens)({ type: 'enum', options: marital, labels: [] })
    const textOf = ({ first, last }: { first: number; last: number }) =>
      tokens.words.slice(tokens.word[first], (tokens.word[last] ?? 0) + 1).map(({ text }) => text)
    expect(group && textOf(group)).toEqual(['Single', '[', ']', 'Married'])
    expect(group?.boxes.map(textOf)).toEqual([['Single'], ['Married']])
  })

  it.each([
    ['options without marks', 'Single Married Divorced'],
    ['one option alone', '[x] Married'],
    ['marks at both ends', '[ ] Single [x] Married [ ]'],
    ['words between mark and option', '[x] not Married [ ] maybe Single'],
    ['a letter that is no mark', 'Single max Married box Divorced'],
  ])('says nothing of %s', (_, row) => {
    expect(read([row])).toEqual([])
  })

  it('takes the longer option where one holds the other', () => {
    const options = ['married', 'not married']
    expect(read(['[x] not married [ ] married'], options)).toEqual([
      { 'not married': true, married: false },
    ])
  })

  it('says nothing of options that marks alone tell apart', () => {
    expect(read(['[x] A+ [ ] A-'], ['A+', 'A-'])).toEqual([])
  })
})

describe('boxes of a boolean', () => {
  const boolean = (labels: readonly string[], ...rows: readonly string[]) => {
    return boxesAmong(tokensOf(...rows))({ type: 'boolean', options: [], labels })
  }

  it('are those of yes and no', () => {
    const { groups } = boolean(['smoker'], 'Smoker: [ ] Yes [x] No', 'Raucher: ☑ Ja ☐ Nein')
    expect(groups.map(({ boxes }) => boxes.map(({ isTicked }) => isTicked))).toEqual([
      [false, true],
      [true, false],
    ])
    expect(groups.map(({ isLabelled }) => isLabelled)).toEqual([true, false])
  })

  it('are the one beside the label', () => {
    expect(boolean(['newsletter'], '[x] Newsletter', '[ ] Terms')?.own).toMatchObject({
      isTicked: true,
    })
    expect(boolean(['newsletter'], '☐ Newsletter')?.own).toMatchObject({ isTicked: false })
    expect(boolean(['newsletter', 'Newsletter?'], '[x] Newsletter')?.own).toBeDefined()
  })

  it('are none where the label stands without a box, or with two', () => {
    expect(boolean(['newsletter'], 'Newsletter: weekly')?.own).toBeUndefined()
    expect(boolean(['newsletter'], '[x] Newsletter', '[ ] Newsletter')?.own).toBeUndefined()
  })
})
