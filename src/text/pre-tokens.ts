// The pre-tokens of a word, as BertNormalizer and BertPreTokenizer make them: cleaned, folded, split at spaces and
// round punctuation and ideographs. Each keeps, for every UTF-16 unit of its text, the code points it came from.
import { folded, isDropped, isIdeograph, isPunctuation, isSpace } from './characters'

export interface PreToken {
  readonly text: string
  /** Code points of `text`. */
  readonly length: number
  /** By UTF-16 unit of `text`: the index of the word's code point that it came from. */
  readonly origin: readonly number[]
}

/** Reads characters into the open pre-token and closes it where the reference would. */
class Splitter {
  readonly done: PreToken[] = []
  #text = ''
  #length = 0
  #origin: number[] = []

  add(text: string, at: number): void {
    this.#text += text
    this.#length += 1
    for (let unit = 0; unit < text.length; unit++) this.#origin.push(at)
  }

  close(): void {
    if (this.#length === 0) return
    this.done.push({ text: this.#text, length: this.#length, origin: this.#origin })
    this.#text = ''
    this.#length = 0
    this.#origin = []
  }
}

/** Pre-tokens in order; none when nothing is left of the word. */
export function preTokens(word: string): readonly PreToken[] {
  const splitter = new Splitter()
  let at = 0
  for (const character of word) {
    readCharacter(splitter, character, at)
    at += 1
  }
  splitter.close()
  return splitter.done
}

function readCharacter(splitter: Splitter, character: string, at: number): void {
  const codePoint = character.codePointAt(0) ?? 0
  if (codePoint < 0x80) readAscii(splitter, character, codePoint, at)
  else readOther(splitter, character, codePoint, at)
}

function readAscii(splitter: Splitter, character: string, codePoint: number, at: number): void {
  const isWordCharacter =
    (codePoint >= 0x61 && codePoint <= 0x7a) || (codePoint >= 0x30 && codePoint <= 0x39)
  if (isWordCharacter) splitter.add(character, at)
  else if (isDropped(codePoint)) return
  else if (isSpace(codePoint)) splitter.close()
  else readPart(splitter, character.toLowerCase(), at)
}

function readOther(splitter: Splitter, character: string, codePoint: number, at: number): void {
  if (isDropped(codePoint)) return
  const apart = isSpace(codePoint) || isIdeograph(codePoint)
  if (apart) splitter.close()
  if (isSpace(codePoint)) return
  for (const part of folded(character, codePoint)) readPart(splitter, part, at)
  if (apart) splitter.close()
}

function readPart(splitter: Splitter, part: string, at: number): void {
  const apart = isPunctuation(part.codePointAt(0) ?? 0)
  if (apart) splitter.close()
  splitter.add(part, at)
  if (apart) splitter.close()
}
