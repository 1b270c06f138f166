// The service with its real stores and without its model: what is tested here is what stands around an extraction. Every word of a
// document is read, every field is absent.
import { env } from 'cloudflare:workers'
import { createApp } from '../../../src/app'
import { createOcr } from '../../../src/document/ocr'
import type { MaskFiller } from '../../../src/model/mask-filler'
import { releasedVocabulary } from '../../../src/model/release'
import { createWordpiece } from '../../../src/text/wordpiece'
import { blankFiller } from '../../fixtures/blank-filler'

/** An operator's key: its hash stands in vitest.config.ts. */
export const OPERATOR = 'pk_test'

export const wordpiece = createWordpiece(releasedVocabulary)

export type Send = (
  method: string,
  path: string,
  key?: string,
  body?: unknown,
  headers?: Record<string, string>,
  signal?: AbortSignal,
) => Promise<Response>

/** A service of its own, as another isolate would be. */
export const appWith = (filler: MaskFiller = blankFiller) =>
  createApp({ filler, wordpiece, wasmBytes: () => 0, ocr: createOcr(env.OCR) })

/** Sends to a service of its own, as another isolate would be; JSON bodies. */
export function serviceWith(filler: MaskFiller = blankFiller): Send {
  const app = appWith(filler)
  return async (method, path, key, body, headers = {}, signal) =>
    app.request(
      path,
      {
        method,
        ...(signal === undefined ? {} : { signal }),
        headers: {
          ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      },
      env,
    )
}

export const EXTRACTION = {
  document: {
    pages: [{ width: 100, height: 100, words: [{ text: 'total 3', box: [0, 0, 10, 10] }] }],
  },
  schema: { type: 'object', properties: { total: { type: 'number' } } },
}

export interface TenantKey {
  readonly id: string
  readonly key: string
}

export async function newTenant(send: Send, name: string): Promise<void> {
  const response = await send('POST', '/v1/tenants', OPERATOR, { name })
  if (response.status !== 201) throw new Error(`${response.status} ${await response.text()}`)
}

export async function keyFor(
  send: Send,
  tenant: string,
  scopes: readonly string[] = ['extract', 'schemas', 'jobs', 'admin'],
): Promise<TenantKey> {
  const response = await send('POST', `/v1/tenants/${tenant}/keys`, OPERATOR, { scopes })
  if (response.status !== 201) throw new Error(`${response.status} ${await response.text()}`)
  return response.json()
}
