// Projects: `unit` runs in Node, `integration` in workerd with real bindings, `jobs` there too with bindings that fail when they are
// told to, `service` in Node against the whole Worker, `e2e` in Chromium against the same, where this machine has one.
// The OCR Worker runs beside the tested one, bundled. workerd has no file system, so the released shards come to the tests through
// a service binding that reads model-shards/.
import { createHash } from 'node:crypto'
import { mkdir, readFile, rm } from 'node:fs/promises'
import { join, normalize } from 'node:path'
import { cloudflareTest } from '@cloudflare/vitest-plugin'
import { defineConfig } from 'vitest/config'
import { bundle } from './scripts/bundle.ts'
import { chromiumPath } from './test/e2e/chromium.ts'
import { receive } from './test/jobs/receiver.ts'

const root = import.meta.dirname

async function released(request: { url: string }): Promise<Response> {
  const path = normalize(new URL(request.url).pathname)
  return new Response(await readFile(join(root, 'model-shards', path)))
}

const e2e = { test: { name: 'e2e', include: ['test/e2e/**/*.test.ts'], hookTimeout: 120_000 } }
if (chromiumPath === undefined) {
  console.error('No Chromium here, so no test in a browser: apt-get install chromium')
}

/** The tests send `pk_test`. */
const TEST_KEY_HASH = createHash('sha256').update('pk_test').digest('hex')

/** As in wrangler.toml, but for the times. */
const HURRIED_QUEUES = {
  'pip-kie-jobs': {
    maxBatchSize: 1,
    maxBatchTimeout: 0,
    maxRetries: 2,
    retryDelay: 0,
    deadLetterQueue: 'pip-kie-jobs-dead',
  },
  'pip-kie-jobs-dead': { maxBatchTimeout: 0, maxRetries: 20, retryDelay: 0 },
  'pip-kie-uploads': { maxBatchTimeout: 0, maxRetries: 20, retryDelay: 0 },
}

/** The OCR Worker as it is deployed, beside the tested one. */
async function ocrWorker(project: string) {
  const folder = join(root, `node_modules/.cache/pip-kie-ocr-${project}`)
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true })
  const modules = await bundle('workers/ocr/wrangler.toml', folder)
  return {
    name: 'pip-kie-ocr',
    compatibilityDate: '2026-11-01',
    modulesRoot: folder,
    modules: [...modules],
  }
}

export default defineConfig({
  test: {
    reporters: ['default', './test/closing-line.ts'],
    projects: [
      { test: { name: 'unit', include: ['test/unit/**/*.test.ts'] } },
      { test: { name: 'service', include: ['test/service/**/*.test.ts'] } },
      ...(chromiumPath === undefined ? [] : [e2e]),
      {
        plugins: [
          cloudflareTest(async () => ({
            wrangler: { configPath: './wrangler.toml' },
            miniflare: {
              bindings: {
                API_KEY_HASHES: TEST_KEY_HASH,
                FORM_SECRETS: 'of-the-tests-and-long-enough-to-sign-with',
              },
              serviceBindings: { RELEASED: released },
              workers: [await ocrWorker('integration')],
            },
          })),
        ],
        test: {
          name: 'integration',
          include: ['test/integration/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 60_000,
        },
      },
      {
        plugins: [
          cloudflareTest(async () => ({
            main: './test/jobs/entry.ts',
            wrangler: { configPath: './wrangler.toml' },
            miniflare: {
              workers: [await ocrWorker('jobs')],
              bindings: { API_KEY_HASHES: TEST_KEY_HASH, UPLOAD_SECRET: 'of the tests' },
              queueConsumers: HURRIED_QUEUES,
              // Where R2 itself would tell of an upload.
              queueProducers: { UPLOADS: { queueName: 'pip-kie-uploads' } },
              outboundService: receive,
            },
          })),
        ],
        test: { name: 'jobs', include: ['test/jobs/**/*.test.ts'], testTimeout: 120_000 },
      },
    ],
  },
})
