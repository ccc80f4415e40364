// The bundle that is deployed, in the real workerd. What any runtime would do alike is tested in http.test.ts.
import { request } from 'node:http'
import { connect } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestHarness } from 'wrangler'
import { CATALOG } from '../../src/adapters/catalog.ts'
import { catalogOf } from '../../src/hypotheses/catalog-file.ts'
import { MAX_PASTE_BYTES } from '../../src/limits.ts'

const server = createTestHarness({
  workers: [{ configPath: join(import.meta.dirname, '../../wrangler.toml') }],
})
let url: URL

beforeAll(async () => {
  url = (await server.listen()).url
})
afterAll(() => server.close())

const post = (body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}) =>
  fetch(new URL('/v1/diagnose', url), { method: 'POST', body, headers: { 'Content-Type': 'text/plain', ...headers } })

test('answers curl, and a browser', async () => {
  const text = await post('Job for x.service canceled.')
  expect(text.status).toBe(200)
  expect(await text.text()).toMatch(/^-- [A-Z ,]+ -{2,}/)
  const page = await fetch(url, { headers: { Accept: 'text/html' } })
  expect(await page.text()).toContain('<textarea')
})

test("serves the page's scripts, with a policy that lets them connect to nowhere", async () => {
  for (const name of ['page.js', 'core.js']) {
    const response = await fetch(new URL(`/${name}`, url))
    expect(response.status).toBe(200)
    expect(response.headers.get('Content-Type')).toContain('javascript')
    expect(response.headers.get('Content-Security-Policy')).toBe("default-src 'none'")
  }
})

test('serves the rules, and the script that may fetch them', async () => {
  const rules = await fetch(new URL('/rules.js', url))
  expect(rules.headers.get('Content-Security-Policy')).toBe("default-src 'none'; connect-src 'self'")
  const catalog = await fetch(new URL('/catalog.json', url))
  expect(catalog.headers.get('Content-Type')).toContain('application/json')
  expect(catalogOf(await catalog.json())).toEqual(CATALOG)
})

test('makes the OpenAPI document without evaluating code', async () => {
  const response = await fetch(new URL('/openapi.json', url))
  expect(response.status).toBe(200)
  expect(Object.keys(((await response.json()) as { paths: object }).paths)).toContain('/v1/diagnose')
})

test('refuses 10 MB, with and without a length', async () => {
  expect((await post('x'.repeat(10 * MAX_PASTE_BYTES))).status).toBe(413)
  expect(await chunked(10 * MAX_PASTE_BYTES)).toBe(413)
})

test('answers a GET with a body in it as if it had none', async () => {
  expect(await sentWith('GET', '/healthz')).toBe(200)
  expect(await sentWith('HEAD', '/')).toBe(200)
  expect(await sentWith('GET', '/nowhere')).toBe(404)
})

test('refuses half a UTF-8 sequence and binary', async () => {
  expect((await post(new Uint8Array([0x4a, 0xe2, 0x82]))).status).toBe(400)
  expect((await post(new Uint8Array([0x4a, 0x00]))).status).toBe(400)
})

test('lives on after a client that leaves in the middle', async () => {
  await halfRequest()
  expect((await fetch(new URL('/healthz', url))).status).toBe(200)
})

test('logs a line of JSON for each request, without the paste', async () => {
  const { headers } = await post('SECRET for a.service canceled.')
  const id = headers.get('X-Request-Id') ?? 'none'
  // Lines come when workerd passes them on; those of earlier tests may still be under way.
  const itsLines = () => server.getLogs().filter(({ message }) => message.includes(id))
  await expect.poll(() => itsLines().length).toBe(1)
  expect(JSON.parse(itsLines()[0]?.message ?? '')).toMatchObject({ at: 'request', route: '/v1/diagnose', status: 200 })
  expect(JSON.stringify(server.getLogs())).not.toContain('SECRET')
})

/** fetch() would not do it. */
function sentWith(method: string, path: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = request(new URL(path, url), { method, headers: { 'Content-Length': 4 } })
    sent.on('response', (response) => resolve(response.resume().statusCode ?? 0))
    sent.on('error', reject)
    sent.end('body')
  })
}

/** Sent in pieces, with no Content-Length to warn of its size. */
function chunked(bytes: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = request(new URL('/v1/diagnose', url), { method: 'POST', headers: { 'Content-Type': 'text/plain' } })
    sent.on('response', (response) => resolve(response.resume().statusCode ?? 0))
    sent.on('error', reject)
    for (let left = bytes; left > 0; left -= 64 * 1024) sent.write('x'.repeat(64 * 1024))
    sent.end()
  })
}

function halfRequest(): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(url.port), url.hostname, () => {
      socket.write(
        'POST /v1/diagnose HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nContent-Length: 100\r\n\r\nhalf',
      )
      setTimeout(() => socket.destroy(), 50)
    })
    socket.on('close', () => resolve())
    socket.on('error', reject)
  })
}
