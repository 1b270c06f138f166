// A line cut out of the picture as the second network reads it: 48 pixels high, straight, narrowed, read off the picture between its
// pixels. Pure.
import { brightnessAt, type Picture } from './picture'
import type { Region } from './regions'

export const STRIP_HEIGHT = 48
/** Of a line's width: what the network takes grows with it, and a fifth less reads about as well. */
const NARROWED = 0.8
/** Shorter strips are filled up with the network's zero; longer ones are squeezed. */
const [LEAST_WIDTH, MOST_WIDTH] = [64, 2400]

/** Pixels of the strip that are the line's, and how wide the strip is. */
export function stripSize({ width, height }: Region): {
  readonly own: number
  readonly all: number
} {
  const own = Math.round((NARROWED * width * STRIP_HEIGHT) / height)
  const kept = Math.min(MOST_WIDTH, Math.max(1, own))
  return { own: kept, all: Math.max(LEAST_WIDTH, kept) }
}

/** Writes the strip's three equal planes, -1 black to 1 white; `into` is as long as they are. */
export function writeStrip(picture: Picture, region: Region, into: Float32Array): void {
  const { own, all } = stripSize(region)
  const [cos, sin] = [Math.cos(region.angle), Math.sin(region.angle)]
  const plane = all * STRIP_HEIGHT
  into.fill(0)
  for (let row = 0; row < STRIP_HEIGHT; row++) {
    const across = ((row + 0.5) / STRIP_HEIGHT - 0.5) * region.height
    for (let column = 0; column < own; column++) {
      const along = ((column + 0.5) / own - 0.5) * region.width
      const x = region.x + along * cos - across * sin - 0.5
      const y = region.y + along * sin + across * cos - 0.5
      into[row * all + column] = brightnessAt(picture, x, y) / 127.5 - 1
    }
  }
  into.copyWithin(plane, 0, plane)
  into.copyWithin(2 * plane, 0, plane)
}
