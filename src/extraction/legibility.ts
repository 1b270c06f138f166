// What an OCR's doubts cost a value: the chance that every word it is made of was read right. Words that came without a confidence
// were not guessed at and cost nothing. How the two numbers were found: docs/decisions/0008-legibility.md.
import type { PageTokens } from './page-tokens'
import type { Stretch } from './spelling'

/** The reader's confidence as log-odds, times SLOPE, plus OFFSET, are the log-odds that the word is right. */
const SLOPE = 0.73
const OFFSET = 0.92
const EDGE = 1e-3

/** 0..1, of the words that runs touch, each counted once. */
export function legibilityOf({ word, words }: PageTokens, runs: readonly Stretch[]): number {
  const touched = new Set<number>()
  for (const { first, last } of runs) {
    for (let w = word[first] ?? 0; w <= (word[last] ?? -1); w++) touched.add(w)
  }
  return [...touched].reduce((product, w) => product * chanceRight(words[w]?.confidence), 1)
}

function chanceRight(confidence: number | undefined): number {
  if (confidence === undefined) return 1
  const c = Math.min(1 - EDGE, Math.max(EDGE, confidence))
  return 1 / (1 + Math.exp(-(SLOPE * Math.log(c / (1 - c)) + OFFSET)))
}
