// The first part of a multipart body while the rest of it is still on its way: a form's token can be looked at before the file
// behind it is read. The platform parses the part; this file only finds where it ends.
import { parseForm } from './multipart'

export interface FirstPart {
  readonly name: string
  readonly value: string
}

/** `more` where it has not arrived whole; undefined where it is none, or a file. @param contentType with its boundary */
export async function firstPart(
  head: Uint8Array,
  contentType: string,
): Promise<FirstPart | 'more' | undefined> {
  const boundary = /;\s*boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(contentType)
  const line = `\r\n--${boundary?.[1] ?? boundary?.[2] ?? ''}`
  const end = latin1(head).indexOf(line, 1)
  if (boundary === null) return undefined
  if (end < 0) return 'more'
  const closing = new TextEncoder().encode(`${line}--\r\n`)
  const whole = new Uint8Array(end + closing.length)
  whole.set(head.subarray(0, end))
  whole.set(closing, end)
  const form = await parseForm(whole, contentType)
  const [[name, value] = ['', undefined]] = form?.entries() ?? []
  return typeof value === 'string' ? { name, value } : undefined
}

/** Byte by byte, so that places in the text are places in the bytes. */
const latin1 = (bytes: Uint8Array) => String.fromCharCode(...bytes)
