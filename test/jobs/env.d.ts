declare namespace Cloudflare {
  interface Env {
    /** Sends to the queue that R2's notifications go to. Of the project `jobs` alone; see vitest.config.ts. */
    UPLOADS: Queue
  }
}
