// Titles and descriptions for fields of known sets whose names alone say too little. What a tenant would write who knows
// the documents; not tuned to any set.

export interface Hints {
  readonly title?: string
  readonly description?: string
}

const HINTS: Readonly<Record<string, Readonly<Record<string, Hints>>>> = {
  deepform: {
    contract_num: { title: 'contract number', description: 'number of the order or contract' },
    advertiser: { description: 'who the advertisement is for' },
    gross_amount: { description: 'total to pay before agency commission' },
    flight_from: { description: 'first day on which the advertisements run' },
    flight_to: { description: 'last day on which the advertisements run' },
  },
  vrdu_registration_weak: {
    registration_num: { title: 'registration number' },
  },
  wildreceipt: {
    tips: { description: 'gratuity' },
  },
}

export function hintsOf(dataset: string, field: string): Hints {
  return HINTS[dataset]?.[field] ?? {}
}
