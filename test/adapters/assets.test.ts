// What a Worker needs to answer are files beside it. Where one is missing or broken, what needs it is not answered:
// without rules every paste would look as if there was nothing to it.
import { expect, test } from 'vitest'
import { type Assets, assetFiles } from '../../src/adapters/assets.ts'
import { CATALOG } from '../../src/adapters/catalog.ts'
import { edge } from '../../src/adapters/http.ts'
import { FONT } from '../../src/adapters/own-files.ts'
import { catalogText } from '../../src/hypotheses/catalog-file.ts'
import glyphs from '../../src/render/glyphs.json' with { type: 'json' }

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
  expect(await assetFiles()(answering(WRITTEN)).catalog()).toEqual(CATALOG)
})

test.each(BROKEN)('%s: every question for an answer is refused, the rest works', async (_name, ASSETS) => {
  const files = assetFiles()
  const app = edge({ files: () => ({ ...files(ASSETS), tables: async () => {} }), log: () => {} })
  const headers = { 'Content-Type': 'text/plain' }
  const refused = await app.request('/v1/diagnose', { method: 'POST', body: 'Job for x.service canceled.', headers })
  expect(refused.status).toBe(503)
  expect(await refused.json()).toMatchObject({
    type: '/docs#not-whole',
    detail: expect.stringContaining('catalog.json'),
  })
  const paths = ['/rules/JC101', '/v1/rules', '/v1/explain?q=isolate', '/glossary/isolate', '/openapi.json', '/docs']
  for (const path of paths) {
    expect((await app.request(path)).status).toBe(503)
  }
  expect((await app.request('/')).status).toBe(200)
  expect((await app.request('/healthz')).status).toBe(200)
})

test.each(BROKEN)('%s: no table, so nothing that is made of tables is loaded', async (_name, ASSETS) => {
  await expect(assetFiles()(ASSETS).tables()).rejects.toThrow('tables.json')
})

test('a failure is not kept, and what was read is', async () => {
  const files = assetFiles()
  await expect(files(answering('', 500)).catalog()).rejects.toThrow('catalog.json')
  const catalog = await files(answering(WRITTEN)).catalog()
  expect(await files(answering('', 500)).catalog()).toBe(catalog)
})

test.each([
  ['half of them', JSON.stringify(glyphs.slice(0, glyphs.length / 2))],
  ['too much', JSON.stringify([...glyphs, 'P'])],
  ['something else', WRITTEN],
])('letters for pictures: %s is refused', async (_name, written) => {
  await expect(assetFiles()(answering(written)).font()).rejects.toThrow('glyphs.json')
  expect(await assetFiles()(answering(JSON.stringify(glyphs))).font()).toEqual(FONT)
})
