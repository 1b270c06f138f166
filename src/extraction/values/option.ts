// An option of an enum as the page spells it, for the columns and lists whose masks point at the page.
// Only letters and digits count, capitals and accents aside.

/** The option that `raw` spells, as the schema spells it; undefined when it is none. */
export function parseOption(raw: string, options: readonly string[]): string | undefined {
  const key = bare(raw)
  if (key === '') return options.find((option) => option.trim() === raw.trim())
  return options.find((option) => bare(option) === key)
}

const bare = (text: string): string =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
