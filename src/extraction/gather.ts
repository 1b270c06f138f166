// The first round: every template over every window, each pass decoded as soon as it is made and its logits let go, so
// that a long document never holds more than one pass's. What stays is small and plain: readings, one a window, which may be kept
// as JSON and taken up again where an extraction was cut off.
import { ok, type Result } from '../failure'
import type { ScalarField } from '../schema/field'
import { type Decoder, decodeEnum, decodeScalar, type Reading } from './decode'
import { columnsOf, decodeItems, type Items, type ItemsField } from './items'
import type { Passes } from './passes'
import type { Template } from './template'
import type { Window } from './windows'

/** What one window says, in the order of the parts of the templates. */
export type WindowReading = readonly (Reading | Items)[]

/** By field, what each window says, in the order of the windows. */
export interface Gathered {
  readonly scalars: ReadonlyMap<ScalarField, readonly Reading[]>
  readonly items: ReadonlyMap<ItemsField, readonly Items[]>
}

/** Every template over one window. Fails as the filler does. */
export async function readWindow(
  templates: readonly Template[],
  window: Window,
  passes: Passes,
  decoder: Decoder,
): Promise<Result<WindowReading>> {
  const reading: (Reading | Items)[] = []
  for (const template of templates) {
    const filled = await passes.fill(template, window)
    if (!filled.ok) return filled
    for (const part of template.parts) {
      const { field } = part
      if (field.kind !== 'scalar') {
        reading.push(decodeItems(filled.value, part, columnsOf(field), decoder))
        continue
      }
      const decode = field.type === 'enum' ? decodeEnum : decodeScalar
      reading.push(decode(filled.value, part, field, decoder))
    }
  }
  return ok(reading)
}

/** `readings` of the same templates, one a window. */
export function gather(
  templates: readonly Template[],
  readings: readonly WindowReading[],
): Gathered {
  const scalars = new Map<ScalarField, Reading[]>()
  const items = new Map<ItemsField, Items[]>()
  const fields = templates.flatMap(({ parts }) => parts.map(({ field }) => field))
  for (const reading of readings) {
    for (const [i, field] of fields.entries()) {
      const said = reading[i]
      if (said === undefined) throw new Error('A window was read by other templates')
      if (field.kind === 'scalar') add(scalars, field, said as Reading)
      else add(items, field, said as Items)
    }
  }
  return { scalars, items }
}

function add<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key)
  if (list === undefined) lists.set(key, [value])
  else list.push(value)
}
