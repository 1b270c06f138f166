// The forward passes of one extraction: counted, one after the other, never more than it may take.
// Fails as the filler does; running out is not a failure here but something to look at before asking.
import type { Result } from '../failure'
import { ok } from '../failure'
import type { MaskFiller } from '../model/mask-filler'
import type { Filled } from './mask-scores'
import type { PageTokens } from './page-tokens'
import type { Template } from './template'
import { tensorsOf } from './tensors'
import type { Window } from './windows'

export class Passes {
  count: number
  readonly #filler: MaskFiller
  readonly #tokens: PageTokens
  readonly #most: number

  /** @param done passes that were made before, where an extraction goes on */
  constructor(filler: MaskFiller, tokens: PageTokens, most: number, done = 0) {
    this.#filler = filler
    this.#tokens = tokens
    this.#most = most
    this.count = done
  }

  get left(): number {
    return this.#most - this.count
  }

  /** One template over one window. */
  async fill(template: Template, window: Window): Promise<Result<Filled>> {
    const tensors = tensorsOf(template, this.#tokens, window)
    const logits = await this.#filler.fill(tensors)
    if (!logits.ok) return logits
    this.count += 1
    return ok({ logits: logits.value, length: tensors.length, pageStart: template.ids.length })
  }
}
