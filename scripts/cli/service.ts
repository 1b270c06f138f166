// The service that a script talks to: the one named by --url and --key, or a local Worker of its own.
import { startLocal } from '../local.ts'
import { type Service, waitUntilReady } from './api.ts'
import { startProgress } from './progress.ts'

export interface Reached {
  readonly service: Service
  stop(): Promise<void>
}

/** Ready to answer: the model is loaded. The caller must stop it. */
export async function reachService(
  url: string | undefined,
  key: string | undefined,
): Promise<Reached> {
  const progress = startProgress(url === undefined ? 'starting the Worker' : `reaching ${url}`)
  try {
    const reached = url === undefined ? await ownService() : givenService(url, key)
    progress.say('loading the model')
    try {
      await waitUntilReady(reached.service)
    } catch (error) {
      await reached.stop()
      throw error
    }
    return reached
  } finally {
    progress.done()
  }
}

async function ownService(): Promise<Reached> {
  const worker = await startLocal()
  return { service: { url: worker.url.origin, key: worker.key }, stop: () => worker.stop() }
}

function givenService(url: string, key: string | undefined): Reached {
  if (key === undefined) throw new Error('--url wants --key')
  return { service: { url: url.replace(/\/+$/, ''), key }, stop: async () => undefined }
}
