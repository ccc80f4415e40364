// The tools for assistants, as the official SDK's client sees them: on stdio, and over HTTP.
import { join } from 'node:path'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js'
import { describe, expect, test } from 'vitest'
import { edge } from '../../src/adapters/http.ts'
import { respondToText } from '../../src/adapters/mcp.ts'
import { OWN } from '../../src/adapters/own-files.ts'

const app = edge({ files: () => OWN, log: () => {} })
const CLI = join(import.meta.dirname, '../../src/adapters/cli.ts')

const SCENARIO = '-- a.service --\n[Service]\nExecStart=/bin/sleep 9\n-- timeline --\n0 systemctl start a\n1 end\n'
const UNITS = [
  { name: 'app.service', text: '[Unit]\nBindsTo=db.service\nAfter=db.service\n[Service]\nExecStart=/usr/bin/app\n' },
  { name: 'db.service', text: '[Service]\nExecStart=/usr/bin/db\n' },
]

const TRANSPORTS: readonly (readonly [string, () => Transport])[] = [
  ['stdio', () => new StdioClientTransport({ command: process.execPath, args: [CLI, 'mcp'] })],
  [
    'HTTP',
    () =>
      new StreamableHTTPClientTransport(new URL('http://localhost/mcp'), {
        fetch: async (address, options) => app.request(String(address), options),
      }),
  ],
]

describe.each(TRANSPORTS)('over %s', (_name, transport) => {
  // The client holds what it gets against the schemas that the tools declare.
  test('the four tools answer in words and as data', async () => {
    const client = new Client({ name: 'test', version: '1' })
    await client.connect(transport())
    const { tools } = await client.listTools()
    expect(tools.map(({ name }) => name)).toEqual(['diagnose', 'simulate', 'audit', 'explain'])
    const call = async (name: string, given: Record<string, unknown>) => client.callTool({ name, arguments: given })
    const answer = await call('diagnose', { paste: 'Job for x.service canceled.' })
    expect(answer.structuredContent).toMatchObject({ schema: 'whyjob/1', outcome: 'candidates' })
    expect(answer.content).toMatchObject([{ type: 'text', text: expect.stringContaining('x.service') }])
    const played = await call('simulate', { scenario: SCENARIO, systemd: 252 })
    expect(played.structuredContent).toMatchObject({ systemd: 252, diagnostics: [] })
    expect((await call('audit', { files: UNITS })).structuredContent).toHaveProperty('findings')
    expect((await call('explain', { query: 'JC101' })).structuredContent).toHaveProperty('entries')
    for (const [name, given] of WRONG) expect((await call(name, given)).isError, name).toBe(true)
    await client.close()
  })
})

const WRONG: readonly (readonly [string, Record<string, unknown>])[] = [
  ['diagnose', {}],
  ['diagnose', { paste: 1 }],
  ['simulate', { scenario: 'nonsense' }],
  ['audit', { files: [{ name: 'a.txt', text: 'x' }] }],
  ['explain', { query: 'nonsense' }],
]

test.each([
  ['{', -32700],
  ['[]', -32600],
  ['1', -32600],
  ['{}', -32600],
  ['{"jsonrpc":"2.0","id":1,"method":"nonsense"}', -32601],
  ['{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"__proto__"}}', -32602],
])('%s is an error', async (text, code) => {
  expect((await respondToText(text, OWN))?.error?.code).toBe(code)
})

test('a notification is not answered', async () => {
  const body = '{"jsonrpc":"2.0","method":"notifications/initialized"}'
  const response = await app.request('/mcp', { method: 'POST', body })
  expect([response.status, await response.text()]).toEqual([202, ''])
})
