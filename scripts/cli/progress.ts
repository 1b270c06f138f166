// What a script is doing, on stderr, so that stdout holds results alone. A spinner only where a person watches.

const FRAMES = ['|', '/', '-', '\\']
const FRAME_MS = 120

export interface Progress {
  /** Replaces the line. */
  say(text: string): void
  /** Ends the line; nothing of it stays on a terminal. */
  done(): void
}

/** @param every without a terminal, print only this often, in ms: logs are read afterwards */
export function startProgress(first: string, every = 10_000): Progress {
  return process.stderr.isTTY ? spinner(first) : plainLines(first, every)
}

function spinner(first: string): Progress {
  let text = first
  let frame = 0
  const draw = () => {
    process.stderr.write(`\r\x1b[K${FRAMES[frame++ % FRAMES.length]} ${text}`)
  }
  const timer = setInterval(draw, FRAME_MS)
  draw()
  return {
    say: (next) => {
      text = next
    },
    done: () => {
      clearInterval(timer)
      process.stderr.write('\r\x1b[K')
    },
  }
}

function plainLines(first: string, every: number): Progress {
  let last = Date.now()
  console.error(first)
  return {
    say: (text) => {
      if (Date.now() - last < every) return
      last = Date.now()
      console.error(text)
    },
    done: () => undefined,
  }
}
