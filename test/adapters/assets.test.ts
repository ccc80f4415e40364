// The rules are a file beside the Worker. Where it is missing or broken nothing may be answered: without rules every
// paste would look as if there was nothing to it.
import { expect, test } from 'vitest'
import { type Assets, catalogReader } from '../../src/adapters/assets.ts'
import { CATALOG } from '../../src/adapters/catalog.ts'
import { edge } from '../../src/adapters/http.ts'
import { catalogText } from '../../src/hypotheses/catalog-file.ts'

const WRITTEN = catalogText(CATALOG)

const answering = (body: string, status = 200): Assets => ({ fetch: async () => new Response(body, { status }) })

const BROKEN: readonly (readonly [string, Assets | undefined])[] = [
  ['no binding', undefined],
  ['no file', answering('Not found', 404)],
  ['a page in its place', answering('<!doctype html><title>whyjob</title>')],
  ['half of it', answering(WRITTEN.slice(0, WRITTEN.length / 2))],
  ['another file', answering('{"name":"whyjob"}')],
  ['no rules in it', answering(catalogText({ ...CATALOG, rules: [] }))],
  ['null', answering('null')],
  [
    'nobody there',
    {
      fetch: async () => {
        throw new Error('connection lost')
      },
    },
  ],
]

test('what was written is read', async () => {
  expect(await catalogReader()(answering(WRITTEN))).toEqual(CATALOG)
})

test.each(BROKEN)('%s: every question for an answer is refused, the rest works', async (_name, ASSETS) => {
  const read = catalogReader()
  const app = edge({ catalog: () => read(ASSETS), log: () => {} })
  const headers = { 'Content-Type': 'text/plain' }
  const refused = await app.request('/v1/diagnose', { method: 'POST', body: 'Job for x.service canceled.', headers })
  expect(refused.status).toBe(503)
  expect(await refused.json()).toMatchObject({
    type: '/docs#no-rules',
    detail: expect.stringContaining('catalog.json'),
  })
  for (const path of ['/rules/JC101', '/v1/rules', '/v1/explain?q=isolate', '/glossary/isolate']) {
    expect((await app.request(path)).status).toBe(503)
  }
  expect((await app.request('/')).status).toBe(200)
  expect((await app.request('/healthz')).status).toBe(200)
})

test('a failure is not kept, and what was read is', async () => {
  const read = catalogReader()
  await expect(read(answering('', 500))).rejects.toThrow('catalog.json')
  const catalog = await read(answering(WRITTEN))
  expect(await read(answering('', 500))).toBe(catalog)
})
