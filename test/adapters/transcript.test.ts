import { expect, test } from 'vitest'
import { edge } from '../../src/adapters/http.ts'
import { OWN } from '../../src/adapters/own-files.ts'
import { transcript, written } from './transcript.ts'

test('docs/api.md shows what is answered today (npm run transcript)', async () => {
  expect(await transcript()).toBe(written())
})

test('every address of the API is in it', () => {
  const shown = [...written().matchAll(/^## (\S+) (\S+)$/gm)].map(([, method, path = '']) => `${method} ${path}`)
  const api = edge({ files: () => OWN, log: () => {} }).routes.filter(({ path }) =>
    /^\/(?:v1|l\/:id$|mcp|collect|healthz|openapi)/.test(path),
  )
  const routes = api
    .filter(({ method, path }) => method !== 'ALL' && !path.endsWith('*'))
    .map(({ method, path }) => `${method} ${path.replace(':id', 'ID')}`)
  expect(shown).toEqual(expect.arrayContaining([...new Set(routes)].filter((route) => route !== 'GET /mcp')))
})

test('it has answers and problems', () => {
  for (const status of [200, 201, 400, 404, 405, 415, 422]) expect(written()).toContain(`HTTP/1.1 ${status}\n`)
})
