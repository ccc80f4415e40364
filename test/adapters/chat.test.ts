// Mattermost and hooks: who is heard, what is answered, and where.
import { createHmac } from 'node:crypto'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { edge } from '../../src/adapters/http.ts'
import { OWN } from '../../src/adapters/own-files.ts'
import { seenObjects } from './slack/seen.ts'

const SECRET = 'a secret of the hook'
const PASTE = 'Job for nginx.service canceled.'

const lines: Readonly<Record<string, unknown>>[] = []
const app = edge({ files: () => OWN, log: (entry) => lines.push(entry) })
const taken: { body: string; headers: IncomingHttpHeaders }[] = []
let origin = ''
let env: object

/** Whoever asked, as a server: takes answers at /, moves them on at /moved. */
const asker = createServer(async (request, response) => {
  const chunks: Uint8Array[] = []
  for await (const chunk of request) chunks.push(chunk)
  if (request.url === '/moved') return void response.writeHead(307, { Location: '/' }).end()
  taken.push({ body: Buffer.concat(chunks).toString(), headers: request.headers })
  response.end()
})

beforeAll(async () => {
  await new Promise<void>((resolve) => asker.listen(0, '127.0.0.1', resolve))
  const address = asker.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  origin = `http://127.0.0.1:${address.port}`
  const HOOKS = JSON.stringify({ ci: { secret: SECRET, origins: [origin] } })
  env = { SEEN: seenObjects(), MATTERMOST_TOKEN: 'one-token other-token', HOOKS }
})
afterAll(() => void asker.close())

async function post(path: string, body: string, headers: Record<string, string>, bindings: object = env) {
  const work: Promise<unknown>[] = []
  const context = { waitUntil: (one: Promise<unknown>) => void work.push(one), passThroughOnException() {}, props: {} }
  const response = await app.request(path, { method: 'POST', body, headers }, bindings, context)
  await Promise.all(work)
  return response
}

