// Numbers and amounts of money: separators, currencies, percent and every usual way to write a negative.
// Which mark is the decimal one: of two kinds the last; of one kind that repeats none; of a single one followed by
// three digits the document's clue, else a comma separates thousands and a point decimals. A percentage is
// returned as printed (12.5% is 12.5). Anything that does not fit, or that a float64 cannot hold, is no number.
import type { Clues } from '../clues'

/** Signs and codes of money; letters only as whole words before or after the digits. */
const CURRENCY =
  /\p{Sc}|(?<!\p{L})(?:US|CA?|AU?|NZ|SG?|HK|NT|R)\$|(?<!\p{L})(?:RM|RP|RS|INR|KR|FR|ZL|Z\u0141|K\u010c|FT|LEI|CHF|EUR|USD|GBP|MYR|SGD|IDR|AUD|CAD|NZD|HKD|JPY|CNY|RMB|SEK|NOK|DKK|PLN|CZK|HUF|BRL|MXN|THB|PHP|VND|KRW|TWD|ILS|TRY|ZAR|NGN|KES|EGP|AED|SAR|PKR|LKR|BDT|UAH|RON|BGN|COP|CLP|ARS|PEN|UYU|EUROS?|DOLLARS?)(?!\p{L})\.?/giu

/** Digits with at least one group mark, ending in whole groups: 1,234,567 or 12,34,567 or 1 234. */
const GROUPED = /^\d{1,3}(?:([.,' ])(?:\d{3}|\d{2}(?=\1)))(?:\1(?:\d{3}|\d{2}(?=\1)))*$/

/** The number that `raw` spells, in full and alone; undefined otherwise. */
export function parseNumber(raw: string, { decimalMark }: Clues): number | undefined {
  const { digits, negative } = unsigned(bare(raw))
  if (!/^[\d.,' ]*\d[.,]?$/.test(digits)) return undefined
  const plain = withoutGroups(digits.replace(/[.,]$/, ''), decimalMark)
  if (plain === undefined) return undefined
  const value = Number(plain)
  if (!Number.isFinite(value) || Math.abs(value) > Number.MAX_SAFE_INTEGER) return undefined
  return negative && value !== 0 ? -value : value
}

/** A whole number; 3.00 is one. A single mark before three digits separates thousands here. */
export function parseInteger(raw: string, clues: Clues): number | undefined {
  const { digits } = unsigned(bare(raw))
  const isGroup = /^[1-9]\d{0,2}[.,]\d{3}$/.test(digits)
  const decimalMark = isGroup ? (digits.includes('.') ? ',' : '.') : clues.decimalMark
  const value = parseNumber(raw, { ...clues, decimalMark })
  return value !== undefined && Number.isInteger(value) ? value : undefined
}

/** One spelling for digits, minus signs, apostrophes and spaces; without currencies, percent and 'x' of counts. */
function bare(raw: string): string {
  return raw
    .normalize('NFKC')
    .replace(/[\u2010-\u2015\u2212\ufe63]/gu, '-')
    .replace(/[\u2018\u2019\u02bc`\u00b4]/gu, "'")
    .replace(CURRENCY, ' ')
    .replace(/\s*([.,])\s*(?=\d)/gu, '$1')
    .replace(/^[\s:=@#*~]+|[\s:;*%\u2030=/]+$/gu, '')
    .replace(/^[x\u00d7]\s*(?=\d)|(?<=\d)\s*[x\u00d7]$/giu, '')
    .trim()
}

/** (12), -12, 12-, - 12, 12 CR and 12 DR. */
function unsigned(text: string): { digits: string; negative: boolean } {
  const bracketed = /^-?\s*\((.*)\)$/su.exec(text)?.[1]
  if (bracketed !== undefined) return { digits: bare(bracketed), negative: true }
  const [, before = '', digits = '', after = ''] =
    /^([+-]?)\s*(.*?)\s*(-|cr\.?|dr\.?|)$/isu.exec(text) ?? []
  const isMinus = before === '-' || after === '-' || /^cr/iu.test(after)
  return { digits: bare(digits), negative: isMinus }
}

/** The digits as JavaScript writes them: no groups, a point before decimals. */
function withoutGroups(text: string, clue: Clues['decimalMark']): string | undefined {
  const at = decimalAt(text, clue)
  const whole = at < 0 ? text : text.slice(0, at)
  const decimals = at < 0 ? '' : text.slice(at + 1)
  if (!/^\d*$/.test(decimals)) return undefined
  const plain = /^\d*$/.test(whole)
    ? whole
    : GROUPED.test(whole)
      ? whole.replace(/\D/g, '')
      : undefined
  if (plain === undefined || plain + decimals === '') return undefined
  return decimals === '' ? plain : `${plain === '' ? '0' : plain}.${decimals}`
}

/** Where the decimal mark stands, -1 for nowhere. */
function decimalAt(text: string, clue: Clues['decimalMark']): number {
  const point = text.lastIndexOf('.')
  const comma = text.lastIndexOf(',')
  if (point >= 0 && comma >= 0) return Math.max(point, comma)
  const at = Math.max(point, comma)
  if (at < 0) return -1
  const mark = text.charAt(at)
  if (text.indexOf(mark) !== at) return -1
  const mayBeGroup = /^[1-9]\d{0,2}(?:[' ]\d{3})*[.,]\d{3}$/.test(text)
  if (!mayBeGroup || /[' ]/.test(text)) return at
  return mark === (clue ?? '.') ? at : -1
}
