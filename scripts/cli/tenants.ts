// Tenants and keys for measurements: made through the admin API, without a quota, so that load is not refused for its amount.
import { callAdmin } from './admin.ts'
import type { Service } from './api.ts'

export interface MadeKey {
  readonly id: string
  readonly key: string
}

export async function makeTenant(service: Service, name: string): Promise<void> {
  await callAdmin(service, 'POST', '/v1/tenants', { name })
  await callAdmin(service, 'PUT', `/v1/tenants/${name}/quota`, {
    ...{ requests_minute: null, requests_month: null, pages_minute: null, pages_month: null },
  })
}

export async function makeKey(
  service: Service,
  tenant: string,
  scopes: readonly string[],
): Promise<MadeKey> {
  const { id, key } = await callAdmin(service, 'POST', `/v1/tenants/${tenant}/keys`, { scopes })
  return { id: String(id), key: String(key) }
}
