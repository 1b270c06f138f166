// Which keys open the door: the operator's, whatever their form, and those that the directory has, if they are whole. A list of
// the operator's that is empty opens it for nobody.
import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { ok } from '../../../src/failure'
import { authenticate, type KeyRecord, type KnownKeys } from '../../../src/http/auth'
import { newKey } from '../../../src/http/key-format'

const hash = (key: string) => createHash('sha256').update(key).digest('hex')
const [one, two] = [hash('pk_one'), hash('pk_two')]

const known = (operatorHashes: string | undefined, records: Record<string, KeyRecord> = {}) => {
  const asked: string[] = []
  const find: KnownKeys['find'] = async (hash) => {
    asked.push(hash)
    return ok(records[hash])
  }
  return { operatorHashes, find, asked }
}

describe("an operator's key", () => {
  it.each([
    ['Bearer pk_one', one],
    ['bearer  pk_two ', `${one},${two}`],
    ['Bearer pk_two', ` ${one} , ${two.toUpperCase()} `],
  ])('%j opens', async (header, hashes) => {
    const key = header.trim().split(/ +/)[1] ?? ''
    expect(await authenticate(header, known(hashes))).toMatchObject({
      ok: true,
      value: { keyId: hash(key).slice(0, 8), tenant: 'operator', operator: true },
    })
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
  ])('%j against %j does not open', async (header, hashes) => {
    expect(await authenticate(header, known(hashes))).toMatchObject({
      ok: false,
      failure: { kind: 'unauthorized' },
    })
  })
})

describe("a tenant's key", () => {
  const key = newKey()
  const record: KeyRecord = { id: 'key_1', tenant: 'acme', scopes: ['extract'] }

  it('opens as what the directory says', async () => {
    const caller = await authenticate(`Bearer ${key}`, known('', { [hash(key)]: record }))
    const value = { keyId: 'key_1', tenant: 'acme', scopes: ['extract'], operator: false }
    expect(caller).toEqual({ ok: true, value })
  })

  it('with a typing error is told so, without asking the directory', async () => {
    const keys = known('', { [hash(key)]: record })
    const typo = await authenticate(`Bearer ${key.slice(0, -1)}`, keys)
    const unknown = await authenticate(`Bearer ${newKey()}`, keys)
    expect(typo).toMatchObject({ failure: { detail: expect.stringContaining('not a whole key') } })
    expect(unknown).toMatchObject({ failure: { detail: 'This key is not known.' } })
    expect(keys.asked).toHaveLength(1)
  })
})
