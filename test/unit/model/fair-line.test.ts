// The order of passes: first come first served within a tenant, tenants in turn, and nobody waits for the dead.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FairLine, GOING_MS, type Waiter } from '../../../src/model/fair-line'

/** All that wait ask in turn, one millisecond later each time, until one goes. */
function nextOf(line: FairLine, waiting: Waiter[], now: number): Waiter | undefined {
  const gone = waiting.findIndex((waiter) => line.mayGo(waiter, now))
  return gone < 0 ? undefined : waiting.splice(gone, 1)[0]
}

describe('a line', () => {
  it('lets one go at a time', () => {
    const line = new FairLine()
    const [a, b] = [line.join('a', 0), line.join('b', 0)]
    expect([line.mayGo(b, 0), line.mayGo(a, 0), line.mayGo(b, 1)]).toEqual([false, true, false])
    line.done(a)
    expect(line.mayGo(b, 2)).toBe(true)
  })

  it('gives a tenant its share however many another has waiting', () => {
    const tenants = fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 60 })
    fc.assert(
      fc.property(tenants, (joined) => {
        const line = new FairLine()
        const waiting = joined.map((tenant) => line.join(tenant, 0))
        const order = [...waiting]
        const gone: Waiter[] = []
        for (let now = 0; waiting.length > 0; now++) {
          const next = nextOf(line, waiting, now)
          if (next === undefined) throw new Error('nobody may go')
          gone.push(next)
          line.done(next)
        }
        expect(gone.length).toBe(joined.length)
        for (const tenant of new Set(joined)) {
          const own = gone.filter((waiter) => waiter.tenant === tenant)
          expect(own).toEqual(order.filter((waiter) => waiter.tenant === tenant))
          // The k-th of a tenant goes before any other tenant's (k + 1)-th.
          for (const [k, waiter] of own.entries()) {
            const before = gone.slice(0, gone.indexOf(waiter))
            for (const other of new Set(joined)) {
              const ahead = before.filter((earlier) => earlier.tenant === other).length
              expect(ahead).toBeLessThanOrEqual(k + 1)
            }
          }
        }
      }),
    )
  })

  it('lets others past one that does not ask, and takes it back when it does', () => {
    const line = new FairLine()
    const [silent, next] = [line.join('a', 0), line.join('b', 0)]
    expect(line.mayGo(next, 1000)).toBe(false)
    expect(line.mayGo(next, 1050)).toBe(false)
    expect(line.mayGo(next, 1051)).toBe(true)
    const third = line.join('b', 1060)
    line.done(next)
    expect(line.mayGo(silent, 2000)).toBe(true)
    line.done(silent)
    expect(line.mayGo(third, 2001)).toBe(true)
  })

  it('costs nobody its turn where the clock stands still during a pass and jumps after it', () => {
    const line = new FairLine()
    const [first, next, last] = ['a', 'b', 'c'].map((tenant) => line.join(tenant, 0))
    if (first === undefined || next === undefined || last === undefined) return
    expect(line.mayGo(first, 0)).toBe(true)
    line.done(first)
    expect(line.mayGo(last, 1000)).toBe(false)
    expect(line.mayGo(next, 1000)).toBe(true)
  })

  it('rests between two turns, from the first that asks, unless it has rested', () => {
    const line = new FairLine(8)
    const [first, next, last] = ['a', 'b', 'c'].map((tenant) => line.join(tenant, 0))
    if (first === undefined || next === undefined || last === undefined) return
    expect(line.mayGo(first, 0)).toBe(true)
    line.done(first)
    expect([100, 107, 108].map((now) => line.mayGo(next, now))).toEqual([false, false, true])
    line.done(next)
    line.rested(first)
    expect(line.mayGo(last, 200)).toBe(false)
    line.rested(next)
    expect(line.mayGo(last, 200)).toBe(true)
  })

  it('gives up one that went and never came back', () => {
    const line = new FairLine()
    const [dead, next] = [line.join('a', 0), line.join('b', 0)]
    expect(line.mayGo(dead, 0)).toBe(true)
    expect(line.mayGo(next, GOING_MS - 1)).toBe(false)
    expect(line.mayGo(next, GOING_MS)).toBe(true)
    // What comes back from the dead ends nobody's turn.
    line.done(dead)
    expect(line.mayGo(line.join('c', GOING_MS), GOING_MS)).toBe(false)
  })
})
