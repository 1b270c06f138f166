// Pages laid out from plain lines: ten units a character, twenty a line, so that boxes can be counted on fingers.
import type { Document, Page, Word } from '../../../src/document/words'

function pageOf(lines: readonly string[]): Page {
  const words = lines.flatMap((line, row) => wordsOf(line, row * 20))
  return { width: 1000, height: Math.max(1000, lines.length * 20), words }
}

export const documentOf = (...pages: readonly (readonly string[])[]): Document => ({
  pages: pages.map(pageOf),
})

function wordsOf(line: string, y: number): Word[] {
  return [...line.matchAll(/\S+/g)].map(({ 0: text, index }) => ({
    text,
    box: [index * 10, y, (index + text.length) * 10, y + 15],
  }))
}
