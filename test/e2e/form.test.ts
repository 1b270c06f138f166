// The example page of README.md in a real browser, against the Worker as `npm start` runs it and the example's own server.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { type Example, startExample } from '../../examples/form/server'
import { waitUntilReady } from '../../scripts/cli/api'
import { type LocalWorker, startLocal } from '../../scripts/local'
import { CHROMIUM_ARGS, chromiumPath } from './chromium'

const ROOT = join(import.meta.dirname, '../..')
const ORDER = join(ROOT, 'samples/order.pdf')

let [worker, example, browser]: [LocalWorker?, Example?, Browser?] = []
let page: Page

beforeAll(async () => {
  worker = await startLocal()
  const service = { url: worker.url.origin, key: worker.key }
  await waitUntilReady(service)
  example = await startExample(service, 0)
  browser = await chromium.launch({ executablePath: chromiumPath ?? '', args: CHROMIUM_ARGS })
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await example?.stop()
  await worker?.stop()
})
beforeEach(async () => {
  if (browser === undefined || example === undefined) throw new Error('not started')
  page = await browser.newPage()
  await page.goto(example.url)
})
afterEach(() => page.close())

async function send(file: string | { name: string; mimeType: string; buffer: Buffer }) {
  await page.fill('[name=customer]', 'Änne & Søn')
  await page.setInputFiles('[name=file]', file)
  await page.click('button')
  await page.waitForURL(/\/(thanks|sorry)\?/)
}

const textOf = (selector: string) => page.textContent(selector)

it('sends a visitor\u2019s file, and the visitor to the page of thanks', async () => {
  await send(ORDER)
  expect(new URL(page.url()).pathname).toBe('/thanks')
  expect(await textOf('h1')).toBe('Thank you')
  // What stands on the sample's page, and what the visitor typed.
  expect(await textOf('dl')).toContain('customerÄnne & Søn')
  expect(await textOf('dl')).toMatch(/advertiser.+gross_amount/)
}, 60_000)

it('sends a visitor whose file cannot be read to the page of regret', async () => {
  await send({ name: 'x.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7 no') })
  expect(await textOf('p')).toContain('invalid')
}, 60_000)

it('refuses the same form on a page of another origin', async () => {
  const form = await page.content()
  const stranger = new URL(page.url())
  // The loopback address by its name: another origin on the same server.
  stranger.hostname = 'localhost'
  await page.route(stranger.href, (route) =>
    route.fulfill({ body: form, contentType: 'text/html' }),
  )
  await page.goto(stranger.href)
  await page.fill('[name=customer]', 'Mallory')
  await page.setInputFiles('[name=file]', ORDER)
  const answered = page.waitForResponse(/\/v1\/forms\//)
  await page.click('button')
  const response = await answered
  expect(response.status()).toBe(403)
  expect((await response.json()).detail).toContain('another origin')
}, 60_000)

it('answers a script of the page with JSON', async () => {
  const order = (await readFile(ORDER)).toString('base64')
  const answer = await page.evaluate(`(async () => {
    const form = document.querySelector('form')
    const body = new FormData(form)
    body.delete('pip-success')
    body.set('file', new Blob([Uint8Array.from(atob('${order}'), (char) => char.charCodeAt(0))]))
    return (await fetch(form.action, { method: 'POST', body })).json()
  })()`)
  expect(answer).toMatchObject({ schema: 'example-order@1', usage: { pages: 1 } })
}, 60_000)

it('is the page that README.md shows', async () => {
  const [readme, html] = await Promise.all(
    ['README.md', 'examples/form/page.html'].map((file) => readFile(join(ROOT, file), 'utf8')),
  )
  expect(readme?.replaceAll(/^ {4}/gm, '')).toContain(html)
})
