// Dates in many spellings to ISO 8601 (yyyy-mm-dd). With a month's name there is nothing to decide. All in digits, a
// year of four digits in front means year, month, day; otherwise a part above 12 decides between day-first and
// month-first, and where both could be, the document's clue (clues.ts). Two-digit years: 00 to 39 are 20xx, 40 to 99
// 19xx, as there is no clock here. A time of day or a weekday beside the date is passed over. A date without a day, or
// one that no calendar has, is no date.
import type { Clues } from '../clues'
import { isDateFiller, monthOf } from './month-names'

const TWO_DIGIT_PIVOT = 40
const TIME_OF_DAY =
  /(?:\s+|t|,)\(?\d{1,2}[:.h]\d{2}(?:[:.]\d{2}(?:[.,]\d+)?)?\s*(?:[ap]\.?m\.?|uhr|hrs?)?\s*(?:z|utc|gmt|[+-]\d{2}:?\d{2})?\)?$/u

interface Parts {
  readonly year: string
  readonly month: number
  readonly day: number
}

/** `yyyy-mm-dd`, or undefined when `raw` is not one whole date. */
export function parseDate(raw: string, { dateOrder }: Clues): string | undefined {
  const text = plain(raw)
  const parts = fromCompact(text) ?? fromWords(text, dateOrder)
  if (parts === undefined) return undefined
  const year = fullYear(parts.year)
  if (year === undefined || !isCalendarDay(year, parts.month, parts.day)) return undefined
  return `${pad(year, 4)}-${pad(parts.month, 2)}-${pad(parts.day, 2)}`
}

/** Lower case, without accents or a stroke through the l, full-width digits, a label in front or a time of day behind. */
function plain(raw: string): string {
  return raw
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('\u0142', 'l')
    .trim()
    .replace(/^\p{L}+\s*:|^[\s:(,.-]+|[\s),;:]+$/gu, '')
    .replace(TIME_OF_DAY, '')
}

/** yyyymmdd */
function fromCompact(text: string): Parts | undefined {
  const found = /^((?:19|20)\d{2})(\d{2})(\d{2})$/.exec(text)
  if (found === null) return undefined
  const [, year = '', month, day] = found
  return { year, month: Number(month), day: Number(day) }
}

/** Three numbers, or two and a month's name, and nothing else of meaning between them. */
function fromWords(text: string, order: Clues['dateOrder']): Parts | undefined {
  if (/[^\p{L}\d\s/.,'\u2019\u2010-\u2015\u5e74\u6708\u65e5-]/u.test(text)) return undefined
  const numbers: string[] = []
  const months: { month: number; at: number }[] = []
  for (const [piece] of text.matchAll(/\d+|[a-z]+/g)) {
    const month = monthOf(piece)
    if (/\d/.test(piece)) numbers.push(piece)
    else if (month !== undefined) months.push({ month, at: numbers.length })
    else if (!isDateFiller(piece)) return undefined
  }
  const [named] = months
  if (months.length > 1) return undefined
  if (named !== undefined) return numbers.length === 2 ? withName(numbers, named.month) : undefined
  return numbers.length === 3 ? allDigits(numbers, order) : undefined
}

/** The day and the year round a month's name: the year is the longer number, or the last of two short ones. */
function withName([a = '', b = '']: readonly string[], month: number): Parts | undefined {
  const isYearFirst = a.length === 4 || (Number(a) > 31 && a.length === 2)
  const [year, day] = isYearFirst ? [a, b] : [b, a]
  return day.length <= 2 ? { year, month, day: Number(day) } : undefined
}

function allDigits(
  [a = '', b = '', c = '']: readonly string[],
  order: Clues['dateOrder'],
): Parts | undefined {
  if (b.length > 2) return undefined
  if (a.length === 4 || Number(a) > 31) {
    return c.length <= 2 ? { year: a, month: Number(b), day: Number(c) } : undefined
  }
  if (a.length > 2) return undefined
  const [first, second] = [Number(a), Number(b)]
  const isDayFirst = first > 12 || (second <= 12 && order === 'day-first')
  const [day, month] = isDayFirst ? [first, second] : [second, first]
  return { year: c, month, day }
}

function fullYear(digits: string): number | undefined {
  const year = Number(digits)
  if (digits.length === 4) return year >= 1000 ? year : undefined
  if (digits.length !== 2) return undefined
  return year + (year < TWO_DIGIT_PIVOT ? 2000 : 1900)
}

function isCalendarDay(year: number, month: number, day: number): boolean {
  if (month < 1 || month > 12 || day < 1) return false
  return day <= new Date(Date.UTC(year, month, 0)).getUTCDate()
}

const pad = (value: number, width: number): string => String(value).padStart(width, '0')
