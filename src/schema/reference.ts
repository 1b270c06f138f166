// How a request names a stored schema: `receipt`, its newest version, or `receipt@3`, that version and never another.
import { MAX_SCHEMA_NAME_CHARS } from '../limits'

export interface SchemaReference {
  readonly name: string
  /** undefined: the newest at the time of the request. */
  readonly version: number | undefined
}

const NAME = `[A-Za-z0-9][A-Za-z0-9._-]{0,${MAX_SCHEMA_NAME_CHARS - 1}}`
const REFERENCE = new RegExp(`^(${NAME})(?:@([1-9][0-9]{0,8}))?$`)

export const REFERENCE_DETAIL = `Expected a name of 1 to ${MAX_SCHEMA_NAME_CHARS} letters, digits, dots, hyphens and underscores, or name@version`

/** undefined where the text is no reference. */
export function parseReference(text: string): SchemaReference | undefined {
  const [, name, version] = REFERENCE.exec(text) ?? []
  if (name === undefined) return undefined
  return { name, version: version === undefined ? undefined : Number(version) }
}
