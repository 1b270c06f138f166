// What a part of the bench leaves in results/NAME.json, by NAME, and where it was measured.
import type { FieldsRow } from './fields.ts'
import type { LoadResult } from './load.ts'
import type { Cold, LengthRow, Peak } from './machine.ts'
import type { Profile } from './profile.ts'
import type { SideRow } from './side.ts'

/** What stands in results/NAME.json, by NAME. */
export interface Parts {
  readonly fields: { readonly rows: readonly FieldsRow[] }
  readonly machine: {
    readonly rounds: number
    readonly rows: readonly LengthRow[]
    readonly cold: Cold
    readonly peak: Peak
    readonly kernelProfile: Profile
    readonly ortProfile: Readonly<Record<string, number>>
  }
  readonly load: LoadResult
  readonly side: {
    readonly rounds: number
    readonly rows: readonly SideRow[]
    /** Empty where there was no invoice2data to compare with. */
    readonly documents: readonly SideRow[]
  }
}

export interface Where {
  readonly commit: string
  readonly cores: number
  readonly processor: string
}

export type Kept<Name extends keyof Parts> = Where & Parts[Name]
