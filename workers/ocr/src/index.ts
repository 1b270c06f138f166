// The OCR Worker's entry: one method, called by the main Worker over its service binding. Wiring only.
// Pictures are read one after another, as the engine has one thread; how many may wait is bounded, so that the isolate's memory is.
import { WorkerEntrypoint } from 'cloudflare:workers'
import type { Page } from '../../../src/document/words'
import { fail, type Result } from '../../../src/failure'
import { Line } from '../../../src/http/line'
import { MAX_OCR_WAIT_MS, MAX_OCR_WAITING, MAX_OCR_WAITING_BYTES } from '../../../src/limits'
import { decoderBytes } from './decode'
import { engineBytes } from './engine'
import { readPicture } from './read'

/** Seconds after which a caller may ask again: about what the pictures in front of it take. */
const RETRY_SECONDS = 5

const line = new Line({
  maxRequests: MAX_OCR_WAITING,
  maxBytes: MAX_OCR_WAITING_BYTES,
  roomBytes: 0,
  patienceMs: MAX_OCR_WAIT_MS,
})

export default class Ocr extends WorkerEntrypoint {
  /** The words of a JPEG, PNG or WebP file, upright: by `orientation`, or by its EXIF. Fails as readPicture does, and as `rate-limited` when too many wait. */
  async read(image: Uint8Array<ArrayBuffer>, orientation?: number): Promise<Result<Page>> {
    const work = () => readPicture(image, orientation)
    const read = await line.run(image.byteLength, work)
    const detail = 'As many pictures as may wait are waiting to be read.'
    return read ?? fail({ kind: 'rate-limited', detail, retryAfterSeconds: RETRY_SECONDS })
  }

  /** Reached by nobody but measurements: what a picture reads, and what the isolate's WebAssembly holds. */
  override async fetch(request: Request): Promise<Response> {
    if (request.method === 'POST') {
      return Response.json(await this.read(new Uint8Array(await request.arrayBuffer())))
    }
    return Response.json({ wasm_bytes: engineBytes() + decoderBytes() })
  }
}
