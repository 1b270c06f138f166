// Windows over the page tokens: each as long as the model was trained on, the next beginning before it ends,
// so that no value of up to a quarter of a window is cut by both.
import { WINDOW_OVERLAP_TOKENS, WINDOW_TOKENS } from '../limits'

/** Page tokens [low, high) of the document. */
export interface Window {
  readonly low: number
  readonly high: number
}

/** Windows over `count` page tokens, in order; together they cover every token. */
export function windowsOver(count: number): readonly Window[] {
  const windows: Window[] = []
  for (let low = 0; ; low += WINDOW_TOKENS - WINDOW_OVERLAP_TOKENS) {
    const high = Math.min(count, low + WINDOW_TOKENS)
    windows.push({ low, high })
    if (high === count) return windows
  }
}
