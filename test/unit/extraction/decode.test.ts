// Decoding one window: absence, the second mask, the preference for what reads as the type, options, items.
import { describe, expect, it } from 'vitest'
import { decodeEnum, decodeItems, decodeScalar, type Typist } from '../../../src/extraction/decode'
import type { Filled } from '../../../src/extraction/mask-scores'
import { groundOf } from '../../../src/extraction/runs'
import type { Part } from '../../../src/extraction/template'
import type { ScalarField } from '../../../src/schema/field'

const TEMPLATE = 9
const PAGE = 20
const LOW = 100

const field: ScalarField = { kind: 'scalar', name: 'f', type: 'number', labels: ['f'], options: [] }
const part: Part = { field, firstMask: 0, masks: 2, options: [] }

/** By mask: page runs (from the window's beginning) or 'absent', each with a logit; all else 0. */
type Script = readonly (readonly (readonly [
  place: readonly [number, number] | 'absent',
  logit: number,
])[])[]

function filledBy(script: Script): Filled {
  const length = TEMPLATE + PAGE
  const start = new Float32Array(script.length * length).fill(-9)
  const end = new Float32Array(script.length * length).fill(-9)
  for (const [m, entries] of script.entries()) {
    for (const [place, logit] of entries) {
      const [first, last] = place === 'absent' ? [-TEMPLATE, -TEMPLATE] : place
      start[m * length + TEMPLATE + first] = logit
      end[m * length + TEMPLATE + last] = logit
    }
  }
  return { logits: { start, end }, length, pageStart: TEMPLATE }
}

/** Reads runs whose first token is even, by default all. */
function decoderWith(reads: (first: number) => boolean = () => true, absentBias = 0) {
  const typist: Typist = (_, runs) =>
    runs.every(({ first }) => reads(first - LOW))
      ? runs.map(({ first }) => first - LOW).join('+')
      : undefined
  const page = new Int32Array(LOW + PAGE)
  const ground = groundOf({ low: LOW, high: LOW + PAGE }, { page, stretch: page })
  return { ground, typist, absentBias }
}

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

describe('items', () => {
  const items: Part = { ...part, masks: 3 }

  const firstsOf = (script: Script, columns: number, absentBias = 0) =>
    decodeItems(
      filledBy(script),
      items,
      Array.from({ length: columns }, () => field),
      decoderWith(undefined, absentBias),
    ).map((column) => column.map(({ best }) => best && (best.runs[0]?.first ?? 0) - LOW))

  it('take no token twice in a column and leave holes', () => {
    const script: Script = [
      [[[1, 2], 5]],
      [['absent', 5]],
      [
        [[2, 3], 5],
        [[6, 6], 3],
      ],
    ]
    expect(firstsOf(script, 1)).toEqual([[1, undefined, 6]])
  })

  it('give a token that two columns want to the likelier, and the other its next best', () => {
    const none: Script = [[['absent', 5]], [['absent', 5]]]
    const unsure: Script = [
      [
        [[4, 4], 3],
        [[7, 7], 2.5],
      ],
      ...none,
    ]
    const sure: Script = [[[[4, 4], 6]], ...none]
    expect(firstsOf([...unsure, ...sure], 2)).toEqual([
      [7, undefined, undefined],
      [4, undefined, undefined],
    ])
  })

  it('are none unless one beats absence by the bias, and then all that are likelier than no more', () => {
    const near: Script[number] = [
      ['absent', 3],
      [[5, 5], 3.5],
    ]
    const script: Script = [[[[1, 1], 6]], near, [['absent', 5]]]
    expect(firstsOf(script, 1, 2)).toEqual([[1, 5, undefined]])
    const weak: Script = [near, [['absent', 5]], [['absent', 5]]]
    expect(firstsOf(weak, 1, 2)).toEqual([[undefined, undefined, undefined]])
    expect(firstsOf(weak, 1, 0.5)).toEqual([[5, undefined, undefined]])
  })

  it('prefer what reads as the type', () => {
    const masks: Script = [
      [
        [[1, 1], 5],
        [[2, 2], 4.5],
      ],
      [[[1, 1], 5]],
      [['absent', 5]],
    ]
    const even = decoderWith((first) => first % 2 === 0)
    const [column] = decodeItems(filledBy(masks), items, [field], even)
    expect(column?.map(({ best }) => best?.value)).toEqual(['2', undefined, undefined])
    expect(column?.[1]?.best?.runs[0]?.first).toBe(LOW + 1)
  })
})
