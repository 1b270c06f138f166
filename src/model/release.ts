// The model that this build of the Worker serves: manifest and vocabulary, bundled. The shards are in R2 (shards.ts).
// A manifest that does not parse is a broken build: it throws at start-up, where a deployment is refused.
import * as v from 'valibot'
import manifestJson from '../../model-shards/manifest.json'
import vocabulary from '../../model-shards/vocab.txt'
import { Manifest } from './manifest'

export const releasedManifest = v.parse(Manifest, manifestJson)

/** WordPiece vocabulary, one piece a line, the line's number its id. */
export const releasedVocabulary: string = vocabulary
