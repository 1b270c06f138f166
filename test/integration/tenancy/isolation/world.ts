// Two tenants, what each of them has as far as it was told, and one turn of one of them. Operations stand in files of their own, by
// what they are about; isolation.test.ts draws from all of them.
import { expect } from 'vitest'
import type { Send, TenantKey } from '../service'

export const SIDES = ['a', 'b'] as const
export type Side = (typeof SIDES)[number]
export const NAMES = ['one', 'two'] as const

/** What one tenant has, as far as it is told. */
export class Model {
  readonly versions = new Map<string, string[]>()
  readonly hidden = new Set<string>()
  readonly etags = new Map<string, string>()
  /** By Idempotency-Key: the field that was asked for, and the id of the answer. */
  readonly once = new Map<string, { secret: string; id: string }>()
  /** Ids. */
  readonly jobs: string[] = []
  readonly webhooks: string[] = []
  /** Webhooks that were. */
  readonly removed: string[] = []
  /** Limits that were set. */
  limits: Readonly<Record<string, number>> = {}
  /** Requests and pages that count. */
  requests = 0
  pages = 0

  newest(name: string): number | undefined {
    const made = this.versions.get(name)?.length
    return this.hidden.has(name) ? undefined : made
  }

  /** The field of a version; 0 is the newest, unless it is hidden. */
  field(name: string, version: number): string | undefined {
    const wanted = version === 0 ? this.newest(name) : version
    return this.versions.get(name)?.[(wanted ?? 0) - 1]
  }
}

export interface Tenant {
  readonly name: string
  readonly keys: TenantKey[]
  readonly model: Model
}

/** What was drawn for a turn. */
export interface Draw {
  readonly side: Side
  readonly what: string
  readonly name: (typeof NAMES)[number]
  readonly version: number
  readonly n: number
}

export interface Turn extends Draw {
  readonly own: Tenant
  readonly foreign: Tenant
  /** The first key of the tenant, with every scope. */
  readonly key: string
  /** What only this tenant's answers may hold. */
  readonly secret: string
  /** As another isolate would send it, unchecked. */
  readonly send: Send
  /** Sends, looks for whatever is the other's in the answer, and counts what counts. */
  call(
    ...given: Parameters<Send>
  ): Promise<{ status: number; json: ReturnType<JSON['parse']>; headers: Headers }>
}

/** By name. Those that are called foreign-... reach for what is the other's and run alone. */
export type Operations = Readonly<Record<string, (turn: Turn) => Promise<void>>>

export const schemaOf = (field: string) => ({
  type: 'object',
  properties: { [field]: { type: 'string' } },
})

export function turnOf(tenants: Readonly<Record<Side, Tenant>>, draw: Draw, send: Send): Turn {
  const { side, what, n } = draw
  const [own, foreign] = [tenants[side], tenants[side === 'a' ? 'b' : 'a']]
  const foreignSecret = `${side === 'a' ? 'b' : 'a'}-secret`
  return {
    ...draw,
    ...{ own, foreign, send },
    key: own.keys[0]?.key ?? '',
    secret: `${side}-secret-${n}`,
    async call(...given) {
      const response = await send(...given)
      const text = await response.text()
      expect(text, `${side} ${what}`).not.toContain(foreignSecret)
      for (const { id } of foreign.keys) expect(text).not.toContain(`"id":"${id}"`)
      for (const id of [...foreign.model.jobs, ...foreign.model.webhooks]) {
        expect(text, `${side} ${what}`).not.toContain(id)
      }
      const isAdmin = /^\/v1\/(tenants|webhooks)/.test(given[1])
      const isCounted = !isAdmin && response.status !== 429
      if (isCounted) own.model.requests++
      const json = text === '' ? undefined : JSON.parse(text)
      return { status: response.status, json, headers: response.headers }
    },
  }
}
