// An option of an enum as the page spells it, alone or beside the mark of its check box ("[x] Female").
// Only letters and digits count, capitals and accents aside.

/** The option that `raw` spells, as the schema spells it; undefined when it is none, or more than one. */
export function parseOption(raw: string, options: readonly string[]): string | undefined {
  const text = spaced(raw)
  if (text === '') return options.find((option) => option.trim() === raw.trim())
  const whole = options.find((option) => bare(option) === bare(raw))
  if (whole !== undefined) return whole
  const within = options.filter((option) => spaced(option) !== '' && has(text, spaced(option)))
  const longest = within.filter((option) => !within.some((other) => isPart(option, other)))
  return longest.length === 1 ? longest[0] : undefined
}

const isPart = (option: string, other: string): boolean =>
  option !== other && has(spaced(other), spaced(option))

/** Whether all words of `part` stand in `text`, one after the other. */
const has = (text: string, part: string): boolean => ` ${text} `.includes(` ${part} `)

const plain = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()

const bare = (text: string): string => plain(text).replace(/[^\p{L}\p{N}]/gu, '')

const spaced = (text: string): string =>
  plain(text)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
