// Times of day: 14:30, 2.30 pm, 14h30, 9 Uhr, with seconds and an offset where they are printed. The value is ISO 8601 and
// only as precise as the page: no seconds and no offset are added (RFC 3339 would ask for both).

const TIME =
  /^(\d{1,2})(?:\s*[:.h\u2236]\s*(\d{2})(?:\s*[:.m]\s*(\d{2})(?:[.,]\d{1,9})?\s*s?)?|\s*h)?\s*(?:(am|pm)|uhr|hrs?|hours|h)?\s*(z|utc|gmt|[+-]\d{2}:?\d{2})?$/iu

export function parseTime(raw: string): string | undefined {
  const text = raw
    .trim()
    .replace(/^[\s(@:,]+|[\s),;]+$/gu, '')
    .replace(/([ap])\.?\s?m\.?$/iu, '$1m')
  const found = TIME.exec(text)
  if (found === null) return undefined
  const [, hours, minutes, seconds, half, offset] = found
  if (minutes === undefined && half === undefined && !/[a-z]/iu.test(text)) return undefined
  const hour = hour24(Number(hours), half?.toLowerCase())
  if (hour === undefined || Number(minutes ?? 0) > 59 || Number(seconds ?? 0) > 60) return undefined
  const parts = [String(hour).padStart(2, '0'), minutes ?? '00', ...(seconds ? [seconds] : [])]
  return parts.join(':') + isoOffset(offset)
}

function hour24(hour: number, half: string | undefined): number | undefined {
  if (half === undefined) return hour <= 23 ? hour : undefined
  if (hour > 12) return half === 'pm' && hour <= 23 ? hour : undefined
  return (hour % 12) + (half === 'pm' ? 12 : 0)
}

function isoOffset(offset: string | undefined): string {
  if (offset === undefined) return ''
  if (/^[zug]/iu.test(offset)) return 'Z'
  return offset.includes(':') ? offset : `${offset.slice(0, 3)}:${offset.slice(3)}`
}
