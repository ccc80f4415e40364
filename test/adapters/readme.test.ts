// Every command that the README shows is run: as it stands, but for systemd itself, the port, and names of files.
import { execFile, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { programOf } from '../../src/adapters/cli/program.ts'

const root = join(import.meta.dirname, '../..')
const readme = readFileSync(join(root, 'README.md'), 'utf8')
const blocks = [...readme.matchAll(/```\n([\s\S]*?)```/g)].flatMap(([, block = '']) => block.split('\n'))
const commands = blocks.map((line) => line.replace(/ {2,}#.*$/, '')).filter((line) => /^(?:npm|systemctl) /.test(line))

/**
 * `npm ci` is the first step of .ci/run, `npm start` is what the others below are run against, and to deploy takes an
 * account: the build tries as much of it as goes without.
 */
const ELSEWHERE = ['npm ci', 'npm start', 'npm run deploy']

let folder = ''
let port = 0
let stop = () => {}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'whyjob-'))
  writeFileSync(join(folder, 'incident.txt'), 'Job for nginx.service canceled.\n')
  writeFileSync(join(folder, 'nginx.service'), '[Service]\nExecStart=/usr/sbin/nginx\n')
  port = await freePort()
  const options = ['--port', String(port), '--persist-to', folder]
  const child = spawn('npm', ['start', '--', ...options], { cwd: root, detached: true, stdio: 'ignore' })
  stop = () => child.pid !== undefined && process.kill(-child.pid)
  for (let tries = 0; tries < 900 && !(await isUp()); tries++) await new Promise((resolve) => setTimeout(resolve, 200))
})
afterAll(() => {
  stop()
  rmSync(folder, { recursive: true, force: true })
})

const isUp = () =>
  fetch(`http://127.0.0.1:${port}/healthz`).then(
    ({ ok }) => ok,
    () => false,
  )

test('there are some', () => {
  expect(commands.length).toBeGreaterThan(6)
  expect(commands).toEqual(expect.arrayContaining(ELSEWHERE))
})

test.each([...new Set(commands.filter((command) => !ELSEWHERE.includes(command)))])('%s', async (command) => {
  const line = command
    .replace('systemctl status nginx', 'cat incident.txt')
    .replace(/^npm run|\| npm run/, (run) => run.replace('npm', `npm --prefix ${root}`))
    .replace('/etc/systemd/system/', '')
    .replace('incident.txt', join(folder, 'incident.txt'))
    .replace(' nginx.service', command.includes(' audit ') ? ` ${join(folder, 'nginx.service')}` : ' nginx.service')
    .replace(':8787', `:${port}`)
  const { status, stdout } = await shell(line)
  expect(stdout.length).toBeGreaterThan(50)
  expect(status).toBeLessThan(2)
})

describe('its synopsis', () => {
  const program = programOf(() => {})
  const lines = blocks.filter((line) => line.startsWith('whyjob '))

  test('has every command, and no other', () => {
    const shown = new Set(lines.map((line) => line.split(' ')[1]))
    expect([...shown].sort()).toEqual(program.commands.map((one) => one.name()).sort())
  })

  test.each(lines)('%s', (line) => {
    const command = program.commands.find((one) => one.name() === line.split(' ')[1])
    const options = command?.options.map(({ long }) => long) ?? []
    for (const [option] of line.matchAll(/--[a-z-]+/g)) expect(options).toContain(option)
  })
})

function shell(line: string): Promise<{ status: number; stdout: string }> {
  return new Promise((resolve) => {
    execFile('sh', ['-c', line], { cwd: folder }, (error, stdout) =>
      resolve({ status: error === null ? 0 : Number(error.code), stdout }),
    )
  })
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}
