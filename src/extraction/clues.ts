// What the whole document says about its own conventions: whether dates are written day first, and what mark stands
// before decimals. Gathered once from all words; a single value is often ambiguous, a document hardly ever.
//
// Dates: numeric dates with one part above 12 vote; the majority wins. Without a vote, a document that names dollars is
// taken for month-first, every other for day-first. A value with a part above 12 never needs the clue.
// Decimals: amounts that end in a mark and two digits vote, and against their mark numbers in several groups of three ('Rp1.250.000').
// Without a majority points separate thousands where a currency has no cents and points, or where two numbers have one group after
// a point and none has one after a comma.

export interface Clues {
  readonly dateOrder: 'day-first' | 'month-first'
  readonly decimalMark: '.' | ',' | undefined
}

const NUMERIC_DATE = /(?<!\d)(\d{1,2})([/.-])(\d{1,2})\2(?:\d{4}|\d{2})(?!\d)/g
const AMOUNT = /\d([.,])\d{2}(?![\d.,]*\d)/g
const GROUPS = /(?<![\d.,])[1-9]\d{0,2}([.,])\d{3}((?:\1\d{3})*)(?![\d/-]|[.,]\d)/g
/** Currencies without cents in use, in countries that write points between thousands. */
const WITHOUT_CENTS = /(?<!\p{L})(?:Rp|IDR|COP|CLP|PYG|VND)(?!\p{L})/iu
/** A dollar sign that no letter claims for another country ('S$', 'A$', 'NT$'), or the code. */
const US_DOLLAR = /(?<![A-Za-z])(?:US)?\$|(?<![A-Za-z])USD(?![A-Za-z])/

/** Clues from the words of a document, in any order. */
export function cluesOf(words: Iterable<{ readonly text: string }>): Clues {
  let dayFirst = 0
  let dollars = false
  let isWithoutCents = false
  let points = 0
  const groups = { '.': 0, ',': 0 }
  for (const { text } of words) {
    isWithoutCents ||= WITHOUT_CENTS.test(text)
    if (!/[\d$U]/.test(text)) continue
    for (const [, a, , b] of text.matchAll(NUMERIC_DATE)) dayFirst += vote(Number(a), Number(b))
    for (const [, mark] of text.matchAll(AMOUNT)) points += mark === '.' ? 1 : -1
    for (const [, mark, further] of text.matchAll(GROUPS)) {
      if (further !== '') points += mark === '.' ? -1 : 1
      groups[mark === '.' ? '.' : ',']++
    }
    dollars ||= US_DOLLAR.test(text)
  }
  if (points === 0 && groups[','] === 0 && (isWithoutCents || groups['.'] > 1))
    points = -groups['.']
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
