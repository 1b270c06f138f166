// What a path takes, for the `allow` of a 405 (RFC 9110, section 15.5.6).
import type { Hono } from 'hono'
import type { AppEnv } from '../services'

/** Empty where there is nothing at the path. */
export function methodsOf(app: Hono<AppEnv>, path: string): string[] {
  const methods = app.routes.filter((route) => route.method !== 'ALL' && fits(route.path, path))
  return [...new Set(methods.map(({ method }) => method))]
}

/** Segment by segment; `:name` stands for any that is not empty. */
function fits(pattern: string, path: string): boolean {
  const [wanted, given] = [pattern.split('/'), path.split('/')]
  if (wanted.length !== given.length) return false
  return wanted.every((segment, i) =>
    segment.startsWith(':') ? given[i] !== '' : segment === given[i],
  )
}
