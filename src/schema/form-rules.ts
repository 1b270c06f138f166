// The keyword `x-form` at the root of a stored schema: whose pages may post forms to it, and where their visitors may be sent
// afterwards. Only https, or http on the machine itself, so that neither a token nor a visitor travels in the clear.
import * as v from 'valibot'
import { MAX_ADDRESS_CHARS, MAX_FORM_ADDRESSES } from '../limits'

const LOOPBACK: readonly string[] = ['localhost', '127.0.0.1', '[::1]']

const Address = v.pipe(
  v.string(),
  v.maxLength(MAX_ADDRESS_CHARS, `Expected at most ${MAX_ADDRESS_CHARS} characters`),
)
const OriginSchema = v.pipe(
  Address,
  v.check(
    (text) => secureUrl(text)?.origin === text,
    'Expected an origin as browsers send it: https://, a host, a port unless usual, and no more',
  ),
)
const RedirectSchema = v.pipe(
  Address,
  v.check(isRedirect, 'Expected a whole https address without user, password and fragment'),
  v.transform((text) => new URL(text).href),
)
const several = `Expected at most ${MAX_FORM_ADDRESSES}`

export const FormRulesSchema = v.strictObject({
  origins: v.pipe(
    v.array(OriginSchema),
    v.minLength(1, 'Expected at least one origin'),
    v.maxLength(MAX_FORM_ADDRESSES, several),
    v.description('origins of the pages that may post, as in the header Origin'),
  ),
  redirects: v.optional(
    v.pipe(
      v.array(RedirectSchema),
      v.maxLength(MAX_FORM_ADDRESSES, several),
      v.description('addresses that a form may name in pip-success or pip-failure'),
    ),
    [],
  ),
})

export type FormRules = v.InferOutput<typeof FormRulesSchema>

/** Whether the rules have this address, however it is spelt. */
export function mayRedirect({ redirects }: FormRules, address: string): boolean {
  return URL.canParse(address) && redirects.includes(new URL(address).href)
}

function isRedirect(text: string): boolean {
  const url = secureUrl(text)
  return url !== undefined && url.username === '' && url.password === '' && !text.includes('#')
}

function secureUrl(text: string): URL | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url?.protocol === 'https:') return url
  return url?.protocol === 'http:' && LOOPBACK.includes(url.hostname) ? url : undefined
}
