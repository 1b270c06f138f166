// The Worker with the real stores and queues of the local simulator, a model that answers at once, a clock that hurries, and lives
// that end when the plans say so. What is tested with it is that no job is lost and none done twice.
import { env } from 'cloudflare:workers'
import { createApp } from '../../src/app'
import { createOcr } from '../../src/document/ocr'
import { createConsumer } from '../../src/jobs/consume'
import type { Pace } from '../../src/jobs/pace'
import { releasedVocabulary } from '../../src/model/release'
import { Tenant } from '../../src/storage/tenant'
import { createWordpiece } from '../../src/text/wordpiece'
import { blankFiller } from '../fixtures/blank-filler'
import { faultyEnv, faultyServices, Life, type Plan } from './faults'

/** What is to happen to whom. */
export interface Plans {
  readonly request: Plan
  readonly consumer: Plan
  readonly alarm: Plan
}

const services = {
  filler: blankFiller,
  wordpiece: createWordpiece(releasedVocabulary),
  ocr: createOcr(env.OCR),
  wasmBytes: () => 0,
}

/** The Durable Object: killed as the platform would, by losing all that it has not written. */
export function tenantUnderTest(plans: Plans, pace: Pace) {
  return class extends Tenant {
    protected override readonly pace = pace

    constructor(ctx: DurableObjectState, env: Env) {
      super(ctx, faultyEnv(env, new Life(plans.alarm, () => ctx.abort('killed'))))
    }
  }
}

export function workerUnderTest(plans: Plans): ExportedHandler<Env> {
  const app = createApp(services)
  return {
    fetch: (request, env, ctx) => app.fetch(request, faultyEnv(env, new Life(plans.request)), ctx),
    queue: (batch, env, ctx) => {
      const life = new Life(plans.consumer)
      return createConsumer(faultyServices(services, life))(batch, faultyEnv(env, life), ctx)
    },
  }
}
