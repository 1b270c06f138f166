// A file of the caller's as the `document` of a request: a PDF in base64, or JSON with pages of words.
import { readFile } from 'node:fs/promises'
import { extname } from 'node:path'

/** Takes .pdf, and .json that is a document ({"pages": [...]}) or a request that holds one. */
export async function documentFrom(path: string): Promise<unknown> {
  const bytes = await readFile(path)
  switch (extname(path).toLowerCase()) {
    case '.pdf':
      return { content: bytes.toString('base64'), type: 'application/pdf' }
    case '.json': {
      const json = JSON.parse(bytes.toString('utf8'))
      return json.document ?? json
    }
    default:
      throw new Error(
        `${path}: only .pdf and .json are taken; images need an OCR, which is not there yet`,
      )
  }
}

/** Every name as a string field. */
export function schemaFrom(names: readonly string[]): unknown {
  const properties = Object.fromEntries(names.map((name) => [name, { type: 'string' }]))
  return { type: 'object', properties }
}
