// Titles and descriptions for fields of known sets whose names alone say too little. What a tenant would write who knows
// the documents; not tuned to any set. training/score.py asks by the same file.
import hints from './hints.json' with { type: 'json' }

export interface Hints {
  readonly title?: string
  readonly description?: string
}

const HINTS: Readonly<Record<string, Readonly<Record<string, Hints>>>> = hints

export function hintsOf(dataset: string, field: string): Hints {
  return HINTS[dataset]?.[field] ?? {}
}
