/**
 * `npm run transcript`: every address of the API asked with curl, with what is right and what is wrong, and what came
 * back → docs/api.md. A test compares the file with what the edge answers today.
 */

import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { edge } from '../../src/adapters/http.ts'
import { OWN } from '../../src/adapters/own-files.ts'
import { database } from './database.ts'

const TARGET = join(import.meta.dirname, '../../docs/api.md')
const HOST = 'https://whyjob.example'

interface Asked {
  readonly says: string
  /** As typed, without `curl -i` and the host. */
  readonly path: string
  readonly method?: string
  readonly headers?: readonly string[]
  /** What follows --data-binary, as the shell would read it. */
  readonly body?: string
  /** How much of the answer is shown: what every better rule changes is left to other tests. */
  readonly lines?: number
}

const JSON_TYPE = 'Content-Type: application/json'
const TEXT_TYPE = 'Content-Type: text/plain'
const LINE = 'Job for nginx.service canceled.'
const SCENARIO = '-- a.service --\n[Service]\nExecStart=/bin/sleep 9\n-- timeline --\n0 systemctl start a\n1 end\n'
const UNIT = '{"files":[{"name":"a.service","text":"[Unit]\\nBindsTo=b.service\\n[Service]\\nExecStart=/bin/a\\n"}]}'

const ASKED: Readonly<Record<string, readonly Asked[]>> = {
  'POST /v1/diagnose': [
    { says: 'Text is answered with text.', path: '/v1/diagnose', headers: [TEXT_TYPE], body: LINE, lines: 3 },
    {
      says: 'JSON with JSON; the release can be chosen.',
      path: '/v1/diagnose',
      headers: [JSON_TYPE],
      body: `{"paste":"${LINE}","systemd":252}`,
      lines: 3,
    },
    {
      says: '`Accept` chooses.',
      path: '/v1/diagnose',
      headers: [TEXT_TYPE, 'Accept: text/markdown'],
      body: LINE,
      lines: 3,
    },
    { says: 'Nothing is a problem,', path: '/v1/diagnose', headers: [TEXT_TYPE], body: ' ' },
    { says: 'so is another shape,', path: '/v1/diagnose', headers: [JSON_TYPE], body: '{"paste":1}' },
    { says: 'another type,', path: '/v1/diagnose', headers: ['Content-Type: image/png'], body: 'x' },
    { says: 'and another method.', path: '/v1/diagnose' },
  ],
  'POST /v1/simulate': [
    { says: 'A scenario is played.', path: '/v1/simulate', headers: [TEXT_TYPE], body: SCENARIO },
    { says: 'What cannot be read is named by its line.', path: '/v1/simulate', headers: [TEXT_TYPE], body: 'nonsense' },
  ],
  'POST /v1/audit': [
    {
      says: 'Findings for a terminal; JSON and SARIF are longer.',
      path: '/v1/audit',
      headers: [JSON_TYPE, 'Accept: text/plain'],
      body: UNIT,
      lines: 6,
    },
    { says: 'No unit file is a problem.', path: '/v1/audit', headers: [JSON_TYPE], body: '{"files":[]}' },
  ],
  'GET /v1/explain': [
    { says: 'A code, a cause, one of systemd’s words.', path: '/v1/explain?q=isolate' },
    { says: 'What is not explained here:', path: '/v1/explain?q=nonsense' },
    { says: 'Nothing asked:', path: '/v1/explain' },
  ],
  'GET /rules/CODE': [
    { says: 'A rule in words.', path: '/rules/JC101', headers: ['Accept: text/plain'] },
    { says: 'There is no such rule.', path: '/rules/JC999' },
  ],
  'GET /v1/rules': [{ says: 'All of them.', path: '/v1/rules' }],
  'POST /v1/links': [
    {
      says: 'A paste is kept, masked.',
      path: '/v1/links',
      headers: [JSON_TYPE],
      body: `{"paste":"${LINE}","expires":"1h"}`,
    },
    { says: 'There are three lifetimes.', path: '/v1/links?expires=never', headers: [TEXT_TYPE], body: LINE },
  ],
  'GET /l/ID': [{ says: 'One that is not there, or no longer:', path: '/l/AAAAAAAAAAAAAAAAAAAAAA' }],
  'DELETE /v1/links/ID': [
    {
      says: 'Neither is there anything to delete.',
      path: '/v1/links/AAAAAAAAAAAAAAAAAAAAAA',
      method: 'DELETE',
      headers: ['Authorization: Bearer AAAAAAAAAAAAAAAAAAAAAA'],
    },
  ],
  'GET /collect.sh': [
    { says: 'A script to read before it is run.', path: '/collect.sh?unit=nginx.service' },
    { says: 'Names of units only.', path: "/collect.sh?unit='%3B" },
  ],
  'POST /mcp': [
    {
      says: 'The Model Context Protocol.',
      path: '/mcp',
      headers: [JSON_TYPE],
      body: '{"jsonrpc":"2.0","id":1,"method":"ping"}',
    },
    { says: 'What is no message:', path: '/mcp', headers: [JSON_TYPE], body: '{' },
  ],
  'POST /v1/hooks/ID': [
    {
      says: 'An address that nobody was given.',
      path: '/v1/hooks/AAAAAAAAAAAAAAAAAAAAAA',
      headers: [TEXT_TYPE],
      body: LINE,
    },
  ],
  'GET /healthz': [{ says: 'It is up.', path: '/healthz' }],
  'GET /openapi.json': [{ says: 'For machines.', path: '/openapi.json' }],
}

