// Links that are kept on request, over a real SQLite with the real migrations.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { Link } from '../../src/adapters/http/responses.ts'
import { edge } from '../../src/adapters/http.ts'
import { LIFETIMES, MAX_KEPT_BYTES } from '../../src/adapters/links.ts'
import { OWN } from '../../src/adapters/own-files.ts'
import { purge } from '../../src/adapters/purge.ts'
import { Answer } from '../../src/render/answer.ts'
import { database, type TestDatabase } from './database.ts'

const PASTE = 'Job for nginx.service canceled.\nEnvironment=DB_PASSWORD=hunter2hunter2\n'
const NOW = Date.UTC(2026, 10, 22, 12)

let entries: object[] = []
let DB: TestDatabase
const app = edge({ files: () => OWN, log: (entry) => void entries.push(entry) })

beforeEach(() => {
  vi.useFakeTimers({ now: NOW, toFake: ['Date'] })
  DB = database()
  entries = []
})
afterEach(() => void vi.useRealTimers())

const ask = (path: string, init: RequestInit = {}) => app.request(path, init, { DB })
const keep = (body: object, headers: Record<string, string> = {}) =>
  ask('/v1/links', {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'Content-Type': 'application/json', ...headers },
  })
const kept = async (body: object = { paste: PASTE }) => Link.parse(await (await keep(body)).json())
const rows = () => DB.sqlite.prepare('SELECT * FROM permalinks').all()

describe('a link that is kept', () => {
  test('shows the answer in every format, and no engine shall show it', async () => {
    const response = await keep({ paste: PASTE, systemd: 252, expires: '1h' })
    expect(response.status).toBe(201)
    const { url, id, expires, redacted } = Link.parse(await response.json())
    expect(response.headers.get('Location')).toBe(`/l/${id}`)
    expect(Date.parse(expires) - NOW).toBe(3_600_000)
    expect(redacted).toEqual([{ kind: 'password', count: 1 }])
    const seen = await ask(url, { headers: { Accept: 'application/json' } })
    expect(Answer.parse(await seen.json()).systemd).toEqual({ version: 252, assumed: false })
    for (const type of ['text/markdown', 'text/plain', 'text/html']) {
      const one = await ask(url, { headers: { Accept: type } })
      expect(one.headers.get('Content-Type')).toContain(type)
      expect(one.headers.get('X-Robots-Tag')).toBe('noindex')
      expect(one.headers.get('Cache-Control')).toBe('no-store')
      expect(await one.text()).toContain('nginx.service')
    }
  })

  test('is masked before it is stored, and its token is not stored at all', async () => {
    const { deleteToken } = await kept()
    const [row] = rows()
    expect(row?.paste).toContain('Job for nginx.service canceled.')
    expect(JSON.stringify(rows())).not.toContain('hunter2')
    expect(JSON.stringify(rows())).not.toContain(deleteToken)
    expect(JSON.stringify(entries)).not.toMatch(/hunter2|nginx/)
  })

  test('cannot be guessed', async () => {
    const links = await Promise.all(Array.from({ length: 50 }, () => kept()))
    expect(new Set(links.flatMap(({ id, deleteToken }) => [id, deleteToken])).size).toBe(100)
    for (const { id } of links) expect(id).toMatch(/^[\w-]{22}$/)
  })

  test('has a preview without anything of the paste', async () => {
    const { url } = await kept()
    const [head = ''] = (await (await ask(url, { headers: { Accept: 'text/html' } })).text()).split('</head>')
    expect(head).toContain('<meta property="og:title"')
    expect(head).toContain('<meta name="robots" content="noindex">')
    expect(head).not.toMatch(/nginx|JC\d/)
  })

  test('is for a day if nothing else is said', async () => {
    expect(Date.parse((await kept()).expires) - NOW).toBe(LIFETIMES['1d'] * 1000)
  })
})

