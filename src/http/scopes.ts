// What a key may do. `admin` is about its own tenant: keys, audit. The keys of the configuration are the operator's and may do
// everything, with every tenant.

export const SCOPES = ['extract', 'schemas', 'jobs', 'admin'] as const
export type Scope = (typeof SCOPES)[number]
