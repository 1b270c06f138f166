// The fields that a caller asks for, as parsed once from the JSON Schema subset by schema/parse.
// Extraction sees only these types, never the caller's JSON.

export type ScalarType =
  | 'string'
  | 'date'
  | 'date-time'
  | 'time'
  | 'email'
  | 'uri'
  | 'number'
  | 'integer'
  | 'boolean'
  | 'enum'

/** What the model reads about a field, and how a value of it is typed. */
export interface ScalarField {
  readonly kind: 'scalar'
  readonly name: string
  readonly type: ScalarType
  /** What the template shows: title or humanised name first, then aliases, then the description. */
  readonly labels: readonly string[]
  /** The choices of an enum; empty for every other type. */
  readonly options: readonly string[]
}

/** An array of scalars. */
export interface ListField {
  readonly kind: 'list'
  readonly name: string
  /** Named and labelled as the list. Options of an enum are not shown: the page's spelling is matched to them. */
  readonly item: ScalarField
  readonly maxItems: number | undefined
}

/** An array of flat objects: one run of masks a column, mask k of each column belongs to row k. */
export interface TableField {
  readonly kind: 'table'
  readonly name: string
  /** Title or humanised name; stands before the label of every column. */
  readonly label: string
  readonly columns: readonly ScalarField[]
  readonly maxItems: number | undefined
}

export type Field = ScalarField | ListField | TableField
