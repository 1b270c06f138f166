// Fields that claim one and the same place of the page. Each is asked without regard to the others, and a field that is not there is mostly
// given the value of one that is like it and there; so the less likely claim is doubted (docs/decisions/0014-one-place-one-field.md).
import type { ScalarField } from '../schema/field'
import type { Joined } from './join'

/** A greater log-probability counts as this: nothing is certain. */
const SUREST = -1e-6

/** What all windows together say of a field. */
export interface Claim extends Joined {
  readonly field: ScalarField
}

/**
 * The same claims, in the same order; of those with the same runs all but the likeliest are doubted: told where, and no value. A field
 * whose label stands on the page keeps its own: forms have one value under two headings. Options and yes or no have no place of their own.
 */
export function settled(
  claims: readonly Claim[],
  isPrinted: (field: ScalarField) => boolean,
): readonly Claim[] {
  const owners = new Map<string, Claim>()
  for (const claim of claims) {
    const place = placeOf(claim)
    if (place === undefined) continue
    const owner = owners.get(place)
    if (owner === undefined || likelihood(claim) > likelihood(owner)) owners.set(place, claim)
  }
  return claims.map((claim) => {
    const place = placeOf(claim)
    const owner = place === undefined ? undefined : owners.get(place)
    const isFirst = owner === undefined || owner === claim
    return isFirst || isPrinted(claim.field) ? claim : doubted(claim, owner)
  })
}

function placeOf({ field, choice }: Claim): string | undefined {
  if (field.type === 'enum' || field.type === 'boolean') return undefined
  if (choice === undefined || choice.isDoubted === true) return undefined
  return choice.runs.map(({ first, last }) => `${first}-${last}`).join(' ')
}

const likelihood = ({ choice }: Claim): number => choice?.log ?? Number.NEGATIVE_INFINITY

/** As likely as that it is right and the owner wrong. */
function doubted(claim: Claim, owner: Claim): Claim {
  if (claim.choice === undefined) return claim
  const log = claim.choice.log + Math.log1p(-Math.exp(Math.min(SUREST, likelihood(owner))))
  return { ...claim, choice: { ...claim.choice, log, value: undefined, isDoubted: true } }
}
