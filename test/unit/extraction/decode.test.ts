// Decoding the scalars of one window: absence, the second mask, the preference for what reads as the type, options.
import { describe, expect, it } from 'vitest'
import type { Boxes } from '../../../src/extraction/check-boxes'
import { decodeEnum, decodeScalar } from '../../../src/extraction/decode'
import { YES_WORDS } from '../../../src/extraction/values/boolean'
import type { ScalarField } from '../../../src/schema/field'
import { decoderWith, field, filledBy, LOW, PAGE, part, type Script, TEMPLATE } from './scripted'

const scalar = (script: Script, decoder = decoderWith()) =>
  decodeScalar(filledBy(script), part, field, decoder)

describe('a scalar', () => {
  it('is absent unless the run beats absence by the bias', () => {
    const script: Script = [
      [
        ['absent', 2],
        [[3, 5], 2.4],
      ],
      [['absent', 5]],
    ]
    expect(scalar(script).best?.value).toBe('3')
    expect(scalar(script, decoderWith(undefined, 0.79)).best?.value).toBe('3')
    const { best, typed, absent } = scalar(script, decoderWith(undefined, 0.81))
    expect([best, typed]).toEqual([undefined, undefined])
    expect(Math.exp(absent)).toBeGreaterThan(0.1)
  })

  it('tells where the run stands that beats absence, but not by the bias', () => {
    const script = (logit: number): Script => [
      [
        ['absent', 2],
        [[3, 5], logit],
      ],
      [['absent', 5]],
    ]
    const { doubted } = scalar(script(2.4), decoderWith(undefined, 0.81))
    expect(doubted?.value).toBeUndefined()
    expect(doubted?.runs.map(({ first, last }) => [first - LOW, last - LOW])).toEqual([[3, 5]])
    expect(scalar(script(1.9), decoderWith(undefined, 0.81)).doubted).toBeUndefined()
  })

  it('has the probability of start times end, over [CLS] and the page alone', () => {
    const script: Script = [
      [
        ['absent', 0],
        [[3, 5], 1],
      ],
      [['absent', 5]],
    ]
    const p = Math.E / (Math.E + 1 + (PAGE - 1) * Math.exp(-9))
    expect(Math.exp(scalar(script).best?.log ?? 0)).toBeCloseTo(p * p, 6)
  })

  it('takes the second mask when it is filled elsewhere', () => {
    const script: Script = [[[[3, 5], 5]], [[[8, 9], 5]]]
    expect(scalar(script).best?.value).toBe('3+8')
    const over: Script = [
      [[[3, 5], 5]],
      [
        [[5, 6], 5],
        ['absent', 3],
      ],
    ]
    expect(scalar(over).best?.value).toBe('3')
  })

  it('leaves the second run out where only the first reads as the type', () => {
    const script: Script = [[[[4, 5], 5]], [[[9, 9], 5]]]
    const { best } = scalar(
      script,
      decoderWith((first) => first % 2 === 0),
    )
    expect(best?.runs.map(({ first }) => first - LOW)).toEqual([4])
  })

  it('prefers a run that reads as the type down to a tenth', () => {
    const even = decoderWith((first) => first % 2 === 0)
    const ask = (logit: number) =>
      scalar(
        [
          [
            [[3, 3], 6],
            [[8, 8], logit],
          ],
          [['absent', 6]],
        ],
        even,
      )
    expect(ask(5).typed?.value).toBe('8')
    expect(ask(5).best?.value).toBeUndefined()
    expect(ask(4.8).typed).toBeUndefined()
  })
})

