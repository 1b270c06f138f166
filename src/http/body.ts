// Reads a request's body under a hard byte limit, whether or not its length was announced.
// JSON is decoded as it arrives, so that bytes and text never stand in memory side by side.
import { fail, ok, type Result } from '../failure'
import { MAX_BODY_BYTES } from '../limits'
import { JsonMeter } from './json-meter'

export interface JsonBody {
  readonly json: unknown
  readonly bytes: number
}

type Look = (chunk: Uint8Array) => Result<undefined> | Promise<Result<undefined>>

/**
 * The whole body as bytes. Fails with `too-large`, before reading where content-length already says so.
 *
 * @param look sees every chunk in turn; where it fails the rest is not read
 */
export async function readBytes(
  request: Request,
  look: Look = () => ok(undefined),
): Promise<Result<Uint8Array<ArrayBuffer>>> {
  const chunks: Uint8Array[] = []
  const size = await eachChunk(request, (chunk) => {
    chunks.push(chunk)
    return look(chunk)
  })
  if (!size.ok) return size
  const bytes = new Uint8Array(size.value)
  let offset = 0
  for (let chunk = chunks.shift(); chunk !== undefined; chunk = chunks.shift()) {
    bytes.set(chunk, offset)
    offset += chunk.byteLength
  }
  return ok(bytes)
}

/** The body parsed as UTF-8 JSON. Fails with `too-large` or `malformed`. */
export async function readJson(request: Request): Promise<Result<JsonBody>> {
  const meter = new JsonMeter()
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false })
  let text = ''
  try {
    const size = await eachChunk(request, (chunk) => {
      text += decoder.decode(chunk, { stream: true })
      return meter.take(chunk)
    })
    if (!size.ok) return size
    text += decoder.decode()
    return ok({ json: JSON.parse(text), bytes: size.value })
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError) return notJson()
    throw error
  }
}

/** JSON text that came as a part of something else, such as a form or a query. */
export function parseJson(text: string): Result<unknown> {
  const metered = new JsonMeter().take(new TextEncoder().encode(text))
  if (!metered.ok) return metered
  try {
    return ok(JSON.parse(text))
  } catch {
    return notJson()
  }
}

const notJson = () => fail({ kind: 'malformed', detail: 'What should be JSON is not JSON.' })
const tooLarge = () =>
  fail({ kind: 'too-large', limit: 'the request body', max: MAX_BODY_BYTES, unit: 'bytes' })

/** Hands every chunk on and returns the number of bytes; stops at the first failure and lets go of the body. */
async function eachChunk(request: Request, take: Look): Promise<Result<number>> {
  if (Number(request.headers.get('content-length') ?? 0) > MAX_BODY_BYTES) return tooLarge()
  if (request.body === null) return ok(0)
  const reader: ReadableStreamDefaultReader<Uint8Array> = request.body.getReader()
  let size = 0
  let finished = false
  try {
    for (;;) {
      const { done, value } = await reader.read()
      finished = done
      if (done) return ok(size)
      size += value.byteLength
      const taken = size > MAX_BODY_BYTES ? tooLarge() : await take(value)
      if (!taken.ok) return taken
    }
  } finally {
    if (!finished) await reader.cancel().catch(() => undefined)
  }
}
