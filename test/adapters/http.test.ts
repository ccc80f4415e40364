import { beforeEach, describe, expect, test } from 'vitest'
import { Audit } from '../../src/adapters/http/responses.ts'
import { edge } from '../../src/adapters/http.ts'
import { OWN } from '../../src/adapters/own-files.ts'
import { recordScript } from '../../src/adapters/record.ts'
import { recorder } from '../../src/adapters/recorder.ts'
import { MAX_PASTE_BYTES } from '../../src/limits.ts'
import { Answer } from '../../src/render/answer.ts'

const LINE = 'Job for x.service canceled.'
const OUR_SCRIPT = '<script type="module" src="/page.js"></script>'

let entries: Readonly<Record<string, unknown>>[] = []
const app = edge({ files: () => OWN, log: (entry) => void entries.push(entry) })
beforeEach(() => {
  entries = []
})

const post = (body: NonNullable<RequestInit['body']>, headers: Record<string, string> = {}, path = '/v1/diagnose') =>
  app.request(path, { method: 'POST', body, headers })

const form = (...parts: readonly (readonly [string, string | File])[]) => {
  const data = new FormData()
  for (const [name, value] of parts) data.append(name, value)
  return data
}

describe('what is sent', () => {
  test.each([
    ['text', LINE, { 'Content-Type': 'text/plain' }],
    ['text with a charset', LINE, { 'Content-Type': 'text/plain; charset=utf-8' }],
    ['text that curl calls a form', LINE, { 'Content-Type': 'application/x-www-form-urlencoded' }],
    ['a form', 'paste=Job+for+x.service+canceled.', { 'Content-Type': 'application/x-www-form-urlencoded' }],
    ['JSON', JSON.stringify({ paste: LINE }), { 'Content-Type': 'application/json' }],
    ['JSON with files', JSON.stringify({ files: [{ name: 'a', text: LINE }] }), { 'Content-Type': 'application/json' }],
    ['bytes without a type', new TextEncoder().encode(LINE), {}],
    ['UTF-16 from Windows', Buffer.from(`\ufeff${LINE}`, 'utf16le'), {}],
    ['Latin-1 that says so', Buffer.from('Job für x', 'latin1'), { 'Content-Type': 'text/plain; charset=iso-8859-1' }],
  ])('%s is answered', async (_name, body, headers) => {
    const response = await post(body, { ...headers, Accept: 'application/json' })
    expect(response.status).toBe(200)
    expect(Answer.parse(await response.json()).schema).toBe('whyjob/1')
  })

  test('a multipart form with files is answered', async () => {
    const file = new File(['[Service]\nExecStart=/bin/true\n'], 'x.service')
    const response = await post(form(['paste', LINE], ['files', file], ['systemd', '252']), {
      Accept: 'application/json',
    })
    expect(Answer.parse(await response.json()).systemd).toEqual({ version: 252, assumed: false })
  })

  test.each([
    ['nothing', '', {}, 400, 'empty-paste'],
    ['only blanks', ' \n\t\n', {}, 400, 'empty-paste'],
    ['half a UTF-8 sequence', new Uint8Array([0x4a, 0xc3]), {}, 400, 'not-text'],
    ['binary', new Uint8Array([0x7f, 0x45, 0x4c, 0x46, 0, 1, 2]), {}, 400, 'not-text'],
    ['an unknown charset', LINE, { 'Content-Type': 'text/plain; charset=x-nonsense' }, 400, 'not-text'],
    ['broken JSON', '{"paste":', { 'Content-Type': 'application/json' }, 400, 'bad-request'],
    ['JSON of another shape', '{"paste":1}', { 'Content-Type': 'application/json' }, 400, 'bad-request'],
    ['JSON with unknown fields', '{"paste":"x","y":1}', { 'Content-Type': 'application/json' }, 400, 'bad-request'],
    ['JSON null', 'null', { 'Content-Type': 'application/json' }, 400, 'bad-request'],
    ['a form without its boundary', 'x', { 'Content-Type': 'multipart/form-data' }, 400, 'bad-request'],
    ['too much', 'x'.repeat(MAX_PASTE_BYTES + 1), {}, 413, 'paste-too-large'],
    ['far too much', 'x'.repeat(10 * MAX_PASTE_BYTES), {}, 413, 'paste-too-large'],
    ['a picture', LINE, { 'Content-Type': 'image/png' }, 415, 'unknown-type'],
    ['compressed text', LINE, { 'Content-Encoding': 'gzip' }, 415, 'unknown-type'],
  ])('%s is a problem', async (_name, body, headers, status, type) => {
    const response = await post(body, { 'Content-Type': 'text/plain', ...headers })
    expect(response.status).toBe(status)
    expect(response.headers.get('Content-Type')).toBe('application/problem+json')
    expect(await response.json()).toMatchObject({ type: `/docs#${type}`, status })
  })

  test.each(['abc', '-1', '9999', '252.5'])('systemd %s is a problem', async (version) => {
    expect((await post(LINE, {}, `/v1/diagnose?systemd=${version}`)).status).toBe(400)
  })

  test('a paste just under the cap is read', async () => {
    expect((await post('x'.repeat(MAX_PASTE_BYTES))).status).toBe(200)
  })

  test('a stream without a length is cut off at the cap', async () => {
    let sent = 0
    const body = new ReadableStream({
      pull(controller) {
        sent += 64 * 1024
        controller.enqueue(new Uint8Array(64 * 1024).fill(0x61))
      },
    })
    const request = new Request('http://localhost/v1/diagnose', { method: 'POST', body, duplex: 'half' } as RequestInit)
    expect((await app.request(request)).status).toBe(413)
    expect(sent).toBeLessThan(64 * MAX_PASTE_BYTES)
  })
})

