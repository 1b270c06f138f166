// The Worker that `npm start` runs, so that other commands on this machine find it: its address and its operator's key, in a file
// that only this user reads and that goes with it.
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Service } from './api.ts'

/** Where the Worker of this machine keeps its state between starts. */
export const PERSIST = join(import.meta.dirname, '../../.wrangler/local')
const NOTE = join(import.meta.dirname, '../../.wrangler/running.json')

/** undefined where none runs; a note that was left behind by one that died counts as none. */
export async function runningService(): Promise<Service | undefined> {
  try {
    const service: Service = JSON.parse(await readFile(NOTE, 'utf8'))
    const response = await fetch(`${service.url}/healthz`)
    return response.ok ? service : undefined
  } catch {
    return undefined
  }
}

export async function noteRunning(service: Service): Promise<void> {
  await mkdir(dirname(NOTE), { recursive: true })
  await rm(NOTE, { force: true })
  await writeFile(NOTE, JSON.stringify(service), { mode: 0o600 })
}

export async function forgetRunning(): Promise<void> {
  await rm(NOTE, { force: true })
}
