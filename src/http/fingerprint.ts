// What a request is known by when its Idempotency-Key comes again: SHA-256 of its method, address, type and body, taken while the
// body streams by, so that it never stands in memory for this. A form's boundary is left out, as clients draw it anew for
// every try of the same form.
import { MAX_BODY_BYTES } from '../limits'
import { hex } from './sha256'

export interface Fingerprinted {
  /** The request, to be read instead of the one that was given. */
  readonly request: Request
  /** Hexadecimal; reads what nobody has read of the body. undefined where that is more than any request may have. */
  digest(): Promise<string | undefined>
}

export function fingerprinted(request: Request): Fingerprinted {
  const digest = new crypto.DigestStream('SHA-256')
  const writer = digest.getWriter()
  const filter = filterFor(request.headers.get('content-type') ?? '')
  const { pathname, search } = new URL(request.url)
  const head = [request.method, pathname + search, filter.type].join('\n')
  void writer.write(new TextEncoder().encode(`${head}\n`))
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>({
    async transform(chunk, controller) {
      controller.enqueue(chunk)
      await writer.write(filter.take(chunk))
    },
    async flush() {
      await writer.write(filter.rest())
      await writer.close()
    },
  })
  if (request.body === null) void writer.close()
  // A body that breaks off is its reader's to report.
  else request.body.pipeTo(writable).catch(() => undefined)
  const body = request.body === null ? null : readable
  const hashed = new Request(request, { body, signal: request.signal })
  return {
    request: hashed,
    async digest() {
      if (!(await drain(hashed))) return undefined
      return hex(await digest.digest)
    },
  }
}

/** False where it is too long. */
async function drain(request: Request): Promise<boolean> {
  if (request.body === null || request.body.locked) return true
  let size = 0
  for await (const chunk of request.body) {
    size += chunk.byteLength
    if (size > MAX_BODY_BYTES) return false
  }
  return true
}

interface Filter {
  readonly type: string
  take(chunk: Uint8Array): Uint8Array
  rest(): Uint8Array
}

function filterFor(contentType: string): Filter {
  const boundary = /^multipart\/[^;]+;.*\bboundary=(?:"([^"]+)"|([^\s;]+))/i.exec(contentType)
  const text = boundary?.[1] ?? boundary?.[2]
  if (text === undefined) {
    const same = (chunk: Uint8Array) => chunk
    return { type: contentType, take: same, rest: () => new Uint8Array() }
  }
  return withoutBoundary(contentType.split(';')[0] ?? '', text)
}

/** Bytes go as characters here, one each, and what may be the beginning of a boundary waits for the next chunk. */
function withoutBoundary(type: string, boundary: string): Filter {
  const decoder = new TextDecoder('windows-1252')
  const encoder = new TextEncoder()
  let held = ''
  return {
    type,
    take(chunk) {
      const text = (held + decoder.decode(chunk)).replaceAll(boundary, '')
      held = text.slice(Math.max(0, text.length - boundary.length + 1))
      return encoder.encode(text.slice(0, text.length - held.length))
    },
    rest: () => encoder.encode(held),
  }
}
