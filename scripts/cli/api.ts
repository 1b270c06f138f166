// The client of these scripts: one POST /v1/extract, timed from outside, asked again while the service says 429 or 503.
import { setTimeout as sleep } from 'node:timers/promises'
import type { Answer } from '../../src/extraction/answer.ts'

export interface Service {
  /** Without a slash at the end. */
  readonly url: string
  readonly key: string
}

export type Extraction = Answer & { readonly id: string }

export interface Timed {
  readonly extraction: Extraction
  readonly ms: number
}

const ATTEMPTS = 5

/** Throws an Error that names the problem where the answer is not 200. The time is that of the last attempt. */
export async function requestExtraction(
  service: Service,
  body: { readonly document: unknown; readonly schema: unknown },
): Promise<Timed> {
  for (let attempt = 1; ; attempt++) {
    const start = performance.now()
    const response = await fetch(`${service.url}/v1/extract`, {
      method: 'POST',
      headers: { authorization: `Bearer ${service.key}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    const text = await response.text()
    const ms = performance.now() - start
    if (response.ok) return { extraction: JSON.parse(text), ms }
    const isBusy = response.status === 503 || response.status === 429
    if (!isBusy || attempt === ATTEMPTS) throw new Error(problemText(response, text))
    await sleep(1000 * Math.min(10, Number(response.headers.get('retry-after') ?? 1)))
  }
}

/** Waits until the model is loaded, so that the first answer's time is that of a pass. */
export async function waitUntilReady(service: Service): Promise<void> {
  const response = await fetch(`${service.url}/readyz`)
  if (!response.ok) throw new Error(problemText(response, await response.text()))
}

/** What an answer that is no success says of itself, in one line and one more for each of its errors. */
export function problemText(response: Response, text: string): string {
  try {
    const { title, detail, errors = [] } = JSON.parse(text)
    const places = errors.map(
      (error: { pointer: string; detail: string }) =>
        `\n  ${error.pointer || '(the whole)'}: ${error.detail}`,
    )
    return `${response.status} ${title}: ${detail}${places.join('')}`
  } catch {
    return `${response.status} ${response.statusText}`
  }
}
