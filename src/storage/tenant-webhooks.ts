// Webhooks in a tenant's Durable Object: endpoints and their secrets, and the deliveries that the alarm makes. The message of a job
// is written in the transaction that ends it (TenantBase.announce), so there is exactly one; it is sent at least once.
import { fail, ok, type Result } from '../failure'
import { randomBase58 } from '../http/key-format'
import { JOB_DAYS, MAX_ENDPOINTS, WEBHOOK_SECRET_OVERLAP_HOURS } from '../limits'
import { type Attempt, deliver } from '../webhooks/deliver'
import { newSecret } from '../webhooks/sign'
import type { Actor } from './audit-trail'
import type { DeliveryInfo, DueDelivery } from './delivery-table'
import type { EndpointInfo, EndpointSpec } from './endpoint-table'
import { TenantUploads } from './tenant-uploads'

const DAY_MS = 86_400_000
const HOUR_MS = 3_600_000
const ID_CHARS = 12
/** Deliveries of one tenant at a time. */
const AT_ONCE = 20
/** How long is waited for one of them to end where there are more. */
const CROWDED_MS = 1_000

type WithSecret = EndpointInfo & { readonly secret: string }

export abstract class TenantWebhooks extends TenantUploads {
  private underWay = 0

  /** The secret in clear, this once. Fails as `conflict` where there are all the endpoints that there may be. */
  addEndpoint(spec: EndpointSpec, actor: Actor): Promise<Result<WithSecret>> {
    const [id, secret] = [`hook_${randomBase58(ID_CHARS)}`, newSecret()]
    return this.change((now) => {
      if (this.endpoints.list(now).length >= MAX_ENDPOINTS) return tooMany()
      this.endpoints.add(now, actor.keyId, id, spec)
      this.endpoints.addSecret(now, id, secret)
      this.audit.record(now, actor, 'webhook.create', id)
      return this.withSecret(now, id, secret)
    })
  }

  listEndpoints(): Result<EndpointInfo[]> {
    return ok(this.endpoints.list(Date.now()))
  }

  getEndpoint(id: string): Result<EndpointInfo> {
    return found(this.endpoints.get(Date.now(), id))
  }

  changeEndpoint(id: string, given: Partial<EndpointSpec>, actor: Actor) {
    return this.change((now): Result<EndpointInfo> => {
      const endpoint = this.endpoints.get(now, id)
      if (endpoint === undefined) return fail({ kind: 'not-found' })
      this.endpoints.change(id, { ...endpoint, ...given })
      this.audit.record(now, actor, 'webhook.change', id)
      return found(this.endpoints.get(now, id))
    })
  }

  /** A new secret, in clear this once; what is sent meanwhile is signed with the one before too. */
  rotateSecret(id: string, actor: Actor): Promise<Result<WithSecret>> {
    const secret = newSecret()
    return this.change((now) => {
      if (this.endpoints.get(now, id) === undefined) return fail({ kind: 'not-found' })
      this.endpoints.retireSecrets(id, now + WEBHOOK_SECRET_OVERLAP_HOURS * HOUR_MS)
      this.endpoints.addSecret(now, id, secret)
      this.audit.record(now, actor, 'webhook.rotate', id)
      return this.withSecret(now, id, secret)
    })
  }

  removeEndpoint(id: string, actor: Actor): Promise<Result<undefined>> {
    return this.change((now) => {
      if (this.endpoints.get(now, id) === undefined) return fail({ kind: 'not-found' })
      this.endpoints.remove(id)
      this.deliveries.forget(id)
      this.audit.record(now, actor, 'webhook.delete', id)
      return ok(undefined)
    })
  }

  listDeliveries(
    id: string,
    before: number,
    limit: number,
  ): Result<{ deliveries: DeliveryInfo[]; next: number | null }> {
    const endpoint = this.getEndpoint(id)
    return endpoint.ok ? ok(this.deliveries.list(id, before, limit)) : endpoint
  }

  /** The same message to the same endpoint again, now. */
  replayDelivery(id: string, message: string, actor: Actor): Promise<Result<DeliveryInfo>> {
    return this.change((now) => {
      if (!this.deliveries.replay(now, message, id)) return fail({ kind: 'not-found' })
      this.audit.record(now, actor, 'webhook.replay', message)
      return found(this.deliveries.get(message, id))
    })
  }

  /** Begins the deliveries that are due; nobody waits for them, least of all the next job. */
  protected runWebhooks(): void {
    const now = Date.now()
    const until = now + this.pace.deliverMs
    const due = this.ctx.storage.transactionSync(() =>
      this.deliveries.take(now, AT_ONCE - this.underWay, until),
    )
    for (const one of due) this.ctx.waitUntil(this.send(now, one))
  }

  private async send(now: number, { seq, endpoint, message, body, attempts }: DueDelivery) {
    const target = this.endpoints.get(now, endpoint)
    if (target === undefined) return
    this.underWay++
    const secrets = this.endpoints.secrets(now, endpoint)
    const anywhere = this.env.WEBHOOK_TARGETS === 'anywhere'
    const attempt = await deliver({ id: message, url: target.url, body, secrets }, anywhere)
    this.underWay--
    await this.change((later) =>
      this.deliveries.record(later, seq, attempt, this.nextTry(later, attempts)),
    )
    this.log(message, endpoint, attempt)
  }

  /** Up to a tenth later, so that what failed together does not come back together. */
  private nextTry(now: number, attempts: number): number | undefined {
    const gap = this.pace.webhookGapsMs[attempts]
    return gap === undefined ? undefined : now + Math.ceil(gap * (1 + Math.random() / 10))
  }

  private log(message: string, endpoint: string, { delivered, status, error }: Attempt): void {
    const line = { event: 'webhook', tenant: this.tenant, message, endpoint }
    console.log(JSON.stringify({ ...line, delivered, status, error }))
  }

  private withSecret(now: number, id: string, secret: string): Result<WithSecret> {
    const endpoint = found(this.endpoints.get(now, id))
    return endpoint.ok ? ok({ ...endpoint.value, secret }) : endpoint
  }

  protected override dueTimes(): number[] {
    const due = this.deliveries.nextDue()
    if (due === null) return super.dueTimes()
    const isCrowded = this.underWay >= AT_ONCE
    return [...super.dueTimes(), isCrowded ? Math.max(due, Date.now() + CROWDED_MS) : due]
  }

  protected sweepWebhooks(now: number): void {
    this.endpoints.sweep(now)
    this.deliveries.sweep(now - JOB_DAYS * DAY_MS)
  }
}

const found = <T>(thing: T | undefined): Result<T> =>
  thing === undefined ? fail({ kind: 'not-found' }) : ok(thing)

const tooMany = () =>
  fail({ kind: 'conflict', detail: `A tenant has at most ${MAX_ENDPOINTS} webhook endpoints.` })
