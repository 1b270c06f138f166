// The Worker's entry: wiring only. The filler is made once an isolate; nothing is loaded before the first request needs it.
import { env } from 'cloudflare:workers'
import { createApp } from './app'
import { createOcr } from './document/ocr'
import { createConsumer } from './jobs/consume'
import { createEdgeFiller } from './model/edge'
import { wasmBytes } from './model/kernel'
import { releasedManifest, releasedVocabulary } from './model/release'
import { createWordpiece } from './text/wordpiece'

export { Tenant } from './storage/tenant'

const services = {
  filler: createEdgeFiller(releasedManifest, { bucket: env.MODEL, cache: caches.default }),
  wordpiece: createWordpiece(releasedVocabulary),
  ocr: createOcr(env.OCR),
  wasmBytes,
}

export default {
  fetch: createApp(services).fetch,
  queue: createConsumer(services),
} satisfies ExportedHandler<Env>
