/** Answers given again: the same bytes as before, and never to another paste. */

import fc from 'fast-check'
import { Hono } from 'hono'
import { expect, test } from 'vitest'
import { diagnosed } from '../../src/adapters/http/diagnose.ts'
import type { Bindings } from '../../src/adapters/http/limit.ts'
import type { Variables } from '../../src/adapters/http/log.ts'
import { AnswerMemory, type Given, keyOf } from '../../src/adapters/http/remembered.ts'
import { edge } from '../../src/adapters/http.ts'
import { OWN } from '../../src/adapters/own-files.ts'

interface Env {
  Bindings: Bindings
  Variables: Variables
}

const PASTE = 'Job for a.service canceled.\n'
const given = (text: string): Given => ({
  body: new TextEncoder().encode(text),
  answered: { outcome: 'candidates', cause: null, code: null },
})

function appOf(memory: AnswerMemory): Hono<Env> {
  const app = new Hono<Env>()
  app.use((c, next) => {
    c.set('files', OWN)
    return next()
  })
  return app.post('/', (c) => diagnosed(c, memory))
}

function asker(memory: AnswerMemory): (text: string, accept?: string, query?: string) => Promise<string> {
  const app = appOf(memory)
  return async (body, Accept = 'application/json', query = '') =>
    (await app.request(`/${query}`, { method: 'POST', body, headers: { 'Content-Type': 'text/plain', Accept } })).text()
}

test('the same paste is answered from memory, however it is sent', async () => {
  const memory = new AnswerMemory()
  memory.keep(await keyOf({ text: PASTE }, 'application/json'), given('as before'))
  expect(await asker(memory)(PASTE)).toBe('as before')
  const app = appOf(memory)
  const json = {
    method: 'POST',
    body: JSON.stringify({ paste: PASTE }),
    headers: { 'Content-Type': 'application/json' },
  }
  expect(await (await app.request('/', json)).text()).toBe('as before')
})

test('another paste, release or format is not', async () => {
  const memory = new AnswerMemory()
  memory.keep(await keyOf({ text: PASTE }, 'application/json'), given('as before'))
  const ask = asker(memory)
  for (const other of [`${PASTE} `, PASTE.trim(), PASTE.replace('a.', 'b.')])
    expect(await ask(other)).toContain('whyjob/1')
  expect(await ask(PASTE, 'application/json', '?systemd=252')).toContain('whyjob/1')
  expect(await ask(PASTE, 'text/plain')).toContain('JC')
  expect(await ask(PASTE, 'text/html')).toContain('<html')
})

test('no two questions share a key', async () => {
  const question = fc.record({
    text: fc.string({ unit: fc.constantFrom('a', 'é', '\ufffd', '\ud83d', '\udd25', '"', '\\', ' ') }),
    systemd: fc.option(fc.integer({ min: 200, max: 300 }), { nil: undefined }),
    format: fc.constantFrom('application/json' as const, 'text/plain' as const, 'text/markdown' as const),
  })
  const key = ({ text, systemd, format }: { text: string; systemd: number | undefined; format: 'text/plain' }) =>
    keyOf(systemd === undefined ? { text } : { text, systemd }, format)
  const check = fc.asyncProperty(question, question, async (a, b) => {
    fc.pre(JSON.stringify(a) !== JSON.stringify(b))
    expect(await key(a as never)).not.toBe(await key(b as never))
  })
  await fc.assert(check, { numRuns: 300 })
})

test('an answer from memory has the bytes and the heads of the first', async () => {
  const app = edge({ files: () => OWN, log: () => {} })
  for (const Accept of ['application/json', 'text/plain', 'text/markdown']) {
    const ask = () =>
      app.request('/v1/diagnose', { method: 'POST', body: PASTE, headers: { 'Content-Type': 'text/plain', Accept } })
    const [first, again] = [await ask(), await ask()]
    expect(await again.text()).toBe(await first.text())
    for (const name of ['Content-Type', 'Cache-Control', 'Vary']) {
      expect(again.headers.get(name)).toBe(first.headers.get(name))
    }
    expect(again.headers.get('Cache-Control')).toBe('no-store')
    expect(again.headers.get('X-Request-Id')).not.toBe(first.headers.get('X-Request-Id'))
  }
})

test('what was asked for longest ago goes first, and what has no room is not kept', () => {
  const memory = new AnswerMemory(10)
  memory.keep('a', given('aaaa'))
  memory.keep('b', given('bbbb'))
  memory.keep('a', given('aaaa'))
  memory.keep('c', given('cccc'))
  expect(['a', 'b', 'c'].filter((key) => memory.find(key) !== undefined)).toEqual(['a', 'c'])
  memory.keep('d', given('more than ten'))
  expect(memory.find('d')).toBeUndefined()
})
