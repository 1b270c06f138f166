// Options of an enum, or yes and no, that stand on the page with a box each: which box is ticked. Marks and options alternate along a row, or
// stand in pairs below each other; where they do not, or the marks do not settle it, nothing is said and the model decides alone.
import type { ScalarField } from '../schema/field'
import { EMPTY, TICKED } from './marks'
import type { PageTokens } from './page-tokens'
import { printedAmong } from './printed'
import { NO_WORDS, YES_WORDS } from './values/boolean'

/** Page tokens of the document, inclusive. */
interface Span {
  readonly first: number
  readonly last: number
}

export interface BoxedOption extends Span {
  /** Index into the options of the field; of a boolean, into YES_WORDS and NO_WORDS after them. */
  readonly option: number
  readonly isTicked: boolean
}

/** Two or more options with a box each, and all that stands between them. */
export interface BoxGroup extends Span {
  readonly boxes: readonly BoxedOption[]
  /** A label of the field stands closely before it, and behind any other group. */
  readonly isLabelled: boolean
}

export interface Boxes {
  readonly groups: readonly BoxGroup[]
  /** Of a boolean, the one box on the page that a label of the field stands beside. */
  readonly own?: BoxedOption | undefined
}

/** A mark of its own, one in brackets, or an x that is no part of a word. */
const TICKED_BOX = new RegExp(
  `[${TICKED}■●]|[[({]\\s*[xX✓✔✗✘*•]\\s*[\\])}]|(?<![\\p{L}\\p{N}])[xX](?![\\p{L}\\p{N}])`,
  'gu',
)
const EMPTY_BOX = new RegExp(`[${EMPTY}☐□○◯]|[[({]\\s*[\\])}]|(?<!\\S)_+(?!\\S)`, 'gu')
/** What may stand between a mark and its option. */
const BETWEEN = /^[\s.,:;/|•-]*$/u
/** Words before a group among which its label is looked for. */
const LABEL_WORDS = 14
/** A group goes on in the row below, or the one below that. */
const NEXT_ROWS = 2

/** A mark or an option in a row of text; characters [from, to). */
interface Sign {
  readonly from: number
  readonly to: number
  readonly option?: number
  readonly isTicked?: boolean
}

/** A visual row as text, and the word of each character. */
interface TextRow {
  readonly row: number
  readonly text: string
  readonly words: readonly number[]
}

/** `first` and `last` are words here. */
interface Chain {
  readonly row: number
  readonly isMarkFirst: boolean
  readonly boxes: readonly BoxedOption[]
}

type Tokens = Pick<PageTokens, 'words' | 'word'>

/** A question to a document: boxes beside the options of an enum, or beside yes, no and the label of a boolean; none of every other type. */
export function boxesAmong(
  tokens: Tokens,
): (field: Pick<ScalarField, 'type' | 'options' | 'labels'>) => Boxes {
  let rows: readonly TextRow[] | undefined
  const chainsOf = (options: readonly string[]) => {
    rows ??= textRows(tokens.words)
    const finders = options.map(finderOf)
    return rows.flatMap((row) => chainsIn(row, finders))
  }
  return ({ type, options, labels }) => {
    if (type === 'enum') {
      // Two options that differ by marks alone ("A+", "A-") cannot be told apart.
      const isClear = new Set(options.map(spelling)).size === options.length
      return { groups: isClear ? groupsOf(chainsOf(options), tokens, labels) : [] }
    }
    if (type !== 'boolean') return { groups: [] }
    const spellings = [...new Map(labels.map((label) => [spelling(label), label])).values()]
    const beside = chainsOf(spellings).filter(({ boxes }) => boxes.length === 1)
    const [own] = beside.length === 1 ? beside.flatMap(({ boxes }) => boxes) : []
    const isYes = (option: number) => Number(option < YES_WORDS.length)
    const groups = groupsOf(chainsOf([...YES_WORDS, ...NO_WORDS]), tokens, labels, isYes)
    return { groups, own: own && inTokens(own, tokens) }
  }
}

/** In the order of the page. */
function groupsOf(
  among: readonly Chain[],
  tokens: Tokens,
  labels: readonly string[],
  meaning = (option: number) => option,
): readonly BoxGroup[] {
  const chains: Chain[] = []
  for (const chain of among) {
    const last = chains.at(-1)
    if (last !== undefined && goesOn(last, chain, meaning))
      chains[chains.length - 1] = { ...chain, boxes: [...last.boxes, ...chain.boxes] }
    else chains.push(chain)
  }
  return chains
    .filter(({ boxes }) => boxes.length > 1)
    .map(({ boxes }) => ({
      boxes,
      first: Math.min(...boxes.map((box) => box.first)),
      last: Math.max(...boxes.map((box) => box.last)),
    }))
    .map(({ boxes, first, last }, i, all) => {
      const from = Math.max(first - LABEL_WORDS, (all[i - 1]?.last ?? -1) + 1)
      const before = tokens.words.slice(from, first)
      return {
        ...inTokens({ first, last }, tokens),
        boxes: boxes.map((box) => inTokens(box, tokens)),
        isLabelled: printedAmong(before)(labels),
      }
    })
}

