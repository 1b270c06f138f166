// What the template shows of a field, from the annotations of its schema node. Examples are taken but not shown:
// the model was not trained on them.
import { humanise } from './humanise'
import type { Annotated } from './keywords'

/** Title, humanised name, aliases, description; each once. */
export function labelsOf(name: string, node: Annotated): readonly string[] {
  const { title, description, 'x-aliases': aliases = [] } = node
  const all = [title, humanise(name), ...aliases, description]
  return distinct(all.filter((label) => label !== undefined))
}

/** The first of every spelling, capitals aside; white space collapsed. */
export function distinct(labels: readonly string[]): readonly string[] {
  const byKey = new Map<string, string>()
  for (const label of labels) {
    const text = label.replace(/\s+/gu, ' ').trim()
    const key = text.toLowerCase()
    if (!byKey.has(key)) byKey.set(key, text)
  }
  return [...byKey.values()]
}
