// Bindings that fail when they are told to. Each call of R2, a queue, a Durable Object or the model is one await of a job's path; a
// plan says at which one the caller is killed: before it reaches the other side, or after, when only the answer is lost. Who was
// killed reaches nothing any more, as in a life that has ended.

class Killed extends Error {
  override name = 'Killed'
}

/** What is to happen at one await. */
export type Fate = 'pass' | 'kill-before' | 'kill-after' | 'fail-before' | 'fail-after'

export interface Plan {
  /** Asked at every await; `what` is binding and method. */
  fate(what: string): Fate | Promise<Fate>
}

/** One life: an invocation of the Worker, or a Durable Object from its start to its end. */
export class Life {
  private dead = false
  private readonly plan: Plan
  private readonly onDeath: () => void

  /** @param onDeath ends what lives on by itself */
  constructor(plan: Plan, onDeath: () => void = () => undefined) {
    this.plan = plan
    this.onDeath = onDeath
  }

  async pass<T>(what: string, call: () => Promise<T>): Promise<T> {
    if (this.dead) throw new Killed(what)
    const fate = await this.plan.fate(what)
    if (fate === 'pass') return call()
    this.dead = fate.startsWith('kill')
    if (fate.endsWith('after')) await call()
    if (this.dead) this.onDeath()
    throw new Killed(`${fate} ${what}`)
  }
}

type Method = (...given: unknown[]) => Promise<unknown>

/** Every method of `target` as an await of `life`. */
function faulty<T extends object>(target: T, name: string, life: Life): T {
  return new Proxy(target, {
    get(_, property) {
      const value: unknown = Reflect.get(target, property)
      if (typeof value !== 'function' || typeof property === 'symbol') return value
      const method: Method = value.bind(target)
      return (...given: unknown[]) => life.pass(`${name}.${property}`, () => method(...given))
    },
  })
}

/** The Worker's environment as one life sees it. */
export function faultyEnv(env: Env, life: Life): Env {
  return {
    ...env,
    DOCUMENTS: faulty(env.DOCUMENTS, 'R2', life),
    JOBS: faulty(env.JOBS, 'Queue', life),
    TENANTS: new Proxy(env.TENANTS, {
      get(target, property) {
        if (property !== 'getByName') return Reflect.get(target, property)
        return (name: string) => faultyStub(target.getByName(name), life)
      },
    }),
  }
}

/** RPC methods of a stub are made up on the way, so there is nothing to look at. */
function faultyStub<T extends object>(stub: T, life: Life): T {
  return new Proxy(stub, {
    get(target, property) {
      if (typeof property === 'symbol') return Reflect.get(target, property)
      return (...given: unknown[]) =>
        life.pass(`Tenant.${property}`, () => (Reflect.get(target, property) as Method)(...given))
    },
  })
}

/** Of the model, each pass; loading it is one too. */
export const faultyServices = <T extends { readonly filler: object }>(
  services: T,
  life: Life,
): T => ({
  ...services,
  filler: faulty(services.filler, 'Model', life),
})
