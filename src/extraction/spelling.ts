// What the page says at a run, letter by letter, and where: the page's own spelling and the boxes of its visual rows.
// Characters that made no token (accents written apart, control characters) go with the token before them.
import type { Box } from '../document/words'
import { sliceCodePoints } from '../text/code-points'
import { shareOf } from './layout'
import type { PageTokens } from './page-tokens'

/** A stretch of page tokens [first, last] of the document, inclusive. */
export interface Stretch {
  readonly first: number
  readonly last: number
}

/** One visual row of a value: the page from 1, the box in page units, the page's spelling. */
export interface Citation {
  readonly page: number
  readonly box: Box
  readonly text: string
}

interface WordPart extends Citation {
  readonly row: number
}

/** The page's spelling of runs in the order given, a space between words. */
export function spellingOf(tokens: PageTokens, runs: readonly Stretch[]): string {
  return joinedText(runs.flatMap((run) => wordParts(tokens, run)))
}

/** One citation a visual row of each run. */
export function citationsOf(tokens: PageTokens, runs: readonly Stretch[]): readonly Citation[] {
  return runs.flatMap((run) => {
    const byRow = Map.groupBy(wordParts(tokens, run), ({ row }) => row)
    return [...byRow.values()].map((parts) => ({
      page: parts[0]?.page ?? 1,
      box: parts.map(({ box }) => box).reduce(union),
      text: joinedText(parts),
    }))
  })
}

function wordParts(tokens: PageTokens, { first, last }: Stretch): readonly WordPart[] {
  const { word, words } = tokens
  const low = word[first] ?? 0
  const high = word[last] ?? low
  return words.slice(low, high + 1).map(({ text, length, box, page, row }, i) => {
    const from = i === 0 ? charactersFrom(tokens, first) : 0
    const to = low + i === high ? charactersTo(tokens, last) : length
    return {
      page: page + 1,
      row,
      box: shareOf(box, from, to, length),
      text: sliceCodePoints(text, from, to),
    }
  })
}

/** Where a token's characters begin: the word's own beginning for its first token. */
function charactersFrom({ word, from }: PageTokens, token: number): number {
  return token > 0 && word[token - 1] === word[token] ? (from[token] ?? 0) : 0
}

/** Where they end: at the next token's beginning, or at the word's own end for its last token. */
function charactersTo({ count, word, words, from, to }: PageTokens, token: number): number {
  const isLast = token + 1 >= count || word[token + 1] !== word[token]
  if (isLast) return words[word[token] ?? 0]?.length ?? to[token] ?? 0
  return Math.max(to[token] ?? 0, from[token + 1] ?? 0)
}

const joinedText = (parts: readonly WordPart[]): string =>
  parts
    .map(({ text }) => text.replace(/\s+/gu, ' ').trim())
    .filter(Boolean)
    .join(' ')

const union = (a: Box, b: Box): Box => [
  Math.min(a[0], b[0]),
  Math.min(a[1], b[1]),
  Math.max(a[2], b[2]),
  Math.max(a[3], b[3]),
]
