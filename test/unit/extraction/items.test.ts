// Items and rows off all masks of a column together.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeItems, type Items } from '../../../src/extraction/items'
import { decoderWith, field, filledBy, LOW, PAGE, part, type Script } from './scripted'

const MASKS = 3
const none: Script[number] = [['absent', 5]]

const decoded = (script: Script, decoder = decoderWith()) =>
  decodeItems(
    filledBy(script),
    { ...part, masks: MASKS },
    Array.from({ length: script.length / MASKS }, () => field),
    decoder,
  )

/** First tokens of the cells, by row. */
const firsts = ({ rows }: Items) =>
  rows.map((row) => row.map(({ best }) => best && (best.runs[0]?.first ?? 0) - LOW))

describe('a list', () => {
  it('takes no token twice, and leaves out a mask that is empty between two', () => {
    const script: Script = [
      [[[1, 2], 5]],
      none,
      [
        [[2, 3], 5],
        [[6, 6], 4.5],
      ],
    ]
    expect(firsts(decoded(script))).toEqual([[1], [6]])
  })

  it('tells an item that several masks waver about, each of which would rather say no more', () => {
    const waver: Script[number] = [
      ['absent', 3],
      [[5, 6], 2],
    ]
    const script: Script = [[[[1, 1], 8]], waver, waver]
    expect(firsts(decoded(script))).toEqual([[1], [5]])
  })

  it('is in the order of the page, whatever mask points where', () => {
    expect(firsts(decoded([[[[8, 9], 5]], [[[2, 3], 5]], none]))).toEqual([[2], [8]])
  })

  it('is empty unless one run beats absence by the bias', () => {
    const near: Script[number] = [
      ['absent', 3],
      [[5, 5], 3.5],
    ]
    const biased = (bias: number) => decoderWith(undefined, bias)
    expect(firsts(decoded([[[[1, 1], 6]], near, none], biased(2)))).toEqual([[1], [5]])
    expect(decoded([near, none, none], biased(2)).rows).toEqual([])
    expect(firsts(decoded([near, none, none], biased(0.5)))).toEqual([[5]])
  })

  it('is full when its last mask is filled', () => {
    const filled: Script = [[[[1, 1], 5]], [[[3, 3], 5]], [[[5, 5], 5]]]
    expect(decoded(filled).isFull).toBe(true)
    expect(decoded([...filled.slice(0, 2), none]).isFull).toBe(false)
  })

  it('prefers what overlaps and reads as the type', () => {
    const script: Script = [
      [
        [[1, 2], 5],
        [[2, 2], 4.5],
      ],
      none,
      none,
    ]
    const even = decoderWith((first) => first % 2 === 0)
    expect(decoded(script, even).rows.map(([cell]) => cell?.best?.value)).toEqual(['2'])
  })
})

describe('a table', () => {
  /** Rows of three tokens: 0 1 2, 3 4 5, 6 7 8. */
  const rowsOfThree = decoderWith(undefined, 0, 3)
  const at = (token: number, logit = 6): Script[number] => [[[token, token], logit]]

  it('gives a token that two columns want to the likelier, and the other its next best', () => {
    const unsure: Script[number] = [
      [[4, 4], 3],
      [[5, 5], 2.5],
    ]
    const script: Script = [unsure, none, none, at(4), none, none]
    expect(firsts(decoded(script, rowsOfThree))).toEqual([[5, 4]])
  })

  it('has a column that is one mask off in the rows that it stands in', () => {
    const script: Script = [at(0), at(3), at(6), none, at(2), at(5)]
    expect(firsts(decoded(script, rowsOfThree))).toEqual([
      [0, 2],
      [3, 5],
      [6, undefined],
    ])
  })

  it('takes cells below each other as their masks have them', () => {
    const script: Script = [at(0), at(6), none, at(3), at(9), none]
    expect(firsts(decoded(script, rowsOfThree))).toEqual([
      [0, 3],
      [6, 9],
    ])
  })

  it('completes a row by a weaker run that stands in it and under its column, and by no other', () => {
    const weak = (token: number): Script[number] => [
      ['absent', 5],
      [[token, token], 2.8],
    ]
    const under: Script = [at(0), at(3), none, at(2), weak(5), none]
    expect(firsts(decoded(under, rowsOfThree))).toEqual([
      [0, 2],
      [3, 5],
    ])
    const beside: Script = [at(0), at(3), none, at(2), weak(4), none]
    expect(firsts(decoded(beside, rowsOfThree))).toEqual([
      [0, 2],
      [3, undefined],
    ])
  })

  describe('of which two columns waver', () => {
    const either = (likelier: number, other: number): Script[number] => [
      [[likelier, likelier], 3],
      [[other, other], 2.5],
    ]
    const inRowsOfThree = (script: Script) =>
      firsts(decoded(script, decoderWith(undefined, 0, 3, true)))
    const upright = [
      [1, 2],
      [4, 5],
      [7, 8],
    ]

    it('gives what stands above each other to one, whatever it thinks of one row', () => {
      expect(inRowsOfThree([at(1), either(5, 4), at(7), at(2), either(4, 5), at(8)])).toEqual(
        upright,
      )
    })

    it('does so too when it thinks so of most rows', () => {
      expect(
        inRowsOfThree([at(1), either(5, 4), either(8, 7), at(2), either(4, 5), either(7, 8)]),
      ).toEqual(upright)
    })

    it('gives to none what it does not expect', () => {
      expect(inRowsOfThree([at(1), at(4), at(7), at(2), at(5), none])[2]).toEqual([7, undefined])
    })
  })

  it('tells no token twice and no cell without a mask for it', () => {
    const entry = fc.tuple(
      fc.tuple(fc.nat(PAGE - 4), fc.nat(3)).map(([a, n]): [number, number] => [a, a + n]),
      fc.double({ min: -3, max: 8, noNaN: true }),
    )
    const mask = fc.array(entry, { maxLength: 4 })
    fc.assert(
      fc.property(fc.array(mask, { minLength: 6, maxLength: 6 }), (script) => {
        const { rows } = decoded(script, rowsOfThree)
        const told = rows
          .flat()
          .flatMap(({ best }) =>
            (best?.runs ?? []).flatMap(({ first, last }) =>
              Array.from({ length: last - first + 1 }, (_, i) => first + i),
            ),
          )
        expect(new Set(told).size).toBe(told.length)
        for (const row of rows) expect(row.some(({ best }) => best !== undefined)).toBe(true)
      }),
      { seed: 9 },
    )
  })
})
