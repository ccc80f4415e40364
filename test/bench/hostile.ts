/** Requests that nobody means well with, over raw sockets: what they are answered, and what they leave behind. */

import { connect } from 'node:net'
import { gzipSync } from 'node:zlib'
import type { Running } from './process.ts'

const MARKUP = '<img src=x onerror=alert(1)><script>alert(2)</script>"\'><b>'
const PATHS = [
  ...[
    '/',
    '/v1/diagnose',
    '/v1/simulate',
    '/v1/audit',
    '/v1/explain?q=',
    '/v1/links',
    '/links',
    '/l/',
    '/mcp',
    '/play',
  ],
  ...[
    '/rules/',
    '/glossary/',
    '/collect.sh?unit=',
    '/openapi.json',
    '/docs',
    '/privacy',
    '/healthz',
    '/%00',
    '/..%2f..%2fetc',
  ],
  ...['/v1/rules', '/record.sh?unit=', '/record.sh?seconds=1e9', '/style.css', '/l/x/delete', '/mattermost/command'],
  ...['//evil.example/', '/%ff%fe', `/${'a'.repeat(4000)}`, '/?example=__proto__', `/${encodeURIComponent(MARKUP)}`],
]
const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD', 'TRACE', 'BREW', 'get', '<b>']
const TYPES = [
  ...['text/plain', 'application/json', 'multipart/form-data; boundary=x', 'application/x-www-form-urlencoded', ''],
  ...['text/plain; charset=utf-16', 'text/plain; charset=<b>', 'image/png', 'application/json; charset=latin1', ';;;'],
]
const ACCEPTS = [
  '*/*',
  'text/html',
  'application/json',
  'text/markdown',
  'application/sarif+json',
  'a/b;q=x',
  MARKUP,
  ',,,',
]
const HEADERS = [
  ...['Content-Encoding: gzip', 'Origin: null', `X-Request-Id: ${MARKUP}`, 'Range: bytes=0-', 'If-None-Match: *'],
  ...['Expect: 200-maybe', `Cookie: ${'a'.repeat(2000)}`, 'Authorization: Bearer ../..', 'Accept-Encoding: br;q=<b>'],
  ...['X-Forwarded-Host: evil.example', 'CF-Connecting-IP: <b>', 'Upgrade: websocket\r\nConnection: upgrade'],
]
const PIECES: readonly (() => Buffer)[] = [
  () => Buffer.from('Job for a.service canceled.\n'),
  () => Buffer.from(MARKUP),
  () => Buffer.from(`Job for ${MARKUP}.service canceled.\n`),
  () => Buffer.from('# /etc/systemd/system/a.service\n[Unit]\nBindsTo=a.service b.service\nAfter=b.service\n'),
  () =>
    Buffer.from('-- a.service --\n[Service]\nExecStart=/bin/x\nRestart=always\n-- timeline --\n0 systemctl start a\n'),
  () => Buffer.from(`{"paste":${JSON.stringify(MARKUP)},"files":[{"name":"../../x","text":""}]}`),
  () =>
    Buffer.from(
      `--x\r\nContent-Disposition: form-data; name="paste"; filename="${MARKUP}"\r\n\r\n${MARKUP}\r\n--x--\r\n`,
    ),
  () => Buffer.from('{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"diagnose","arguments":{}}}'),
  () => Buffer.from([0xff, 0xfe, 0x4a, 0x00, 0xc3]),
  () => Buffer.from('['.repeat(20_000)),
  () => Buffer.alloc(60_000, 'Nov 22 10:00:00 h systemd[1]: Stopped A.\n'),
  () => Buffer.alloc(40_000, '(a+)+$ '),
  () => Buffer.from('\u001b[31m\u202e\u0000'),
  () => gzipSync('Job for a.service canceled.\n'),
  // With a few of these it is over the cap.
  () => Buffer.alloc(700_000, 'Nov 22 10:00:00 h app[1]: a line\n'),
]

