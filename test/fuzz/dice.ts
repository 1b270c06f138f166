// Choices that a seed decides: every case of a run has dice of its own, so that one case can be thrown again by itself.
import { seededRandom } from '../../scripts/evaluate/random.ts'

export class Dice {
  private readonly next: () => number

  constructor(seed: string) {
    this.next = seededRandom(seed)
  }

  /** A whole number, 0 <= n < below. */
  int(below: number): number {
    return Math.floor(this.next() * below)
  }

  /** Small numbers often, `most` seldom: how many things to do. */
  few(most: number): number {
    return 1 + Math.floor(most * this.next() ** 3)
  }

  chance(share: number): boolean {
    return this.next() < share
  }

  /** Throws where there is nothing to choose from. */
  pick<T>(choices: readonly T[]): T {
    const index = this.int(choices.length)
    if (choices.length === 0) throw new Error('nothing to choose from')
    return choices[index] as T
  }
}
