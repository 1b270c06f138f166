// The requests that `memory` and `latency` repeat.
import { join } from 'node:path'
import { documentFrom } from './document.ts'

const RECEIPT = join(import.meta.dirname, '../../samples/receipt.json')

export interface ExtractionRequest {
  readonly document: unknown
  readonly schema: unknown
}

/** The sample receipt and five fields, one of which is absent. */
export async function receiptRequest(): Promise<ExtractionRequest> {
  const properties = {
    company: { type: 'string' },
    address: { type: 'string' },
    date: { type: 'string', format: 'date' },
    total: { type: 'number' },
    passport_number: { type: 'string' },
  }
  return { document: await documentFrom(RECEIPT), schema: { type: 'object', properties } }
}

/** The receipt's page three times and 35 fields: two passes of about the longest sequences that the protocol has. */
export async function longestRequest(): Promise<ExtractionRequest> {
  const { pages } = (await documentFrom(RECEIPT)) as { pages: readonly unknown[] }
  const names = Array.from({ length: 35 }, (_, i) => [`field_${i}`, { type: 'string' }])
  const schema = { type: 'object', properties: Object.fromEntries(names) }
  return { document: { pages: [...pages, ...pages, ...pages] }, schema }
}
