// Body limits on both sides of their edge, with and without an announced length, and what counts as JSON.
import { describe, expect, it } from 'vitest'
import { parseJson, readBytes, readJson } from '../../../src/http/body'
import { MAX_BODY_BYTES, MAX_JSON_DEPTH, MAX_JSON_NODES } from '../../../src/limits'

type Body = string | Uint8Array<ArrayBuffer> | ReadableStream

const post = (body: Body, headers: Record<string, string> = {}) =>
  new Request('http://test/', { method: 'POST', body, headers, duplex: 'half' } as RequestInit)

/** A body of so many bytes in pieces, without content-length. */
function chunked(bytes: number, fill = 0x20): { body: ReadableStream; cancelled: () => boolean } {
  let left = bytes
  let wasCancelled = false
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      const size = Math.min(left, 1 << 20)
      if (size === 0) return controller.close()
      controller.enqueue(new Uint8Array(size).fill(fill))
      left -= size
    },
    cancel() {
      wasCancelled = true
    },
  })
  return { body, cancelled: () => wasCancelled }
}

const tooLarge = { ok: false, failure: { kind: 'too-large', max: MAX_BODY_BYTES, unit: 'bytes' } }
const malformed = { ok: false, failure: { kind: 'malformed' } }

describe('readBytes', () => {
  it('takes a body of exactly the limit, announced or not', async () => {
    const announced = await readBytes(post(new Uint8Array(MAX_BODY_BYTES)))
    expect(announced.ok && announced.value.byteLength).toBe(MAX_BODY_BYTES)
    const streamed = await readBytes(post(chunked(MAX_BODY_BYTES).body))
    expect(streamed.ok && streamed.value.byteLength).toBe(MAX_BODY_BYTES)
  })

  it('refuses one byte more, announced or not', async () => {
    const headers = { 'content-length': String(MAX_BODY_BYTES + 1) }
    expect(await readBytes(post('{}', headers))).toMatchObject(tooLarge)
    expect(await readBytes(post(chunked(MAX_BODY_BYTES + 1).body))).toMatchObject(tooLarge)
  })

  it('lets go of a body that does not end', async () => {
    const endless = chunked(Number.MAX_SAFE_INTEGER)
    expect(await readBytes(post(endless.body))).toMatchObject(tooLarge)
    expect(endless.cancelled()).toBe(true)
  })

  it('believes the bytes, not a length that is too small', async () => {
    const body = chunked(MAX_BODY_BYTES + 1).body
    expect(await readBytes(post(body, { 'content-length': '1' }))).toMatchObject(tooLarge)
  })
})

describe('readJson', () => {
  it('decodes characters that are split over chunks', async () => {
    const bytes = new TextEncoder().encode('{"a":"é€"}')
    const body = new ReadableStream({
      start(controller) {
        for (const byte of bytes) controller.enqueue(Uint8Array.of(byte))
        controller.close()
      },
    })
    const read = await readJson(post(body))
    expect(read).toEqual({ ok: true, value: { json: { a: 'é€' }, bytes: bytes.byteLength } })
  })

  it.each(['', '{', 'NaN', '{"a":1,}', "{'a':1}", '\u0000'])('refuses %j', async (text) => {
    expect(await readJson(post(text))).toMatchObject(malformed)
  })

  it('refuses what is not UTF-8', async () => {
    expect(await readJson(post(Uint8Array.of(0x22, 0xff, 0x22)))).toMatchObject(malformed)
    expect(await readJson(post(Uint8Array.of(0x22, 0xc3)))).toMatchObject(malformed)
  })

  it('refuses an empty body and says nothing of what it read', async () => {
    const read = await readJson(post('secret words'))
    expect(JSON.stringify(read)).not.toContain('secret')
    expect(await readJson(new Request('http://test/', { method: 'POST' }))).toMatchObject(malformed)
  })
})

describe('structure of JSON', () => {
  const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth)
  const flat = (commas: number) => `[${'1,'.repeat(commas)}1]`

  it('may be as deep as the limit and no deeper', () => {
    expect(parseJson(nested(MAX_JSON_DEPTH)).ok).toBe(true)
    expect(parseJson(nested(MAX_JSON_DEPTH + 1))).toMatchObject({ failure: { kind: 'too-large' } })
  })

  it('may hold as many values as the limit and no more', () => {
    expect(parseJson(flat(MAX_JSON_NODES - 1)).ok).toBe(true)
    expect(parseJson(flat(MAX_JSON_NODES))).toMatchObject({ failure: { kind: 'too-large' } })
  })

  it('does not count what stands in strings', () => {
    expect(parseJson(JSON.stringify(`\\"${'[{,'.repeat(MAX_JSON_NODES)}`)).ok).toBe(true)
  })
})
