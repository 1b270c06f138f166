// For probes: /healthz says that the process answers, /readyz that the model is loaded (it loads it). Neither wants a key, so
// neither says more than the model's name and how much memory it holds.
import { Hono } from 'hono'
import { problemResponse } from '../http/problem'
import type { AppEnv, Services } from '../services'

export function healthRoutes(services: Services): Hono<AppEnv> {
  const routes = new Hono<AppEnv>()

  routes.get('/healthz', (c) => c.json({ status: 'up' }))

  routes.get('/readyz', async (c) => {
    const info = await services.filler.info()
    if (!info.ok) return problemResponse(info.failure, c.get('requestId'))
    const { name, version, tier } = info.value
    return c.json({
      status: 'ready',
      model: { name, version, tier },
      memory: { wasm_bytes: services.wasmBytes() },
    })
  })

  return routes
}
