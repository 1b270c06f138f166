// What the whole document says about its own conventions: whether dates are written day first, and what mark stands
// before decimals. Gathered once from all words; a single value is often ambiguous, a document hardly ever.
//
// Dates: numeric dates with one part above 12 vote; the majority wins. Without a vote, a document that names dollars is
// taken for month-first, every other for day-first. A value with a part above 12 never needs the clue.
// Decimals: amounts that end in a mark and two digits vote; a tie or none leaves it open.

export interface Clues {
  readonly dateOrder: 'day-first' | 'month-first'
  readonly decimalMark: '.' | ',' | undefined
}

const NUMERIC_DATE = /(?<!\d)(\d{1,2})([/.-])(\d{1,2})\2(?:\d{4}|\d{2})(?!\d)/g
const AMOUNT = /\d([.,])\d{2}(?![\d.,]*\d)/g
/** A dollar sign that no letter claims for another country ('S$', 'A$', 'NT$'), or the code. */
const US_DOLLAR = /(?<![A-Za-z])(?:US)?\$|(?<![A-Za-z])USD(?![A-Za-z])/

/** Clues from the words of a document, in any order. */
export function cluesOf(words: Iterable<{ readonly text: string }>): Clues {
  let dayFirst = 0
  let dollars = false
  let points = 0
  for (const { text } of words) {
    if (!/[\d$U]/.test(text)) continue
    for (const [, a, , b] of text.matchAll(NUMERIC_DATE)) dayFirst += vote(Number(a), Number(b))
    for (const [, mark] of text.matchAll(AMOUNT)) points += mark === '.' ? 1 : -1
    dollars ||= US_DOLLAR.test(text)
  }
  const isDayFirst = dayFirst > 0 || (dayFirst === 0 && !dollars)
  return {
    dateOrder: isDayFirst ? 'day-first' : 'month-first',
    decimalMark: points === 0 ? undefined : points > 0 ? '.' : ',',
  }
}

/** 1 for day-first, -1 for month-first, 0 when both or neither could be. */
function vote(a: number, b: number): number {
  if (a > 12 && a <= 31 && b >= 1 && b <= 12) return 1
  if (b > 12 && b <= 31 && a >= 1 && a <= 12) return -1
  return 0
}
