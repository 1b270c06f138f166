// R2's notification that an object was written, as Cloudflare documents it, on a queue of its own: tells the tenant that a file has
// landed. What is no upload that a tenant waits for is deleted, as nobody else would.
import * as v from 'valibot'
import { ok } from '../failure'
import { attempt } from '../storage/attempt'
import { askTenant } from '../storage/tenants'
import { uploadOfKey } from './upload-address'

const NotificationSchema = v.object({
  action: v.picklist(['PutObject', 'CopyObject', 'CompleteMultipartUpload']),
  object: v.object({ key: v.string() }),
})

/** Whether the message was dealt with; those of other actions and other objects are. */
export async function noticeLanding(env: Env, body: unknown): Promise<boolean> {
  const notified = v.safeParse(NotificationSchema, body)
  if (!notified.success) return true
  const { key } = notified.output.object
  const upload = uploadOfKey(key)
  if (upload === undefined) return true
  const landed = await askTenant(env, upload.tenant, (stub) => stub.landUpload(upload.id))
  if (landed.ok) return true
  if (landed.failure.kind !== 'not-found') return false
  const removed = await attempt(async () => ok(await env.DOCUMENTS.delete(key)))
  return removed.ok
}
