// The first round: every template over every window, each pass decoded as soon as it is made and its logits let go, so
// that a long document never holds more than one pass's. What stays is small: readings, one a window.
import { ok, type Result } from '../failure'
import type { ScalarField } from '../schema/field'
import {
  type Columns,
  columnsOf,
  type Decoder,
  decodeEnum,
  decodeItems,
  decodeScalar,
  type ItemsField,
  type Reading,
} from './decode'
import type { Passes } from './passes'
import type { Template } from './template'
import type { Window } from './windows'

/** By field, what each window says, in the order of the windows. */
export interface Gathered {
  readonly scalars: ReadonlyMap<ScalarField, readonly Reading[]>
  readonly items: ReadonlyMap<ItemsField, readonly Columns[]>
}

/** Makes templates times windows passes. Fails as the filler does. */
export async function gather(
  templates: readonly Template[],
  windows: readonly Window[],
  passes: Passes,
  decoderFor: (window: Window) => Decoder,
): Promise<Result<Gathered>> {
  const scalars = new Map<ScalarField, Reading[]>()
  const items = new Map<ItemsField, Columns[]>()
  for (const template of templates) {
    for (const window of windows) {
      const filled = await passes.fill(template, window)
      if (!filled.ok) return filled
      const decoder = decoderFor(window)
      for (const part of template.parts) {
        const { field } = part
        if (field.kind === 'scalar') {
          const decode = field.type === 'enum' ? decodeEnum : decodeScalar
          add(scalars, field, decode(filled.value, part, field, decoder))
        } else {
          add(items, field, decodeItems(filled.value, part, columnsOf(field), decoder))
        }
      }
    }
  }
  return ok({ scalars, items })
}

function add<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key)
  if (list === undefined) lists.set(key, [value])
  else list.push(value)
}
