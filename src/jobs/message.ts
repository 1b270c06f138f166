// The message of the queue of jobs: which job of which tenant, and nothing of what is in it. Whatever else is true of the job stands
// in its tenant's Durable Object, so a message may come late, twice or never.
import * as v from 'valibot'

const JobMessageSchema = v.object({ tenant: v.string(), job: v.string() })
export type JobMessage = v.InferOutput<typeof JobMessageSchema>

/** undefined where it is none. */
export function parseJobMessage(body: unknown): JobMessage | undefined {
  const parsed = v.safeParse(JobMessageSchema, body)
  return parsed.success ? parsed.output : undefined
}
