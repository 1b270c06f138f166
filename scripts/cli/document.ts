// A file of the caller's as the `document` of a request: a PDF or a picture in base64, or JSON with pages of words.
import { readFile } from 'node:fs/promises'
import { extname } from 'node:path'

const TYPES: Readonly<Record<string, string>> = {
  '.pdf': 'application/pdf',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.png': 'image/png',
  '.webp': 'image/webp',
}

/** Takes .pdf, .jpg, .png, .webp, and .json that is a document ({"pages": [...]}) or a request that holds one. */
export async function documentFrom(path: string): Promise<unknown> {
  const bytes = await readFile(path)
  const extension = extname(path).toLowerCase()
  const type = TYPES[extension]
  if (type !== undefined) return { content: bytes.toString('base64'), type }
  if (extension !== '.json') {
    throw new Error(`${path}: only ${[...Object.keys(TYPES), '.json'].join(', ')} are taken`)
  }
  const json = JSON.parse(bytes.toString('utf8'))
  return json.document ?? json
}

/** Every name as a string field. */
export function schemaFrom(names: readonly string[]): unknown {
  const properties = Object.fromEntries(names.map((name) => [name, { type: 'string' }]))
  return { type: 'object', properties }
}