describe('Mattermost', () => {
  const command = (text: string, token = 'one-token', bindings = env) =>
    post(
      '/mattermost/command',
      new URLSearchParams({ token, command: '/whyjob', text, user_name: 'someone' }).toString(),
      { 'Content-Type': 'application/x-www-form-urlencoded' },
      bindings,
    )
  const said = async (text: string) => ((await (await command(text)).json()) as { text: string }).text

  test('is answered in Markdown, for whoever asked alone', async () => {
    const response = await command(PASTE, 'other-token')
    expect(await response.json()).toMatchObject({
      response_type: 'ephemeral',
      text: expect.stringContaining('nginx.service'),
    })
  })

  test('is helped, and has words explained', async () => {
    expect(await said('')).toContain('/whyjob explain')
    expect(await said('  help ')).toContain('/whyjob explain')
    expect(await said('explain JC101')).toContain('JC101')
    expect(await said('explain nothing-of-ours')).toContain('not explained')
  })

  test.each(['', 'one-toke', 'one-token ', 'one-token other-token'])(
    'is refused with the token "%s"',
    async (token) => {
      expect((await command(PASTE, token)).status).toBe(401)
    },
  )

  test('is told where nothing is set up', async () => {
    const response = await command(PASTE, '', {})
    expect(response.status).toBe(501)
    expect(response.headers.get('Content-Type')).toBe('application/problem+json')
  })

  test('no post is longer than Mattermost takes, nor shows a comment, nor calls anyone', async () => {
    const units = Array.from({ length: 300 }, (_, i) => `Job for a${i}@all.service canceled. @channel http://x.example`)
    const text = await said(units.join('\n'))
    expect(text.length).toBeLessThanOrEqual(16_383)
    const outsideFences = text.split(/^```[\s\S]*?^```$/m).join('')
    expect(outsideFences).not.toContain('<!--')
    expect(outsideFences).not.toMatch(/(?<![`\w])@(all|channel)/)
    expect(outsideFences).not.toContain('<details>')
  })
})

describe('a hook', () => {
  const stamp = () => String(Math.floor(Date.now() / 1000))
  let count = 0

  /** Each is another paste: the same bytes in the same second are the same request. */
  function ask(more: object, { secret = SECRET, timestamp = stamp(), id = 'ci' } = {}) {
    const body = JSON.stringify({ paste: `${PASTE}\n# ${count++}`, ...more })
    return send(body, { secret, timestamp, id })
  }

  const signature = (secret: string, timestamp: string, body: string) =>
    `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex')}`

  const send = (body: string, { secret = SECRET, timestamp = stamp(), id = 'ci' } = {}) =>
    post(`/v1/hooks/${id}`, body, {
      'Content-Type': 'application/json',
      'X-Whyjob-Timestamp': timestamp,
      'X-Whyjob-Signature': signature(secret, timestamp, body),
    })

  test('without an address is answered in the response', async () => {
    const response = await ask({})
    expect(response.status).toBe(200)
    expect(await response.json()).toMatchObject({ schema: 'whyjob/1', job: { unit: 'nginx.service' } })
  })

  test('with one of its own origins is answered there, signed', async () => {
    expect((await ask({ answerTo: `${origin}/here?thread=1` })).status).toBe(202)
    const { body, headers } = taken.pop() as { body: string; headers: IncomingHttpHeaders }
    expect(JSON.parse(body)).toMatchObject({ schema: 'whyjob/1' })
    expect(headers['x-whyjob-signature']).toBe(signature(SECRET, String(headers['x-whyjob-timestamp']), body))
  })

  test('a redirect is not followed, and logged without the address', async () => {
    lines.length = 0
    expect((await ask({ answerTo: `${origin}/moved` })).status).toBe(202)
    expect(taken).toEqual([])
    expect(lines.some(({ at }) => at === 'hook')).toBe(true)
    expect(JSON.stringify(lines)).not.toContain(origin)
  })

  test.each([
    'https://elsewhere.example/',
    'http://169.254.169.254/latest/meta-data/',
    'http://localhost/',
    'file:///etc/passwd',
  ])('%s is no address to answer to', async (answerTo) => {
    expect((await ask({ answerTo })).status).toBe(400)
    expect(taken).toEqual([])
  })

  test('nor is its own origin with another scheme, port or a user', async () => {
    const { port } = new URL(origin)
    for (const answerTo of [
      `https://127.0.0.1:${port}/`,
      `http://127.0.0.1:${Number(port) + 1}/`,
      `http://user@127.0.0.1:${port}/`,
      `http://127.0.0.1:${port}@elsewhere.example/`,
    ]) {
      expect((await ask({ answerTo })).status).toBe(400)
    }
    expect(taken).toEqual([])
  })

  test('that is forged, old, early, unknown or sent again is refused', async () => {
    const now = Math.floor(Date.now() / 1000)
    expect((await ask({}, { secret: 'another secret of it' })).status).toBe(401)
    expect((await ask({}, { timestamp: String(now - 400) })).status).toBe(401)
    expect((await ask({}, { timestamp: String(now + 400) })).status).toBe(401)
    for (const id of ['other', '__proto__', 'constructor']) expect((await ask({}, { id })).status).toBe(501)
    const timestamp = stamp()
    expect((await send('{"paste":"Job for x.service canceled."}', { timestamp })).status).toBe(200)
    expect((await send('{"paste":"Job for x.service canceled."}', { timestamp })).status).toBe(401)
  })

  test('whose JSON is not of the shape is refused with what is wrong', async () => {
    for (const body of ['{', '[]', '{"paste":1}', '{"else":"x"}', '{"answerTo":"nowhere"}']) {
      expect((await send(body)).status).toBe(400)
    }
    expect((await send('{"paste":" "}')).status).toBe(400)
  })

  test('is not there where none is written down, or what is cannot be read', async () => {
    for (const HOOKS of [undefined, '', '[]', '{"ci":{"secret":"short","origins":[]}}']) {
      const response = await post('/v1/hooks/ci', '{}', {}, { ...env, HOOKS })
      expect(response.status).toBe(501)
    }
  })
})

describe('Slack without its secrets', () => {
  const ask = (path: string, init: RequestInit) => app.request(path, init, {})

  test('answers with a problem document that says so', async () => {
    for (const [path, method] of [
      ['/slack/events', 'POST'],
      ['/slack/install', 'GET'],
      ['/slack/oauth_redirect', 'GET'],
    ] as const) {
      const response = await ask(path, { method })
      expect(response.status).toBe(501)
      expect(await response.json()).toMatchObject({
        type: '/docs#not-set-up',
        detail: expect.stringContaining('README'),
      })
    }
  })

  test('everything else is as it was', async () => {
    expect((await ask('/', {})).status).toBe(200)
    expect((await ask('/v1/diagnose', { method: 'POST', body: PASTE })).status).toBe(200)
  })
})
