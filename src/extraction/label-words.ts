// Words as labels and pages are compared: letters and digits alone, and what forms abbreviate written out ('Invoice No.' is an invoice number).
import { lettersAndDigits } from '../text/letters'
import abbreviations from './abbreviations.json'

/** Training reads the same file (training/decode.py). */
const WRITTEN_OUT: Readonly<Record<string, string>> = abbreviations

/** Empty for a word without letters or digits, but for '#', which is a number's. */
export function labelWord(text: string): string {
  const own = lettersAndDigits(text)
  if (own === '' && text.includes('#')) return 'number'
  return Object.hasOwn(WRITTEN_OUT, own) ? (WRITTEN_OUT[own] ?? own) : own
}

/** The words of a label that have letters or digits. */
export const labelWords = (label: string): readonly string[] =>
  label
    .split(/\s+/u)
    .map(labelWord)
    .filter((word) => word !== '')
