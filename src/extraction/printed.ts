// Whether a label of a field stands on the page. Where one does, the value mostly does too, and less is asked of it against
// absence (docs/decisions/0013-labels-on-the-page.md).
import { labelWord, labelWords } from './label-words'

/** Shorter labels must stand as words of their own; longer ones may be run together or cut otherwise. */
const LEAST_TOGETHER = 6

/** A question to the words of a document in raster order: whether any of these labels stands among them, case, marks and abbreviations aside. */
export function printedAmong(
  words: readonly { readonly text: string }[],
): (labels: readonly string[]) => boolean {
  const texts = words.map(({ text }) => labelWord(text)).filter((text) => text !== '')
  const apart = ` ${texts.join(' ')} `
  const together = texts.join('')
  return (labels) =>
    labels.some((label) => {
      const own = labelWords(label)
      const joined = own.join('')
      if (joined === '') return false
      return (
        apart.includes(` ${own.join(' ')} `) ||
        (joined.length >= LEAST_TOGETHER && together.includes(joined))
      )
    })
}