describe('its end', () => {
  test.each(Object.entries(LIFETIMES))('after %s it is not shown, and swept', async (expires, seconds) => {
    const { url } = await kept({ paste: PASTE, expires })
    vi.setSystemTime(NOW + seconds * 1000 - 1000)
    expect((await ask(url)).status).toBe(200)
    expect(await purge(DB, NOW / 1000 + seconds - 1)).toBe(0)
    vi.setSystemTime(NOW + seconds * 1000)
    expect((await ask(url)).status).toBe(404)
    expect(rows()).toHaveLength(1)
    expect(await purge(DB, NOW / 1000 + seconds)).toBe(1)
    expect(rows()).toHaveLength(0)
  })

  test('its token deletes it, and only its own', async () => {
    const [one, other] = [await kept(), await kept()]
    const remove = (token: string) =>
      ask(`/v1/links/${one.id}`, { method: 'DELETE', headers: { Authorization: `Bearer ${token}` } })
    for (const token of ['', 'x', other.deleteToken]) expect((await remove(token)).status).toBe(403)
    expect((await remove(one.deleteToken)).status).toBe(204)
    expect((await ask(one.url)).status).toBe(404)
    expect((await ask(other.url)).status).toBe(200)
    expect((await remove(one.deleteToken)).status).toBe(404)
  })
})

describe('without a script', () => {
  const form = (fields: Record<string, string>) => {
    const body = new FormData()
    for (const [name, value] of Object.entries(fields)) body.append(name, value)
    return { method: 'POST', body }
  }

  test('a button of the page keeps it, a form deletes it', async () => {
    expect(await (await ask('/')).text()).toContain('formaction="/links"')
    const response = await ask('/links', form({ paste: PASTE.replaceAll('\n', '\r\n'), expires: '30d', systemd: '' }))
    expect(response.status).toBe(201)
    const page = await response.text()
    const [, path = ''] = /<a href="(\/l\/[\w-]+)">/.exec(page) ?? []
    const [, token = ''] = /id="token">([\w-]+)</.exec(page) ?? []
    const shown = await (await ask(path, { headers: { Accept: 'text/html' } })).text()
    expect(shown).toContain('2026-12-22 12:00 UTC')
    expect(shown).not.toContain(token)
    expect((await ask(`${path}/delete`, form({ token: 'x' }))).status).toBe(403)
    expect(await (await ask(`${path}/delete`, form({ token }))).text()).toContain('<h1>Deleted</h1>')
    expect((await ask(path)).status).toBe(404)
  })

  test('a terminal is told what to do', async () => {
    const sent = { method: 'POST', body: PASTE, headers: { 'Content-Type': 'text/plain' } }
    const said = await (await ask('/v1/links?expires=1h', sent)).text()
    expect(said).toMatch(/^http:\/\/localhost\/l\/[\w-]{22}\n\nKept until 2026-11-22 13:00 UTC/)
    expect(said).toMatch(/curl -X DELETE -H 'Authorization: Bearer [\w-]{22}' http:\/\/localhost\/v1\/links\/[\w-]{22}/)
  })
})

describe('what cannot be kept', () => {
  test.each([
    ['nothing', { paste: '' }, 400, 'empty-paste'],
    ['for ever', { paste: PASTE, expires: 'never' }, 400, 'bad-request'],
    ['a whole journal', { paste: 'x'.repeat(MAX_KEPT_BYTES + 1) }, 413, 'paste-too-large'],
  ])('%s is a problem', async (_name, body, status, type) => {
    const response = await keep(body)
    expect(response.status).toBe(status)
    expect(await response.json()).toMatchObject({ type: `/docs#${type}` })
    expect(rows()).toHaveLength(0)
  })

  test.each(['x', '%00', "' OR 1=1 --", '../x', '__proto__', 'a'.repeat(22)])('%s is no link', async (id) => {
    expect((await ask(`/l/${encodeURIComponent(id)}`)).status).toBe(404)
  })

  test.each([
    ['no database', undefined],
    ['one without tables', database({ migrated: false })],
  ])('with %s that is said, and the rest works', async (_name, without) => {
    const asked = (path: string, init?: RequestInit) => app.request(path, init, { DB: without })
    const sent = { method: 'POST', body: PASTE }
    const refused = await asked('/v1/links', sent)
    expect(refused.status).toBe(404)
    expect(await refused.json()).toMatchObject({ type: '/docs#nothing-kept' })
    expect((await asked(`/l/${'a'.repeat(22)}`)).status).toBe(404)
    expect((await asked('/v1/diagnose', sent)).status).toBe(200)
    if (without === undefined) expect(await (await asked('/')).text()).not.toContain('formaction')
  })
})