/** From words to their tokens. */
const inTokens = <S extends Span>(span: S, { word }: Tokens): S => ({
  ...span,
  first: word.indexOf(span.first),
  last: word.lastIndexOf(span.last),
})

/** Of the same side, in a row close below, with nothing said twice. */
const goesOn = (group: Chain, next: Chain, meaning: (option: number) => number): boolean =>
  group.isMarkFirst === next.isMarkFirst &&
  next.row - group.row <= NEXT_ROWS &&
  !next.boxes.some((a) => group.boxes.some((b) => meaning(a.option) === meaning(b.option)))

function textRows(words: PageTokens['words']): readonly TextRow[] {
  const rows: { row: number; text: string; words: number[] }[] = []
  for (const [w, { text, row }] of words.entries()) {
    let open = rows.at(-1)
    if (open === undefined || open.row !== row) {
      open = { row, text: '', words: [] }
      rows.push(open)
    }
    open.text += `${text} `
    for (let i = 0; i <= text.length; i++) open.words.push(w)
  }
  return rows
}

const wordsOf = (option: string) => option.split(/[^\p{L}\p{N}]+/u).filter((part) => part !== '')

/** What tells an option from others on a page. */
const spelling = (option: string): string => wordsOf(option).join(' ').toLowerCase()

/** An option as words of its own; undefined where it has no letter or digit. */
function finderOf(option: string): RegExp | undefined {
  const parts = wordsOf(option)
  if (parts.length === 0) return undefined
  const spelt = parts.join('[^\\p{L}\\p{N}]+')
  return new RegExp(`(?<![\\p{L}\\p{N}])${spelt}(?![\\p{L}\\p{N}])`, 'giu')
}

/** Stretches of a row in which marks and options alternate and each option has its mark on the same side. */
function chainsIn(row: TextRow, finders: readonly (RegExp | undefined)[]): readonly Chain[] {
  const options = longest(
    finders.flatMap((finder, option) =>
      finder === undefined ? [] : found(row.text, finder).map((sign) => ({ ...sign, option })),
    ),
  )
  if (options.length === 0) return []
  const marks = [
    ...found(row.text, TICKED_BOX).map((sign) => ({ ...sign, isTicked: true })),
    ...found(row.text, EMPTY_BOX).map((sign) => ({ ...sign, isTicked: false })),
  ].filter((mark) => !options.some((option) => option.from <= mark.from && mark.to <= option.to))
  const signs = [...options, ...marks].sort((a, b) => a.from - b.from)
  return alternating(signs, row.text).flatMap((chain) => paired(chain, row))
}

const found = (text: string, pattern: RegExp): Sign[] =>
  Array.from(text.matchAll(pattern), ({ index, 0: { length } }) => ({
    from: index,
    to: index + length,
  }))

/** Without those that lie in a longer one: "married" in "not married". */
const longest = (signs: readonly Sign[]): readonly Sign[] =>
  signs.filter(
    (a) => !signs.some((b) => b.from <= a.from && a.to <= b.to && b.to - b.from > a.to - a.from),
  )

function alternating(signs: readonly Sign[], text: string): readonly (readonly Sign[])[] {
  const chains: Sign[][] = []
  let before: Sign | undefined
  for (const sign of signs) {
    const isNext =
      before !== undefined &&
      isMark(before) !== isMark(sign) &&
      BETWEEN.test(text.slice(before.to, sign.from))
    if (isNext) chains.at(-1)?.push(sign)
    else chains.push([sign])
    before = sign
  }
  return chains
}

/** A chain that begins with a mark has its marks before the options; one that is no whole number of pairs is not understood. */
function paired(chain: readonly Sign[], { row, words }: TextRow): readonly Chain[] {
  if (chain.length % 2 !== 0) return []
  const [first] = chain
  if (first === undefined) return []
  const pairs = Array.from({ length: chain.length / 2 }, (_, i) => chain.slice(2 * i, 2 * i + 2))
  const boxes = pairs.flatMap((pair) => {
    const [mark, named] = isMark(first) ? pair : pair.toReversed()
    if (mark?.isTicked === undefined || named?.option === undefined) return []
    const wordAt = (character: number) => words[character] ?? 0
    return {
      option: named.option,
      isTicked: mark.isTicked,
      first: wordAt(named.from),
      last: wordAt(named.to - 1),
    }
  })
  return [{ row, isMarkFirst: isMark(first), boxes }]
}

const isMark = ({ option }: Sign): boolean => option === undefined