describe('what comes back', () => {
  test.each([
    ['text/plain', undefined, 'text/plain'],
    ['text/plain', '*/*', 'text/plain'],
    ['application/json', '*/*', 'application/json'],
    ['text/plain', 'application/json', 'application/json'],
    ['text/plain', 'text/markdown', 'text/markdown'],
    ['text/plain', 'text/html,application/xhtml+xml,*/*;q=0.8', 'text/html'],
    ['text/plain', 'text/html;q=0.2, text/markdown', 'text/markdown'],
    ['text/plain', 'image/png', 'text/plain'],
  ])('%s with Accept %s gets %s', async (type, accept, expected) => {
    const body = type === 'application/json' ? JSON.stringify({ paste: LINE }) : LINE
    const response = await post(body, { 'Content-Type': type, ...(accept !== undefined && { Accept: accept }) })
    expect(response.status).toBe(200)
    expect(response.headers.get('Content-Type')).toContain(expected)
    expect(response.headers.get('Vary')).toContain('Accept')
  })

  test('a problem is a page for a browser', async () => {
    const response = await post('', { Accept: 'text/html' })
    expect(response.status).toBe(400)
    expect(await response.text()).toContain('<h1>Nothing was pasted</h1>')
  })

  test.each(['/nothing/here', '/v1', '/%00', '/..%2f'])('%s is not found', async (path) => {
    const response = await app.request(path)
    expect(response.status).toBe(404)
    expect(response.headers.get('Content-Type')).toBe('application/problem+json')
  })

  test.each([
    ['GET', '/v1/diagnose', 'POST'],
    ['DELETE', '/', 'GET'],
    ['PUT', '/healthz', 'GET'],
  ])('%s %s is not allowed', async (method, path, allowed) => {
    const response = await app.request(path, { method })
    expect(response.status).toBe(405)
    expect(response.headers.get('Allow')).toContain(allowed)
  })

  test('an unexpected error says nothing of itself', async () => {
    const broken = edge({ files: () => OWN, log: (entry) => void entries.push(entry) })
    broken.get('/broken', () => {
      throw new Error(LINE)
    })
    const response = await broken.request('/broken')
    expect(response.status).toBe(500)
    expect(await response.text()).not.toMatch(/canceled|\.ts/)
    expect(JSON.stringify(entries)).toContain('http.test.ts')
    expect(JSON.stringify(entries)).not.toContain('canceled')
  })
})

