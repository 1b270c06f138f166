// From what the second network says of a line, step by step, to words with boxes as the model knows words: as high as their line, their
// ends between the letters, confidences kept. Order is left alone: extraction/raster.ts puts every page into raster order. Pure.
import type { Word } from '../../../src/document/words'
import { MAX_WORD_CHARS } from '../../../src/limits'
import letters from '../models/letters.json' with { type: 'json' }
import type { Region } from './regions'

/** Chances of every letter at every step along a line; letter 0 is none. */
export interface Steps {
  readonly count: number
  readonly letters: number
  readonly chances: Float32Array<ArrayBufferLike>
  /** How many steps the line itself has; the others are of what fills its strip up. */
  readonly own: number
}

interface Letter {
  readonly text: string
  /** 0..1 along the line. */
  readonly place: number
  readonly chance: number
}

/** Lines that are read with less are specks and rules. */
const LEAST_SURE = 0.5
/** Of a line with one letter, in its heights. */
const USUAL_PITCH = 0.5

/** Pixels of the picture that `region` is in. */
export function wordsOf(steps: Steps, region: Region): readonly Word[] {
  const line = lettersOf(steps)
  if (mean(line.map(({ chance }) => chance)) < LEAST_SURE) return []
  const pitch = pitchOf(line, region)
  const groups: Letter[][] = [[]]
  for (const letter of line) {
    if (letter.text === ' ') groups.push([])
    else groups.at(-1)?.push(letter)
  }
  return groups.filter((group) => group.length > 0).map((group) => wordOf(group, region, pitch))
}

/** The likeliest letter of every step, runs of the same taken once: the network says none between two that are the same. */
function lettersOf({ count, letters: size, chances, own }: Steps): readonly Letter[] {
  const found: Letter[] = []
  let run: { letter: number; from: number; chance: number } | undefined
  for (let step = 0; step <= count; step++) {
    const [letter, chance] = step < count ? likeliest(chances, step * size, size) : [0, 0]
    if (run?.letter === letter) {
      run.chance = Math.max(run.chance, chance)
      continue
    }
    const text = run === undefined ? undefined : letters[run.letter - 1]
    if (run !== undefined && text !== undefined) {
      found.push({ text, place: Math.min(1, (run.from + step) / 2 / own), chance: run.chance })
    }
    run = { letter, from: step, chance }
  }
  return found
}

function likeliest(chances: Float32Array, from: number, size: number): readonly [number, number] {
  let best = 0
  let chance = 0
  for (let i = 0; i < size; i++) {
    const value = chances[from + i] ?? 0
    if (value > chance) {
      best = i
      chance = value
    }
  }
  return [best, chance]
}

/** From letter to letter, as a share of the line. */
function pitchOf(line: readonly Letter[], { width, height }: Region): number {
  const steps = line.slice(1).map(({ place }, i) => place - (line[i]?.place ?? 0))
  return steps.toSorted((a, b) => a - b)[steps.length >> 1] ?? (USUAL_PITCH * height) / width
}

function wordOf(group: readonly Letter[], region: Region, pitch: number): Word {
  const [first = 0, last = 0] = [group[0]?.place, group.at(-1)?.place]
  const [left, right] = [Math.max(0, first - pitch / 2), Math.min(1, last + pitch / 2)]
  const along = (place: number) => (place - 0.5) * region.width * Math.cos(region.angle)
  const middle = region.y + ((left + right) / 2 - 0.5) * region.width * Math.sin(region.angle)
  const text = group.map((letter) => letter.text).join('')
  return {
    text: text.slice(0, MAX_WORD_CHARS),
    box: [
      region.x + along(left),
      middle - region.height / 2,
      region.x + along(right),
      middle + region.height / 2,
    ],
    confidence: group.reduce((product, { chance }) => product * chance, 1),
  }
}

const mean = (values: readonly number[]) =>
  values.length === 0 ? 0 : values.reduce((a, b) => a + b, 0) / values.length
