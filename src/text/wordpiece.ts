// BERT uncased WordPiece, word by word, with the characters that every piece came from. It equals the reference tokenizer
// (Hugging Face tokenizers) but for one thing: a document that spells [MASK] or [SEP] gets punctuation and letters,
// never a special token. Vocabulary in, no files and no state but the table.
import { type PreToken, preTokens } from './pre-tokens'

/** Longest pre-token that is looked up, code points; a longer one is one [UNK]. From the tokenizer's own settings. */
const MAX_PRE_TOKEN_CHARS = 100

/** The pieces of one word: ids, and for each the code points [from, to) of the word as given. */
interface Pieces {
  readonly ids: readonly number[]
  readonly from: readonly number[]
  readonly to: readonly number[]
}

export interface Wordpiece {
  /** Pieces of a word or a phrase; none when nothing is left after cleaning. */
  encode(text: string): Pieces
  /** The ids that the mask protocol itself puts into a sequence. */
  readonly special: Readonly<Record<'cls' | 'sep' | 'mask' | 'unknown' | 'comma', number>>
}

interface Vocabulary {
  readonly ids: ReadonlyMap<string, number>
  readonly longest: number
  readonly unknown: number
}

interface Growing {
  readonly ids: number[]
  readonly from: number[]
  readonly to: number[]
}

/** `vocabulary` is the content of vocab.txt, a token a line, its line its id. Throws when a special token is missing. */
export function createWordpiece(vocabulary: string): Wordpiece {
  const lines = vocabulary.split('\n')
  if (lines.at(-1) === '') lines.pop()
  const ids = new Map(lines.map((token, id) => [token, id]))
  const idOf = (token: string): number => {
    const id = ids.get(token)
    if (id === undefined) throw new Error(`The vocabulary has no ${token}`)
    return id
  }
  const special = {
    cls: idOf('[CLS]'),
    sep: idOf('[SEP]'),
    mask: idOf('[MASK]'),
    unknown: idOf('[UNK]'),
    comma: idOf(','),
  }
  const longest = lines.reduce((most, token) => Math.max(most, token.length), 0)
  const table = { ids, longest, unknown: special.unknown }
  return { special, encode: (text) => encode(text, table) }
}

function encode(text: string, vocabulary: Vocabulary): Pieces {
  const pieces: Growing = { ids: [], from: [], to: [] }
  for (const preToken of preTokens(text)) {
    if (!addPieces(preToken, vocabulary, pieces)) {
      push(pieces, vocabulary.unknown, preToken, 0, preToken.text.length)
    }
  }
  return pieces
}

/** Longest match first; leaves `pieces` as it was and says false when some rest matches nothing. */
function addPieces(preToken: PreToken, vocabulary: Vocabulary, pieces: Growing): boolean {
  if (preToken.length > MAX_PRE_TOKEN_CHARS) return false
  const before = pieces.ids.length
  let start = 0
  while (start < preToken.text.length) {
    const end = longestMatch(preToken.text, start, vocabulary, pieces, preToken)
    if (end === start) {
      pieces.ids.length = pieces.from.length = pieces.to.length = before
      return false
    }
    start = end
  }
  return true
}

function longestMatch(
  text: string,
  start: number,
  vocabulary: Vocabulary,
  pieces: Growing,
  preToken: PreToken,
): number {
  const prefix = start > 0 ? '##' : ''
  for (let end = Math.min(text.length, start + vocabulary.longest); end > start; end--) {
    const id = vocabulary.ids.get(prefix + text.slice(start, end))
    if (id === undefined) continue
    push(pieces, id, preToken, start, end)
    return end
  }
  return start
}

/** A piece of the UTF-16 units [start, end) of the pre-token's text. */
function push(pieces: Growing, id: number, { origin }: PreToken, start: number, end: number): void {
  pieces.ids.push(id)
  pieces.from.push(origin[start] ?? 0)
  pieces.to.push((origin[end - 1] ?? 0) + 1)
}