/** Numbers that look like chance and are the same in every run. */
function dice(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

type Manner = 'whole' | 'half' | 'slow' | 'chunked' | 'garbage'
const MANNERS: readonly Manner[] = ['whole', 'whole', 'whole', 'whole', 'half', 'slow', 'chunked', 'garbage']

const AT_ONCE = 40
const PATIENCE_MS = 20_000
/** A body that never comes is waited for no longer than this. */
const HALF_MS = 40

export async function hostile(server: Running, count: number): Promise<string> {
  const roll = dice(7)
  const before = { statuses: new Map<string, number>(), reflected: 0, memory: [server.megabytes()] }
  let left = count
  const one = async (): Promise<void> => {
    while (left-- > 0) {
      const answer = await attack(server.url, roll)
      const status = statusOf(answer)
      before.statuses.set(status, (before.statuses.get(status) ?? 0) + 1)
      if (reflects(answer)) before.reflected++
      if (left % Math.ceil(count / 5) === 0) before.memory.push(server.megabytes())
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, one))
  before.memory.push(server.megabytes())
  const statuses = [...before.statuses].sort().map(([status, n]) => `${status}: ${n}`)
  const lives = (await fetch(new URL('/healthz', server.url))).status
  return `${count} hostile requests: ${statuses.join(', ')}; markup reflected ${before.reflected} times
memory: ${before.memory.map((one) => `${one.toFixed(0)} MB`).join(', ')}; afterwards /healthz says ${lives}\n`
}

/** Methods that HTTP does not know are workerd's own to refuse: no Worker ever hears of them. */
function statusOf(answer: string): string {
  if (answer.startsWith('HTTP/1.1 501 Not Implemented')) return 'unknown to workerd'
  const [, first] = /^HTTP\/1\.1 (\d)/.exec(answer) ?? []
  return first === undefined ? 'hung up' : `${first}xx`
}

/** Only what a browser would take for a page counts; JSON and text quote what was sent. */
function reflects(answer: string): boolean {
  const [head = '', ...body] = answer.split('\r\n\r\n')
  return /content-type: text\/html/i.test(head) && /<img|<script>|<b>/.test(body.join('\r\n\r\n'))
}

function attack(url: URL, roll: (below: number) => number): Promise<string> {
  const pick = <T>(items: readonly T[]): T => items[roll(items.length)] as T
  const body = Buffer.concat(Array.from({ length: roll(4) }, () => pick(PIECES)()))
  const manner = pick(MANNERS)
  const headers = [
    `Host: ${roll(9) === 0 ? 'evil.example"><b>' : url.host}`,
    `Accept: ${pick(ACCEPTS)}`,
    'Connection: close',
  ]
  const type = pick(TYPES)
  if (type !== '') headers.push(`Content-Type: ${type}`)
  for (let i = roll(3); i > 0; i--) headers.push(pick(HEADERS))
  const path = pick(PATHS)
  const tail = path.endsWith('/') && roll(2) === 0 ? encodeURIComponent(MARKUP) : ''
  const line = `${pick(METHODS)} ${path}${tail} HTTP/1.1`
  headers.push(
    manner === 'chunked'
      ? 'Transfer-Encoding: chunked'
      : `Content-Length: ${body.length + (manner === 'half' ? 99 : 0)}`,
  )
  const head = Buffer.from(
    manner === 'garbage'
      ? `${line.slice(roll(8))}\r\n\u0000${MARKUP}\r\n\r\n`
      : `${line}\r\n${headers.join('\r\n')}\r\n\r\n`,
  )
  return said(url, manner, head, body)
}

function said(url: URL, manner: Manner, head: Buffer, body: Buffer): Promise<string> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = []
    const socket = connect(Number(url.port), url.hostname)
    const patience = setTimeout(() => socket.destroy(), PATIENCE_MS)
    socket.on('data', (chunk) => void chunks.push(chunk))
    socket.on('error', () => {})
    socket.on('close', () => {
      clearTimeout(patience)
      resolve(Buffer.concat(chunks).toString('latin1'))
    })
    socket.write(head)
    void send(manner, body, (piece) => socket.writable && socket.write(piece)).then(() => {
      if (manner === 'half') setTimeout(() => socket.destroy(), HALF_MS)
    })
  })
}

async function send(manner: Manner, body: Buffer, write: (piece: Buffer | string) => void): Promise<void> {
  if (manner === 'chunked')
    write(Buffer.concat([Buffer.from(`${body.length.toString(16)}\r\n`), body, Buffer.from('\r\n0\r\n\r\n')]))
  else if (manner === 'slow') {
    const step = Math.max(1, Math.ceil(body.length / 5))
    for (let at = 0; at < body.length; at += step) {
      write(body.subarray(at, at + step))
      await new Promise((resolve) => setTimeout(resolve, 30))
    }
  } else write(body)
}
