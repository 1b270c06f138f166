// The value of a run by the field's type. Each type has its own file in values/; a value is what the caller's code can use
// as it is, and undefined when the text does not read as the type, which is never turned into a guess.
import type { ScalarField, ScalarType } from '../schema/field'
import type { Value } from './answer'
import type { Clues } from './clues'
import { parseBoolean } from './values/boolean'
import { parseDate } from './values/date'
import { parseDateTime } from './values/date-time'
import { parseEmail } from './values/email'
import { parseInteger, parseNumber } from './values/number'
import { parseOption } from './values/option'
import { parseText } from './values/text'
import { parseTime } from './values/time'
import { parseUri } from './values/uri'

type Parse = (text: string, clues: Clues, options: readonly string[]) => Value | undefined

const parsers: Readonly<Record<ScalarType, Parse>> = {
  string: parseText,
  date: parseDate,
  'date-time': parseDateTime,
  time: parseTime,
  email: parseEmail,
  uri: parseUri,
  number: parseNumber,
  integer: parseInteger,
  boolean: parseBoolean,
  enum: (text, _, options) => parseOption(text, options),
}

/** `raw` is the page's spelling, its white space collapsed. */
export function parseValue(
  { type, options }: Pick<ScalarField, 'type' | 'options'>,
  raw: string,
  clues: Clues,
): Value | undefined {
  return parsers[type](raw, clues, options)
}
