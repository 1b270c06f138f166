// The consumer of the queues: takes each message to what it is about and says whether it was dealt with. A message is put back only
// where the job's Durable Object could not be reached; everything else is known there, and its alarm sees to it.
import type { Services } from '../services'
import { createSchemaReader } from '../storage/schema-store'
import { askTenant } from '../storage/tenants'
import { noticeLanding } from './landing'
import { parseJobMessage } from './message'
import { workOn } from './work'

/** As wrangler.toml names them; the queue of the jobs themselves is every other one. */
const DEAD_LETTERS = /-dead$/
const LANDINGS = /-uploads$/

export function createConsumer(services: Services): ExportedHandlerQueueHandler<Env> {
  const schemas = createSchemaReader()

  const deal = async (env: Env, queue: string, body: unknown): Promise<boolean> => {
    if (LANDINGS.test(queue)) return noticeLanding(env, body)
    const named = parseJobMessage(body)
    if (named === undefined) return ignored(queue)
    if (!DEAD_LETTERS.test(queue)) return workOn(named, env, services, schemas)
    console.error(JSON.stringify({ event: 'message-buried', ...named }))
    const buried = await askTenant(env, named.tenant, (stub) => stub.buryMessage(named.job))
    return buried.ok
  }

  return async (batch, env) => {
    for (const message of batch.messages) {
      const isDone = await deal(env, batch.queue, message.body)
      if (isDone) message.ack()
      else message.retry()
    }
  }
}

function ignored(queue: string): true {
  console.error(JSON.stringify({ event: 'message-not-understood', queue }))
  return true
}
