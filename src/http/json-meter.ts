// Counts the structure of a JSON body while it arrives, before anything is parsed.
// A body within the byte limit can still become a heap many times its size ("[[],[],..." is one array every three
// bytes); the isolate has 128 MB. Invalid JSON is counted too, wrongly perhaps, and refused by the parser afterwards.
import { fail, ok, type Result } from '../failure'
import { MAX_JSON_DEPTH, MAX_JSON_NODES } from '../limits'

const QUOTE = 0x22
const COMMA = 0x2c
const OPEN_ARRAY = 0x5b
const BACKSLASH = 0x5c
const CLOSE_ARRAY = 0x5d
const OPEN_OBJECT = 0x7b
const CLOSE_OBJECT = 0x7d

/** One body's meter: give it every chunk in turn; it fails with `too-large` once a limit is passed. */
export class JsonMeter {
  private nodes = 0
  private depth = 0
  private inString = false
  private escaped = false

  take(chunk: Uint8Array): Result<undefined> {
    for (const byte of chunk) {
      if (this.inString) this.character(byte)
      else this.structure(byte)
      if (this.nodes > MAX_JSON_NODES) return over('values in the JSON body', MAX_JSON_NODES)
      if (this.depth > MAX_JSON_DEPTH) return over('nesting of the JSON body', MAX_JSON_DEPTH)
    }
    return ok(undefined)
  }

  private character(byte: number): void {
    if (this.escaped) this.escaped = false
    else if (byte === BACKSLASH) this.escaped = true
    else if (byte === QUOTE) this.inString = false
  }

  private structure(byte: number): void {
    if (byte === QUOTE) this.inString = true
    else if (byte === COMMA) this.nodes++
    else if (byte === OPEN_ARRAY || byte === OPEN_OBJECT) {
      this.nodes++
      this.depth++
    } else if (byte === CLOSE_ARRAY || byte === CLOSE_OBJECT) this.depth--
  }
}

const over = (limit: string, max: number) =>
  fail({ kind: 'too-large', limit, max, unit: max === MAX_JSON_DEPTH ? 'levels' : 'values' })
