// Which keys open the door, and that a list that is empty opens it for nobody.
import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { authenticate } from '../../../src/http/auth'

const hash = (key: string) => createHash('sha256').update(key).digest('hex')
const [one, two] = [hash('pk_one'), hash('pk_two')]

describe('authenticate', () => {
  it.each([
    ['Bearer pk_one', one],
    ['bearer  pk_two ', `${one},${two}`],
    ['Bearer pk_two', ` ${one} , ${two.toUpperCase()} `],
  ])('%j opens', async (header, hashes) => {
    const caller = await authenticate(header, hashes)
    const key = header.trim().split(/ +/)[1] ?? ''
    expect(caller).toEqual({ ok: true, value: { keyId: hash(key).slice(0, 8) } })
  })

  it.each([
    [undefined, one],
    ['', one],
    ['pk_one', one],
    ['Basic pk_one', one],
    ['Bearer', one],
    ['Bearer pk_one pk_two', one],
    ['Bearer pk_three', `${one},${two}`],
    ['Bearer pk_one', ''],
    ['Bearer pk_one', undefined],
    ['Bearer pk_one', ',,'],
    ['Bearer pk_one', one.slice(0, 63)],
    ['Bearer pk_one', `${one}00`],
  ])('%j against %j does not', async (header, hashes) => {
    expect(await authenticate(header, hashes)).toMatchObject({
      ok: false,
      failure: { kind: 'unauthorized' },
    })
  })
})
