// A date and a time of day together: the text is cut where both halves read, in either order.
// Without a time there is no date-time; none is made up. As precise as the page, like times.
import type { Clues } from '../clues'
import { parseDate } from './date'
import { parseTime } from './time'

const BORDER = /\s*[t,@|]\s*(?=\d)|\s+(?:at|um|\u00e0|a las|alle|om|-)?\s*/giu

/** `yyyy-mm-ddThh:mm`, with seconds and an offset where they are printed. */
export function parseDateTime(raw: string, clues: Clues): string | undefined {
  const text = raw.trim()
  for (const border of text.matchAll(BORDER)) {
    const before = text.slice(0, border.index)
    const after = text.slice(border.index + border[0].length)
    const value = together(parseDate(before, clues), parseTime(after))
    const reversed = value ?? together(parseDate(after, clues), parseTime(before))
    if (reversed !== undefined) return reversed
  }
  return undefined
}

const together = (date: string | undefined, time: string | undefined): string | undefined =>
  date === undefined || time === undefined ? undefined : `${date}T${time}`
