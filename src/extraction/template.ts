// Templates: [CLS], the blocks of some fields, [SEP]. Every field is in exactly one; each takes the first template that
// has room, so that few passes are needed and the order of the schema is mostly kept.
import { ok, type Result } from '../failure'
import type { Field } from '../schema/field'
import type { Wordpiece } from '../text/wordpiece'
import { type Block, blockOf, MAX_BLOCK_TOKENS, type OptionSpan } from './blocks'

/** Where a field stands in a template. */
export interface Part {
  readonly field: Field
  /** Index of its first mask among the masks of the template. */
  readonly firstMask: number
  /** Masks of a scalar or list, or of each column of a table. */
  readonly masks: number
  /** Positions in the sequence. */
  readonly options: readonly OptionSpan[]
}

export interface Template {
  readonly ids: readonly number[]
  readonly slot: readonly number[]
  readonly maskPositions: readonly number[]
  readonly parts: readonly Part[]
}

/** One or more templates with every field. Fails as `invalid` with pointers into the schema. */
export function templatesOf(
  fields: readonly Field[],
  wordpiece: Wordpiece,
): Result<readonly Template[]> {
  const shelves: { room: number; readonly blocks: Block[] }[] = []
  for (const field of fields) {
    const block = blockOf(field, wordpiece)
    if (!block.ok) return block
    const size = block.value.ids.length
    let shelf = shelves.find(({ room }) => room >= size)
    if (shelf === undefined) {
      shelf = { room: MAX_BLOCK_TOKENS, blocks: [] }
      shelves.push(shelf)
    }
    shelf.blocks.push(block.value)
    shelf.room -= size
  }
  return ok(shelves.map(({ blocks }) => assemble(blocks, wordpiece)))
}

function assemble(blocks: readonly Block[], { special }: Wordpiece): Template {
  const ids: number[] = [special.cls]
  const slot: number[] = [0]
  const parts: Part[] = []
  const maskPositions: number[] = []
  for (const block of blocks) {
    const shift = ids.length
    const options = block.options.map(({ first, last }) => ({
      first: first + shift,
      last: last + shift,
    }))
    const { field, masks } = block
    parts.push({ field, firstMask: maskPositions.length, masks, options })
    for (const [i, number] of block.slot.entries()) {
      if (number > 0) maskPositions.push(shift + i)
    }
    ids.push(...block.ids)
    slot.push(...block.slot)
  }
  return { ids: [...ids, special.sep], slot: [...slot, 0], maskPositions, parts }
}
