// What is audited. A name that was released is never used for anything else.

export const AUDIT_ACTIONS = [
  'tenant.create',
  'key.create',
  'key.revoke',
  'schema.put',
  'schema.hide',
  'quota.set',
  'job.cancel',
  'job.forget',
  'webhook.create',
  'webhook.change',
  'webhook.rotate',
  'webhook.delete',
  'webhook.replay',
] as const
export type AuditAction = (typeof AUDIT_ACTIONS)[number]
