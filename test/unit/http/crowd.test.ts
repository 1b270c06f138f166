// Who comes in: each tenant up to its share, and always room for one who is not there yet.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Crowd } from '../../../src/http/crowd'
import { MAX_PRESENT, MAX_PRESENT_EACH, PRESENT_MS } from '../../../src/limits'

/** Comes until it is refused; how many came in. */
function flood(crowd: Crowd, tenant: string, now = 0): number {
  let entered = 0
  while (typeof crowd.enter(tenant, now) === 'object') entered++
  return entered
}

describe('a crowd', () => {
  it('takes so many of one tenant and no more', () => {
    const crowd = new Crowd()
    expect(flood(crowd, 'a')).toBe(MAX_PRESENT_EACH)
    expect(crowd.enter('a', 0)).toBe('share')
  })

  it('is never filled by tenants who are already there', () => {
    const comers = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 100, maxLength: 400 })
    fc.assert(
      fc.property(comers, (order) => {
        const crowd = new Crowd()
        // All are there from the beginning: the first request of one who comes late may take the last place.
        for (let tenant = 0; tenant <= 9; tenant++) crowd.enter(String(tenant), 0)
        for (const tenant of order) crowd.enter(String(tenant), 0)
        expect(typeof crowd.enter('newcomer', 0)).toBe('object')
      }),
    )
  })

  it('is full when there are as many tenants as it takes requests', () => {
    const crowd = new Crowd()
    for (let i = 0; i < MAX_PRESENT; i++) expect(typeof crowd.enter(`t${i}`, 0)).toBe('object')
    expect(crowd.enter('one more', 0)).toBe('full')
  })

  it('has room again for who leaves, and for who died', () => {
    const crowd = new Crowd()
    const first = crowd.enter('a', 0)
    flood(crowd, 'a')
    if (typeof first !== 'object') throw new Error('no room')
    crowd.leave(first)
    expect(typeof crowd.enter('a', 0)).toBe('object')
    expect(crowd.enter('a', PRESENT_MS)).toBe('share')
    expect(flood(crowd, 'a', PRESENT_MS + 1)).toBe(MAX_PRESENT_EACH)
  })
})
