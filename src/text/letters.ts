// How two spellings of a text are compared: but for case and white space, or by letters and digits alone. Also of scripts/evaluate.

/** White space collapsed, case ignored. */
export function normalise(text: string): string {
  return text.normalize('NFC').toLowerCase().split(/\s+/u).filter(Boolean).join(' ')
}

/** Only the Unicode letters and digits, lower-cased. */
export function lettersAndDigits(text: string): string {
  return text
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
}