describe('an enum', () => {
  const choice: ScalarField = { ...field, type: 'enum', options: ['a', 'b c'] }
  const options = [
    { first: 4, last: 4 },
    { first: 6, last: 7 },
  ]
  const ask = (script: Script) =>
    decodeEnum(
      filledBy(script),
      { ...part, options },
      choice,
      decoderWith(() => false),
    )
  const b = [6 - TEMPLATE, 7 - TEMPLATE] as const

  it('points at a whole option, and at the page for its evidence', () => {
    const { best } = ask([[[b, 5]], [[[2, 2], 5]]])
    expect(best).toMatchObject({ value: 'b c', runs: [{ first: LOW + 2, last: LOW + 2 }] })
  })

  it('is what its evidence spells, whichever option is pointed at', () => {
    const script: Script = [[[b, 5]], [[[2, 2], 5]]]
    const spelt = { ...decoderWith(), typist: () => 'a' }
    const { best } = decodeEnum(filledBy(script), { ...part, options }, choice, spelt)
    expect(best).toMatchObject({ value: 'a', runs: [{ first: LOW + 2, last: LOW + 2 }] })
  })

  describe('with boxes', () => {
    const box = (option: number, token: number, isTicked: boolean) => {
      return { option, isTicked, first: LOW + token, last: LOW + token }
    }
    const group = (from: number, ticked: readonly boolean[], isLabelled: boolean) => ({
      boxes: ticked.map((isTicked, option) => box(option, from + option, isTicked)),
      first: LOW + from,
      last: LOW + from + 1,
      isLabelled,
    })
    const boxed = (groups: readonly ReturnType<typeof group>[], script: Script) =>
      decodeEnum(filledBy(script), { ...part, options }, choice, {
        ...decoderWith(() => false),
        boxesOf: () => ({ groups }),
      })
    const elsewhere: Script = [[[b, 5]], [[[2, 2], 5]]]

    it('is the ticked one, whatever is pointed at', () => {
      const { best } = boxed([group(4, [true, false], true)], elsewhere)
      expect(best).toMatchObject({ value: 'a', runs: [{ first: LOW + 4, last: LOW + 4 }] })
    })

    it('is absent, and surely, where none is ticked', () => {
      const { best, absent } = boxed([group(4, [false, false], true)], elsewhere)
      expect(best).toBeUndefined()
      expect(Math.exp(absent)).toBeGreaterThan(0.9)
    })

    it('takes of two groups the one that its evidence points into', () => {
      const groups = [group(4, [true, false], false), group(9, [false, true], false)]
      expect(boxed(groups, [[[b, 5]], [[[10, 10], 5]]]).best?.value).toBe('b c')
      expect(boxed(groups, [[[b, 5]], [[[4, 4], 5]]]).best?.value).toBe('a')
    })

    it('leaves to the model what is not its own, and what is ticked twice', () => {
      expect(boxed([group(4, [true, false], false)], elsewhere).best?.value).toBe('b c')
      expect(boxed([group(4, [true, true], true)], elsewhere).best?.value).toBe('b c')
    })
  })

  it('does not point at the page, at commas or at halves of options', () => {
    const half = [4 - TEMPLATE, 7 - TEMPLATE] as const
    const script: Script = [
      [
        [[3, 3], 50],
        [[5 - TEMPLATE, 5 - TEMPLATE], 50],
        [half, 5],
        ['absent', 4],
      ],
      [],
    ]
    expect(ask(script).best).toBeUndefined()
    expect(
      ask([
        [
          [b, 5],
          ['absent', 6],
        ],
        [],
      ]).best,
    ).toBeUndefined()
  })

  it('may have no evidence', () => {
    expect(ask([[[b, 5]], [['absent', 5]]]).best).toMatchObject({ value: 'b c', runs: [] })
  })
})

describe('a boolean', () => {
  const flag: ScalarField = { ...field, type: 'boolean' }
  const box = (option: number, token: number, isTicked: boolean) => {
    return { option, isTicked, first: LOW + token, last: LOW + token }
  }
  const script: Script = [[[[2, 2], 5]], [['absent', 5]]]
  const read = (boxes: Boxes) =>
    decodeScalar(filledBy(script), part, flag, { ...decoderWith(), boxesOf: () => boxes })
  const group = (yes: boolean, no: boolean): Boxes => ({
    groups: [
      {
        boxes: [box(0, 4, yes), box(YES_WORDS.length, 6, no)],
        first: LOW + 4,
        last: LOW + 6,
        isLabelled: true,
      },
    ],
  })

  it('is what is ticked of yes and no, and absent where neither is', () => {
    expect(read(group(true, false)).best).toMatchObject({ value: true, runs: [{ first: LOW + 4 }] })
    expect(read(group(false, true)).best).toMatchObject({
      value: false,
      runs: [{ first: LOW + 6 }],
    })
    expect(read(group(false, false)).best).toBeUndefined()
    expect(read(group(true, true)).best?.value).toBe('2')
  })

  it('is whether the box beside its label is ticked', () => {
    expect(read({ groups: [], own: box(0, 8, true) }).best?.value).toBe(true)
    expect(read({ groups: [], own: box(0, 8, false) }).best?.value).toBe(false)
    expect(read({ groups: [] }).best?.value).toBe('2')
  })
})
