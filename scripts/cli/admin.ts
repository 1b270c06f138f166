// One call of the admin API: JSON in, JSON out, an Error that names the problem where it is refused.
import { problemText, type Service } from './api.ts'

/** An empty object where the answer has no body. */
export async function callAdmin(
  service: Service,
  method: string,
  path: string,
  body?: object,
): Promise<Readonly<Record<string, unknown>>> {
  const response = await fetch(service.url + path, {
    method,
    headers: { authorization: `Bearer ${service.key}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  if (!response.ok) throw new Error(problemText(response, text))
  return text === '' ? {} : JSON.parse(text)
}
