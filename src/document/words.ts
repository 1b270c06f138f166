// A document as the core sees it: pages of words with boxes, whatever file it came from.
// Every reader (JSON words, PDF text layer, OCR) ends in this type; nothing after it knows the source.

/** [x0, y0, x1, y1] in the units of its page, origin top left. */
export type Box = readonly [x0: number, y0: number, x1: number, y1: number]

export interface Word {
  readonly text: string
  readonly box: Box
  /** How sure an OCR is of the text, 0..1; none where nobody had to guess. */
  readonly confidence?: number | undefined
}

/** Width and height in the page's own units (points, pixels, ...); word boxes use the same. */
export interface Page {
  readonly width: number
  readonly height: number
  readonly words: readonly Word[]
}

export interface Document {
  readonly pages: readonly Page[]
}
