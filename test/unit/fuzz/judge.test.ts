import { expect, it } from 'vitest'
import { Dice } from '../../fuzz/dice'
import { CANARY } from '../../fuzz/json'
import { faultOf, HANG_MS } from '../../fuzz/judge'
import { caseOf } from '../../fuzz/kinds'

const SESSION = { authorization: 'Bearer pk_x', formTokens: ['ft_x.y'] }
const SHOT = { method: 'POST', path: '/', headers: {}, body: new Uint8Array() }
const PROBLEM = { status: 422, detail: 'why', errors: [] }
const faultIn = (status: number, body: unknown, type = 'application/problem+json', ms = 1) =>
  faultOf({ status, type, ms, text: JSON.stringify(body) }, SHOT)

it('finds nothing wrong with answers and with refusals that say why', () => {
  expect(faultIn(200, { anything: CANARY }, 'application/json')).toBeUndefined()
  expect(faultIn(422, PROBLEM)).toBeUndefined()
})

it.each<[string, ReturnType<typeof faultIn>]>([
  ['a bug', faultIn(500, { ...PROBLEM, status: 500 })],
  ['a service that gave way', faultIn(503, { ...PROBLEM, status: 503 })],
  ['a hang', faultIn(200, {}, 'application/json', HANG_MS + 1)],
  ['a refusal of another status', faultIn(400, PROBLEM)],
  ['a refusal without a reason', faultIn(422, {})],
  ['a refusal of another type', faultIn(422, PROBLEM, 'text/html')],
  ['a refusal that repeats the document', faultIn(422, { ...PROBLEM, detail: `not ${CANARY}` })],
])('finds %s', (_, fault) => {
  expect(fault).toEqual(expect.any(String))
})

it('throws the same case again by its seed', () => {
  for (let number = 0; number < 200; number++) {
    const [first, second] = [0, 1].map(() => caseOf(new Dice(`s/${number}`), SESSION))
    expect(second).toEqual(first)
  }
  expect(caseOf(new Dice('s/1'), SESSION)).not.toEqual(caseOf(new Dice('t/1'), SESSION))
})
