// The same tokens, templates, tensors and runs as Python, on real documents (model-shards/golden.json, by training/golden.py).
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Document } from '../../../src/document/words'
import { decodeScalar } from '../../../src/extraction/decode'
import { pageTokens } from '../../../src/extraction/page-tokens'
import { groundOf } from '../../../src/extraction/runs'
import { spellingOf } from '../../../src/extraction/spelling'
import { templatesOf } from '../../../src/extraction/template'
import { tensorsOf } from '../../../src/extraction/tensors'
import { windowsOver } from '../../../src/extraction/windows'
import type { ScalarField } from '../../../src/schema/field'
import { wordpiece } from './vocabulary'

interface Vector {
  readonly id: string
  readonly document: Document
  readonly fields: { readonly name: string; readonly label: string }[]
  readonly template: { readonly ids: number[]; readonly slot: number[]; readonly masks: number[][] }
  readonly tokens: Record<'ids' | 'first' | 'last' | 'page' | 'layout', number[]>
  readonly window: [number, number]
  readonly start_hundredths: number[]
  readonly end_hundredths: number[]
  readonly decoded: {
    readonly name: string
    readonly runs: { start: number; end: number; text: string; log: number; absent: number }[]
  }[]
}

const file = new URL('../../../model-shards/golden.json', import.meta.url)
const { vectors } = JSON.parse(readFileSync(file, 'utf8')) as { vectors: Vector[] }

describe.each(vectors)('$id', (vector) => {
  const fields = vector.fields.map(
    ({ name, label }): ScalarField => ({
      kind: 'scalar',
      name,
      type: 'string',
      labels: [label],
      options: [],
    }),
  )
  const tokens = pageTokens(vector.document, wordpiece)
  const made = templatesOf(fields, wordpiece)
  const template = made.ok ? made.value[0] : undefined
  if (template === undefined) throw new Error('No template')

  it('has the same page tokens', () => {
    expect({
      ids: [...tokens.ids],
      first: [...tokens.from],
      last: [...tokens.to],
      page: [...tokens.page],
      layout: [...tokens.layout],
    }).toEqual(vector.tokens)
  })

  it('has the same template, window and tensors', () => {
    const { ids, slot, masks } = vector.template
    const [low, high] = vector.window
    expect([template.ids, template.slot, template.maskPositions]).toEqual([ids, slot, masks.flat()])
    expect(windowsOver(tokens.count)[0]).toEqual({ low, high })
    const tensors = tensorsOf(template, tokens, { low, high })
    expect(tensors.length).toBe(ids.length + high - low)
    expect([...tensors.inputIds]).toEqual([...ids, ...vector.tokens.ids.slice(low, high)])
    expect([...tensors.segment]).toEqual([...tensors.inputIds].map((_, i) => +(i >= ids.length)))
    expect([...tensors.layout.subarray(0, ids.length * 6)].every((v) => v === 101)).toBe(true)
  })

  it('decodes the same runs from the same logits', () => {
    const [low, high] = vector.window
    const logits = {
      start: Float32Array.from(vector.start_hundredths, (x) => x / 100),
      end: Float32Array.from(vector.end_hundredths, (x) => x / 100),
    }
    const pageStart = template.ids.length
    const filled = { logits, length: pageStart + high - low, pageStart }
    const decoder = {
      ground: groundOf({ low, high }, tokens),
      typist: () => 'anything',
      biasOf: () => 0,
      boxesOf: () => ({ groups: [] }),
      headingsOf: () => new Map(),
    }
    for (const [i, part] of template.parts.entries()) {
      const field = fields[i]
      const expected = vector.decoded[i]?.runs ?? []
      if (field === undefined) throw new Error('No field')
      const { best, absent } = decodeScalar(filled, part, field, decoder)
      const runs = best?.runs ?? []
      expect(runs.map(({ first, last }) => [first, last])).toEqual(
        expected.map(({ start, end }) => [start, end]),
      )
      expect(runs.map((run) => spellingOf(tokens, [run]))).toEqual(expected.map((r) => r.text))
      for (const [k, run] of runs.entries()) expect(run.log).toBeCloseTo(expected[k]?.log ?? 1, 4)
      if (expected[0] !== undefined) expect(absent).toBeCloseTo(expected[0].absent, 4)
    }
  })
})
