import { expect, test } from 'vitest'
import { plot } from '../../bench/plot'
import { ratioOf, spreadOf } from '../../bench/statistics'

test('a spread has the middle and both quartiles', () => {
  expect(spreadOf([5, 1, 4, 2, 3])).toEqual({ median: 3, low: 2, high: 4 })
  expect(spreadOf([7])).toEqual({ median: 7, low: 7, high: 7 })
  expect(spreadOf([2, 6])).toEqual({ median: 4, low: 3, high: 5 })
})

test('a ratio is taken round by round: what slows one round slows both sides', () => {
  expect(ratioOf([10, 100, 20], [5, 50, 10])).toEqual({ median: 2, low: 2, high: 2 })
})

test('the plot has a line for each way, and more fields stand further right', () => {
  const ms = (median: number) => ({ median, low: median, high: median })
  const row = (fields: number) => ({
    fields,
    rounds: 1,
    passes: 1,
    tokens: { page: 1, json: 1, keys: 1 },
    ms: {
      kernel: ms(50),
      onePass: ms(100),
      questions: ms(100 * fields),
      oneJson: ms(300 * fields),
      keyByKey: ms(900 * fields),
    },
    against: {} as never,
    wasm: {} as never,
  })
  const svg = plot([row(1), row(10), row(100)])
  expect(svg.match(/<polyline/g)).toHaveLength(5)
  const [first] = svg.match(/points="[^"]*"/) ?? []
  const xs = first?.match(/\d+(?=,)/g)?.map(Number) ?? []
  expect(xs).toEqual(xs.toSorted((a, b) => a - b))
  expect(new Set(xs).size).toBe(3)
})
