import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { Line, type LineOptions } from '../../../src/http/line'

const line = (options: Partial<LineOptions> = {}) =>
  new Line({
    maxRequests: 9,
    maxBytes: 100,
    roomBytes: 0,
    patienceMs: 5_000,
    pollMs: 1,
    ...options,
  })

/** Work that is done when `finish` is called. */
function pending(result: string) {
  const { promise, resolve } = Promise.withResolvers<string>()
  let begun = false
  const work = () => {
    begun = true
    return promise
  }
  return { work, finish: () => resolve(result), begun: () => begun }
}

describe('a line', () => {
  it('lets in one at a time, in order, where there is room for none beside', async () => {
    const all = ['a', 'b', 'c'].map(pending)
    const it = line()
    const results = all.map(({ work }) => it.run(1, work))
    await sleep(20)
    expect(all.map(({ begun }) => begun())).toEqual([true, false, false])
    all[0]?.finish()
    await sleep(20)
    expect(all.map(({ begun }) => begun())).toEqual([true, true, false])
    for (const { finish } of all) finish()
    expect(await Promise.all(results)).toEqual(['a', 'b', 'c'])
  })

  it('lets in as many as fit, and one that never would when it comes first', async () => {
    const it = line({ roomBytes: 10 })
    const all = [pending('a'), pending('b'), pending('c')]
    const results = [6, 4, 1].map((bytes, i) => it.run(bytes, all[i]?.work ?? Promise.reject))
    await sleep(20)
    expect(all.map(({ begun }) => begun())).toEqual([true, true, false])
    for (const { finish } of all) finish()
    await Promise.all(results)
    expect(await it.run(50, async () => 'large')).toBe('large')
  })

  it('turns away one request too many, or one byte too many, unless it is alone', async () => {
    const it = line({ maxRequests: 2, maxBytes: 10 })
    expect(await it.run(11, async () => 'alone')).toBe('alone')
    const [first, second] = [pending('a'), pending('b')]
    const under = it.run(6, first.work)
    expect(await it.run(5, async () => 'too many bytes')).toBeUndefined()
    const waiting = it.run(4, second.work)
    expect(await it.run(0, async () => 'too many')).toBeUndefined()
    first.finish()
    second.finish()
    expect(await Promise.all([under, waiting])).toEqual(['a', 'b'])
  })

  it('lets in first who holds least, whoever was there before', async () => {
    const it = line({ roomBytes: 10 })
    const [a, b, c] = [pending('a'), pending('b'), pending('c')]
    const results = [
      it.run(6, a.work, 'flood'),
      it.run(6, b.work, 'flood'),
      it.run(4, c.work, 'light'),
    ]
    await sleep(20)
    expect([a, b, c].map(({ begun }) => begun())).toEqual([true, false, true])
    for (const { finish } of [a, b, c]) finish()
    expect(await Promise.all(results)).toEqual(['a', 'b', 'c'])
  })

  it('turns away who has waited too long, and goes on', async () => {
    const it = line({ patienceMs: 20 })
    const first = pending('a')
    const under = it.run(1, first.work)
    expect(await it.run(1, async () => 'b')).toBeUndefined()
    first.finish()
    expect(await under).toBe('a')
    expect(await it.run(1, async () => 'c')).toBe('c')
  })

  it('goes on after work that failed', async () => {
    const it = line()
    await expect(it.run(1, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken')
    expect(await it.run(1, async () => 'b')).toBe('b')
  })

  it('takes one that shows no sign of life for gone', async () => {
    const it = line({ leaseMs: 40 })
    const stopped = pending('never')
    // What a client that goes away does: timers stop and nothing is reached again.
    const { setInterval } = globalThis
    Object.assign(globalThis, { setInterval: () => 0 })
    void it.run(1, stopped.work)
    Object.assign(globalThis, { setInterval })
    expect(await it.run(1, async () => 'next')).toBe('next')
  })
})