/** Told in full, the headers that mean something to whoever asked; ids and times differ each time. */
const SHOWN = ['content-type', 'allow', 'location', 'etag', 'x-robots-tag', 'vary']
const MAX_LINES = 24
const MAX_COLUMNS = 118

export async function transcript(): Promise<string> {
  const app = edge({ files: () => OWN, log: () => {} })
  const env = { DB: database() }
  const parts: string[] = []
  for (const [title, asked] of Object.entries(ASKED)) {
    parts.push(`## ${title}\n`)
    for (const one of asked) {
      const request = new Request(`${HOST}${one.path}`, initOf(one))
      parts.push(
        `${one.says}\n\n\`\`\`\n${typed(one)}\n${await shown(await app.fetch(request, env), one.lines)}\n\`\`\`\n`,
      )
    }
  }
  return `# The API, asked with curl

Made by \`npm run transcript\`: asked, and answered by the code as it is. Long answers are cut, ids are random, and
every answer has an \`X-Request-Id\` and a \`Server-Timing\` beside what is shown.

${parts.join('\n')}`
}

function initOf({ method, headers = [], body }: Asked): RequestInit {
  const pairs = headers.map((line) => line.split(': ') as [string, string])
  return {
    method: method ?? (body === undefined ? 'GET' : 'POST'),
    headers: pairs,
    ...(body !== undefined && { body }),
  }
}

function typed({ path, method, headers = [], body }: Asked): string {
  const words = [
    '$ curl -i',
    ...(method === undefined ? [] : [`-X ${method}`]),
    ...headers.map((line) => `-H '${line}'`),
    ...(body === undefined ? [] : [`--data-binary ${quoted(body)}`]),
    quoted(`${HOST}${path}`),
  ]
  return words.join(' \\\n    ').replace(' \\\n    ', ' ')
}

const quoted = (text: string): string =>
  /^[\w:/.@-]+$/.test(text) ? text : text.includes("'") ? `"${text}"` : `'${text}'`

async function shown(response: Response, most = MAX_LINES): Promise<string> {
  const headers = SHOWN.flatMap((name) => {
    const value = response.headers.get(name)
    return value === null ? [] : [`${name}: ${steady(value)}`]
  })
  const lines = steady(pretty(response, await response.text()))
    .trimEnd()
    .split('\n')
  const cut = lines.length > most ? [...lines.slice(0, most), '…'] : lines
  const narrow = cut.map((line) => (line.length > MAX_COLUMNS ? `${line.slice(0, MAX_COLUMNS)}…` : line))
  return [`HTTP/1.1 ${response.status}`, ...headers, '', ...narrow].join('\n').trimEnd()
}

/** One line of JSON is for machines. */
function pretty(response: Response, text: string): string {
  if (!response.headers.get('Content-Type')?.includes('json') || text === '') return text
  return JSON.stringify(JSON.parse(text), null, 2)
}

/** What is made anew in every run is named instead. */
const steady = (text: string): string =>
  text
    .replace(/\/l\/(?!A{22})[\w-]{22}/g, '/l/ID')
    .replace(/("(?:id|deleteToken)": ")[\w-]{22}"/g, '$1…"')
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'IN-AN-HOUR')
    .replace(/^-- .*--.*$/m, '-- … --')
    .replace(/^### .*$/m, '### …')
    .replace(/^"[0-9a-f]{40}"$/, '"…"')

if (process.argv[1] === import.meta.filename) writeFileSync(TARGET, await transcript())

export const written = (): string => readFileSync(TARGET, 'utf8')
