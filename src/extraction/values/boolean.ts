// Yes or no: the words of ten languages, and marks in boxes. A cross on its own is a mark in a box and means yes;
// the heavy crosses that stand opposite a check mark are left undecided.

/** What forms print beside boxes. */
export const YES_WORDS = ['yes', 'ja', 'oui', 'sí', 'si', 'sì', 'sim', 'ya', 'tak', 'true']
export const NO_WORDS = ['no', 'nein', 'non', 'nee', 'não', 'nao', 'tidak', 'nie', 'nej', 'false']

/** Accents dropped, in lower case. */
const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

const YES = new Set([
  ...YES_WORDS.map(plain),
  ...'y t x on checked marked v j s iya vero wahr vrai verdadero waar benar prawda sant 1'.split(
    ' ',
  ),
])
const NO = new Set([
  ...NO_WORDS.map(plain),
  ...'n f off unchecked falso falsch faux onwaar onjuist salah bukan fałsz falskt 0'.split(' '),
])
const CHECKED = /^[\u2611\u2612\u2713\u2714\u2705\u25a0\u25cf\u25c9\u25fc\u2b1b]$/u
const UNCHECKED = /^[\u2610\u25a1\u25cb\u25fb\u2b1c]$/u

export function parseBoolean(raw: string): boolean | undefined {
  const text = raw.replace(/\s|\ufe0e|\ufe0f/gu, '')
  if (CHECKED.test(text)) return true
  if (UNCHECKED.test(text) || /^(?:\[\]|\(\)|\[_\]|-|_+)$/.test(text)) return false
  const word = plain(text).replace(/^[[({<.:]+|[\])}>.,:;!]+$/g, '')
  if (CHECKED.test(word) || YES.has(word)) return true
  return NO.has(word) ? false : undefined
}
