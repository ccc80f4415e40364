// Whatever is sent, wherever: it is answered or refused, never an error of ours, and nothing of it becomes markup.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { edge } from '../../src/adapters/http.ts'
import { OWN } from '../../src/adapters/own-files.ts'

const app = edge({ files: () => OWN, log: () => {} })

const PATHS = ['/', '/play', '/v1/diagnose', '/v1/simulate', '/v1/audit', '/v1/explain', '/mcp', '/rules/JC101']
const TYPES = [
  'text/plain',
  'application/json',
  'multipart/form-data; boundary=x',
  'application/x-www-form-urlencoded',
  'text/plain; charset=utf-16le',
  '',
  '\u00ff',
]
const PIECES = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  'Job for <b>.service canceled.\n',
  'Job for a.service canceled.\n',
  '# /etc/systemd/system/a.service\n[Unit]\nBindsTo=b.service\n[Service]\nExecStart=/bin/x\n',
  '-- a.service --\n',
  '-- timeline --\n0 systemctl start a\n9 end\n',
  '{"files":[{"name":"a.service","text":"[Service]"}]}',
  '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"diagnose","arguments":{"paste":"x"}}}',
  '--x\r\nContent-Disposition: form-data; name="paste"\r\n\r\n<script>\r\n--x--\r\n',
  '\0',
  '\ud800',
  '%00',
  '\x1b[31m',
]
const bodies = fc.oneof(
  fc
    .array(fc.oneof(fc.constantFrom(...PIECES), fc.string({ unit: 'binary', maxLength: 40 })), { maxLength: 8 })
    .map((parts) => new TextEncoder().encode(parts.join(''))),
  fc.uint8Array({ maxLength: 200 }).map((bytes) => new Uint8Array(bytes)),
)
const requests = fc.record({
  path: fc.constantFrom(...PATHS),
  query: fc.oneof(
    fc.constant(''),
    fc.webQueryParameters().map((query) => `?${query}`),
    fc.constant('?systemd=252'),
  ),
  method: fc.constantFrom('GET', 'POST', 'PUT', 'OPTIONS', 'HEAD', 'DELETE'),
  type: fc.constantFrom(...TYPES),
  accept: fc.constantFrom('text/html', '*/*', 'application/json', ';;;', 'a/b;q=x', 'application/sarif+json'),
  body: bodies,
})

test('a few hundred hostile requests', async () => {
  await fc.assert(
    fc.asyncProperty(requests, async ({ path, query, method, type, accept, body }) => {
      const bare = method === 'GET' || method === 'HEAD'
      const headers = { Accept: accept, ...(type !== '' && { 'Content-Type': type }) }
      const response = await app.request(`${path}${query}`, { method, headers, ...(!bare && { body }) })
      expect(response.status).toBeLessThan(500)
      if (!response.headers.get('Content-Type')?.startsWith('text/html')) return
      expect(await response.text()).not.toMatch(/<script>|<img|<b>/)
    }),
    { numRuns: 400 },
  )
})
