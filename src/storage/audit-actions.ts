// What is audited. A name that was released is never used for anything else.

export const AUDIT_ACTIONS = [
  'tenant.create',
  'key.create',
  'key.revoke',
  'schema.put',
  'schema.hide',
] as const
export type AuditAction = (typeof AUDIT_ACTIONS)[number]
