// The Chromium of this machine, which is Debian's: `apt-get install chromium`. Where there is none, vitest.config.ts says so and
// leaves these tests out.
import { accessSync, constants } from 'node:fs'

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/** undefined where none is found; PIP_CHROMIUM names another place. */
export const chromiumPath = [process.env.PIP_CHROMIUM ?? '', ...PLACES].find(isExecutable)

/** Nothing is to be fetched but the pages under test. */
export const CHROMIUM_ARGS = [
  '--no-sandbox',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
]

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
