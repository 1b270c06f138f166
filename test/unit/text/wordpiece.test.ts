// WordPiece against its references: ids and ranges that Python's tokenizers made (fixtures/wordpiece.json, written by
// training/golden_wordpiece.py), ids of @huggingface/tokenizers on real and random words, and what must hold of any word.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { Tokenizer } from '@huggingface/tokenizers'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { codePointLength } from '../../../src/text/code-points'
import { createWordpiece } from '../../../src/text/wordpiece'

const fixture = (path: string) => new URL(`../../fixtures/${path}`, import.meta.url)
const vocabulary = readFileSync(new URL('../../../model-shards/vocab.txt', import.meta.url), 'utf8')
const wordpiece = createWordpiece(vocabulary)
const reference = referenceTokenizer()

describe('golden words of the Python reference', () => {
  const golden = JSON.parse(readFileSync(fixture('wordpiece.json'), 'utf8')) as [
    word: string,
    ids: number[],
    offsets: number[],
  ][]

  it('has the same ids and ranges', () => {
    expect(golden.length).toBeGreaterThan(600)
    for (const [word, ids, offsets] of golden) {
      const pieces = wordpiece.encode(word)
      const ranges = pieces.from.flatMap((from, i) => [from, pieces.to[i]])
      expect({ word, ids: pieces.ids, ranges }).toEqual({ word, ids, ranges: offsets })
    }
  })
})

describe('ids of @huggingface/tokenizers', () => {
  it('are equal on the committed sample of document words', () => {
    const words = readFileSync(fixture('document-words.txt'), 'utf8').split('\n')
    expect(words.length).toBeGreaterThan(2000)
    expect(differing(words)).toEqual([])
  })

  const data = new URL('../../../../shared/data/kie/', import.meta.url)
  it.skipIf(!existsSync(data))(
    'are equal on every word of the data sets (skipped without them)',
    () => {
      expect(differing(wordsOf(data))).toEqual([])
    },
    120_000,
  )

  it('are equal on random words', () => {
    // Characters that every Unicode version since 6 agrees on: the npm package uses the engine's tables.
    const character = fc.oneof(
      { weight: 3, arbitrary: fc.integer({ min: 0x20, max: 0x7e }) },
      fc.integer({ min: 0xa0, max: 0x24f }),
      fc.integer({ min: 0x300, max: 0x36f }),
      fc.integer({ min: 0x410, max: 0x44f }),
      fc.integer({ min: 0x3041, max: 0x3096 }),
      fc.integer({ min: 0x4e00, max: 0x9fa5 }),
      fc.integer({ min: 0xac00, max: 0xd7a3 }),
      fc.integer({ min: 0x1f300, max: 0x1f320 }),
    )
    const word = fc.array(character, { maxLength: 20 }).map((c) => String.fromCodePoint(...c))
    fc.assert(
      fc.property(word, (w) => {
        expect(wordpiece.encode(w).ids).toEqual(referenceIds(w))
      }),
      { seed: 11, numRuns: 1000 },
    )
  })
})

describe('ranges', () => {
  it('are within the word and never go back', () => {
    const anything = fc.string({ unit: 'binary', maxLength: 130 })
    fc.assert(
      fc.property(anything, (word) => {
        const { ids, from, to } = wordpiece.encode(word)
        expect([from.length, to.length]).toEqual([ids.length, ids.length])
        const length = codePointLength(word)
        for (const [i, a] of from.entries()) {
          const b = to[i] ?? -1
          expect(a).toBeLessThan(b)
          expect(b).toBeLessThanOrEqual(length)
          expect(a).toBeGreaterThanOrEqual(from[i - 1] ?? 0)
          expect(b).toBeGreaterThanOrEqual(to[i - 1] ?? 0)
        }
      }),
      { seed: 12 },
    )
  })

  it('take a lone surrogate for a character of which nothing is left', () => {
    expect(wordpiece.encode('a\ud800b')).toEqual({
      ids: wordpiece.encode('ab').ids,
      from: [0],
      to: [3],
    })
  })
})

it('never makes a special token of what a document spells', () => {
  const special = Object.values(wordpiece.special).filter((id) => id !== wordpiece.special.comma)
  for (const text of ['[MASK]', '[SEP]', '[CLS]', '[PAD]', 'a[MASK]b']) {
    expect(wordpiece.encode(text).ids.filter((id) => special.includes(id) || id === 0)).toEqual([])
  }
})

it('says which special token a vocabulary lacks', () => {
  expect(() => createWordpiece('[PAD]\n[UNK]\n')).toThrow('[CLS]')
})

function referenceTokenizer(): Tokenizer {
  const tokens = vocabulary.trimEnd().split('\n')
  const model = {
    type: 'WordPiece',
    unk_token: '[UNK]',
    continuing_subword_prefix: '##',
    max_input_chars_per_word: 100,
    vocab: Object.fromEntries(tokens.map((token, id) => [token, id])),
  }
  const normalizer = { type: 'BertNormalizer', clean_text: true, handle_chinese_chars: true }
  return new Tokenizer(
    {
      version: '1.0',
      added_tokens: [],
      normalizer: { ...normalizer, strip_accents: null, lowercase: true },
      pre_tokenizer: { type: 'BertPreTokenizer' },
      post_processor: null,
      decoder: null,
      model,
    },
    { tokenizer_class: 'BertTokenizer', unk_token: '[UNK]' },
  )
}

function referenceIds(word: string): number[] {
  return reference.encode(word, { add_special_tokens: false }).ids
}

function differing(words: Iterable<string>): string[] {
  const out: string[] = []
  for (const word of new Set(words)) {
    const mine = wordpiece.encode(word).ids
    const theirs = referenceIds(word)
    if (mine.length !== theirs.length || mine.some((id, i) => id !== theirs[i])) out.push(word)
  }
  return out
}

function wordsOf(folder: URL): Set<string> {
  const words = new Set<string>()
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.jsonl.gz'))) {
    const lines = gunzipSync(readFileSync(new URL(file, folder)))
      .toString('utf8')
      .trimEnd()
      .split('\n')
    for (const line of lines) {
      for (const { text } of (JSON.parse(line) as { words: { text: string }[] }).words)
        words.add(text)
    }
  }
  return words
}
