// The released vocabulary, read once for the tests of extraction.
import { readFileSync } from 'node:fs'
import { createWordpiece } from '../../../src/text/wordpiece'

export const wordpiece = createWordpiece(
  readFileSync(new URL('../../../model-shards/vocab.txt', import.meta.url), 'utf8'),
)
