declare namespace Cloudflare {
  interface Env {
    /** Reads the released model's files: fetch('http://released/shards/...'). See vitest.config.ts. */
    RELEASED: Fetcher
  }
  /** What makes `exports.default` of cloudflare:workers the Worker's own entry. */
  interface GlobalProps {
    mainModule: typeof import('../../src/index')
  }
}