describe('headers', () => {
  test('a page runs no script but ours, which may not connect anywhere, and loads nothing from elsewhere', async () => {
    const response = await app.request('/')
    const policy = response.headers.get('Content-Security-Policy') ?? ''
    expect(policy).toMatch(/^default-src 'none'; script-src 'self';/)
    expect(policy).not.toMatch(/unsafe|connect-src|https?:|\*/)
    expect(response.headers.get('X-Content-Type-Options')).toBe('nosniff')
    expect((await response.text()).replace(OUR_SCRIPT, '')).not.toMatch(/<script|style="|https?:/)
  })

  test('the API may be called from other pages', async () => {
    const asked = {
      method: 'OPTIONS',
      headers: { Origin: 'https://a.example', 'Access-Control-Request-Method': 'POST' },
    }
    const response = await app.request('/v1/diagnose', asked)
    expect(response.status).toBe(204)
    expect(response.headers.get('Access-Control-Allow-Origin')).toBe('*')
  })

  test('every request has an id and a time', async () => {
    const response = await post(LINE)
    expect(response.headers.get('X-Request-Id')).toBe(entries[0]?.id)
    expect(response.headers.get('Server-Timing')).toMatch(/^total;dur=/)
  })

  test.each(['/', '/docs', '/openapi.json'])('%s need not be sent twice', async (path) => {
    const tag = (await app.request(path)).headers.get('ETag') ?? ''
    expect(tag).not.toBe('')
    expect((await app.request(path, { headers: { 'If-None-Match': tag } })).status).toBe(304)
  })

  test('an answer is not kept by anyone in between', async () => {
    expect((await post(LINE)).headers.get('Cache-Control')).toBe('no-store')
  })
})

test('the log has no byte of the paste, nor of the address', async () => {
  await post('SECRET-TOKEN for a.service canceled.')
  await app.request('/SECRET-TOKEN?SECRET-TOKEN', { method: 'PATCH' })
  expect(entries).toHaveLength(2)
  expect(JSON.stringify(entries)).not.toContain('SECRET')
  expect(entries[0]).toMatchObject({ at: 'request', method: 'POST', route: '/v1/diagnose', status: 200 })
})

describe('the script that collects', () => {
  test('takes units as arguments, or has them in it', async () => {
    expect(await (await app.request('/collect.sh')).text()).toContain('for unit; do')
    expect(await (await app.request('/collect.sh?unit=a.service&unit=b@x.timer')).text()).toContain(
      "set -- 'a.service' 'b@x.timer'",
    )
  })

  test.each(["'; rm -rf x; '", '$(x)', '-x', 'a\nb', ''])('%j is no unit', async (unit) => {
    expect((await app.request(`/collect.sh?unit=${encodeURIComponent(unit)}`)).status).toBe(400)
  })
})

describe('the script that records', () => {
  const script = async (query: string) => (await app.request(`/record.sh${query}`)).text()

  test('is the one that the command line runs', async () => {
    expect(await script('')).toBe(recorder())
    expect(await script('?unit=a@b.service')).toBe(recordScript(recorder(), { unit: 'a@b.service', seconds: 600 }))
    const debug = recordScript(recorder(), { unit: 'a.service', seconds: 60, debug: true })
    expect(await script('?unit=a.service&seconds=60&debug')).toBe(debug)
  })

  test.each(['unit=$(x)', 'unit=', 'unit=a&seconds=0', 'unit=a&seconds=9e9', 'unit=a&seconds=1;id'])(
    '%s',
    async (query) => {
      expect((await app.request(`/record.sh?${query}`)).status).toBe(400)
    },
  )
})

const UNITS = [
  { name: 'app.service', text: '[Unit]\nBindsTo=db.service\nAfter=db.service\n[Service]\nExecStart=/usr/bin/app\n' },
  { name: 'db.service', text: '[Service]\nExecStart=/usr/bin/db\n' },
]
const JSON_TYPE = { 'Content-Type': 'application/json' }

describe('the audit', () => {
  test('finds in JSON what it finds in a form', async () => {
    const body = JSON.stringify({ files: UNITS, systemd: 252 })
    const audit = Audit.parse(await (await post(body, JSON_TYPE, '/v1/audit')).json())
    expect(audit.findings.map(({ code }) => code)).toContain('JC106')
    const files = UNITS.map(({ name, text }) => ['files', new File([text], name)] as const)
    const sent = await post(form(...files, ['systemd', '252']), {}, '/v1/audit')
    expect(await sent.json()).toEqual(audit)
  })

  test('asks only about the command it is given', async () => {
    const body = JSON.stringify({ files: UNITS, command: 'systemctl start app' })
    const { findings } = Audit.parse(await (await post(body, JSON_TYPE, '/v1/audit')).json())
    expect(findings.length).toBeGreaterThan(0)
    expect(new Set(findings.map(({ unit }) => unit))).toEqual(new Set(['app.service']))
  })

  test('leaves out what is ignored, and says so', async () => {
    const body = JSON.stringify({ files: UNITS, ignore: ['JC106'] })
    const audit = Audit.parse(await (await post(body, JSON_TYPE, '/v1/audit')).json())
    expect(audit.findings.map(({ code }) => code)).not.toContain('JC106')
    expect(audit.suppressed.map(({ code }) => code)).toContain('JC106')
  })

  test('comes as SARIF and as text', async () => {
    const body = JSON.stringify({ files: UNITS })
    const sarif = await post(body, { ...JSON_TYPE, Accept: 'application/sarif+json' }, '/v1/audit')
    expect(sarif.headers.get('Content-Type')).toBe('application/sarif+json')
    expect(await sarif.json()).toMatchObject({ version: '2.1.0' })
    const text = await post(body, { ...JSON_TYPE, Accept: 'text/plain' }, '/v1/audit')
    expect(await text.text()).toMatch(/^-- [A-Z .]+CAN BE CANCELED/)
  })

  test.each([
    ['no file', { files: [] }, 400, 'empty-paste'],
    ['no unit file', { files: [{ name: 'a.txt', text: 'x' }] }, 422, 'no-units'],
    ['another shape', { files: 'x' }, 400, 'bad-request'],
    ['too many', { files: Array(26).fill(UNITS[0]) }, 413, 'paste-too-large'],
    ['too much', { files: [{ name: 'a.service', text: 'x'.repeat(MAX_PASTE_BYTES + 1) }] }, 413, 'paste-too-large'],
  ])('%s is a problem', async (_name, body, status, type) => {
    const response = await post(JSON.stringify(body), JSON_TYPE, '/v1/audit')
    expect(response.status).toBe(status)
    expect(await response.json()).toMatchObject({ type: `/docs#${type}` })
  })

  test('plain text is no list of files', async () => {
    expect((await post('x', { 'Content-Type': 'text/plain' }, '/v1/audit')).status).toBe(415)
  })
})

describe('requests per client', () => {
  const asked: string[] = []
  const env = { LIMITER: { limit: async ({ key }: { key: string }) => ({ success: asked.push(key) === 1 }) } }
  const from = (headers: Record<string, string>) =>
    app.request('/v1/diagnose', { method: 'POST', body: LINE, headers }, env)

  test('are limited where the platform counts them', async () => {
    const client = { 'CF-Connecting-IP': '192.0.2.1' }
    expect((await from(client)).status).toBe(200)
    const refused = await from(client)
    expect([refused.status, refused.headers.get('Retry-After')]).toEqual([429, '60'])
    expect(await refused.json()).toMatchObject({ type: '/docs#too-many-requests' })
    expect(asked).toEqual(['192.0.2.1', '192.0.2.1'])
  })

  test("are not, on one's own machine and for pages", async () => {
    expect((await from({})).status).toBe(200)
    expect((await from({ 'CF-Connecting-IP': '127.0.0.1' })).status).toBe(200)
    const headers = { 'CF-Connecting-IP': '192.0.2.1' }
    expect((await app.request('/', { headers }, env)).status).toBe(200)
  })
})

describe('the reference', () => {
  test('every address of the API is described', async () => {
    const document = (await (await app.request('/openapi.json')).json()) as { paths: object }
    const routes = app.routes.filter(
      ({ path, method }) => /^\/(v1|rules\/|healthz|collect|record|l\/:id$)/.test(path) && method !== 'ALL',
    )
    const paths = routes.map(({ path }) => path.replace(/:(\w+)/, '{$1}')).filter((path) => !path.endsWith('*'))
    expect([...new Set(paths)].sort()).toEqual(Object.keys(document.paths).sort())
  })

  test('every reference in it leads somewhere', async () => {
    const text = await (await app.request('/openapi.json')).text()
    const { components } = JSON.parse(text)
    const named = [...text.matchAll(/"\$ref":\s*"#\/components\/schemas\/(\w+)"/g)].map(([, name]) => name)
    expect(named.filter((name) => !(name! in components.schemas))).toEqual([])
    expect(text).not.toContain('__shared')
  })

  test('is a page as well', async () => {
    expect(await (await app.request('/docs')).text()).toContain('<code>POST /v1/diagnose</code>')
  })
})
