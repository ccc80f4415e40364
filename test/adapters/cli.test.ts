// The command as it is installed: a bundle, run as a process of its own, with what it prints and how it ends.
import { spawn, spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bundleCommand } from '../../scripts/bundle.ts'
import { Answer } from '../../src/render/answer.ts'

const SOURCE = join(import.meta.dirname, '../../src/adapters/cli.ts')
const RULES = join(import.meta.dirname, '../../rules')
/** Gives a program a terminal of its own. */
const SCRIPT = '/usr/bin/script'
const LINE = 'Job for x.service canceled.\n'

let folder = ''
let command = ''
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'whyjob-'))
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
  command = await bundleCommand(folder)
})
afterAll(() => rmSync(folder, { recursive: true }))

const file = (name: string, content: string | Uint8Array): string => {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

interface Run {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

function whyjob(
  args: readonly string[],
  input: string | Uint8Array = '',
  env: NodeJS.ProcessEnv = {},
  from = command,
): Promise<Run> {
  return new Promise((resolve, reject) => {
    const { NO_COLOR: _no, FORCE_COLOR: _force, ...inherited } = process.env
    const child = spawn(process.execPath, [from, ...args], { env: { ...inherited, ...env } })
    let stdout = ''
    let stderr = ''
    child.stdout.on('data', (chunk) => (stdout += chunk))
    child.stderr.on('data', (chunk) => (stderr += chunk))
    child.on('error', reject)
    child.on('close', (status) => resolve({ status, stdout, stderr }))
    child.stdin.on('error', () => {}) // It may end before it has read all.
    child.stdin.end(input)
  })
}

describe('audit', () => {
  const unit = () =>
    file('app.service', '[Unit]\nBindsTo=db.service\nAfter=db.service\n[Service]\nExecStart=/bin/app\n')

  test('ends with 1 for findings only if that is asked for', async () => {
    expect((await whyjob(['audit', unit()])).status).toBe(0)
    expect((await whyjob(['audit', '--exit-code', unit()])).status).toBe(1)
    const { findings } = JSON.parse((await whyjob(['audit', '--json', unit()])).stdout) as {
      findings: { code: string }[]
    }
    const codes = [...new Set(findings.map(({ code }) => code))].join(',')
    expect((await whyjob(['audit', '--exit-code', '--ignore', codes, unit()])).status).toBe(0)
  })

  test('wants codes to ignore', async () => {
    const { status, stderr } = await whyjob(['audit', '--ignore', 'all', unit()])
    expect(status).toBe(2)
    expect(stderr).toContain('JC106,JC130')
  })
})

describe('diagnose', () => {
  test('masks, unless told not to', async () => {
    const paste = `${LINE}\n# /etc/systemd/system/x.service\n[Service]\nEnvironment=DB_PASSWORD=hunter2hunter2\n`
    const masked = await whyjob(['--json'], paste)
    const open = await whyjob(['--json', '--no-mask'], paste)
    expect(JSON.parse(masked.stdout).redacted).toEqual([{ kind: 'password', count: 1 }])
    expect(JSON.parse(open.stdout).redacted).toEqual([])
  })

  test('reads what is piped in, with and without its name', async () => {
    const runs = await Promise.all([[], ['diagnose'], ['diagnose', '-']].map((args) => whyjob(args, LINE)))
    expect(new Set(runs.map(({ stdout }) => stdout)).size).toBe(1)
    expect(runs[0]?.stdout).toMatch(/^-- [A-Z ,]+ -{2,}/)
  })

  test('runs from its sources as well', async () => {
    const [source, bundle] = await Promise.all([whyjob([], LINE, {}, SOURCE), whyjob([], LINE)])
    expect(source).toEqual(bundle)
  })

  test('answers in the formats it is asked for', async () => {
    const json = await whyjob(['diagnose', '--json', '--systemd', '252'], LINE)
    expect(Answer.parse(JSON.parse(json.stdout)).systemd).toEqual({ version: 252, assumed: false })
    expect((await whyjob(['diagnose', '--markdown'], LINE)).stdout).toMatch(/^### /)
  })

  test('with --ndjson each file has a line, in order, readable or not', async () => {
    const names = [file('a.txt', LINE), join(folder, 'nowhere'), file('b.txt', 'nothing\n'), file('c.txt', '')]
    const { status, stdout } = await whyjob(['diagnose', '--ndjson', ...names])
    const lines = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(lines.map((line) => ('error' in line ? 'error' : line.schema))).toEqual([
      'whyjob/1',
      'error',
      'whyjob/1',
      'whyjob/1',
    ])
    expect(status).toBe(2)
  })

  test.each([
    ['a file that is not there', () => [join(folder, 'nowhere')], /no such file/],
    ['a folder', () => [folder], /folder/],
    ['binary', () => [file('binary', new Uint8Array([0x7f, 0x45, 0, 1]))], /binary/],
    ['half a UTF-8 sequence', () => [file('half', new Uint8Array([0x4a, 0xc3]))], /UTF-8/],
    ['nothing', () => [file('empty', '')], /Nothing was pasted/],
    ['an unknown option', () => ['--jsn'], /Did you mean --json/],
    ['an unknown release', () => ['--systemd', '9'], /219 to 262/],
  ])('%s ends with status 2 and says why, without a stack', async (_name, args, said) => {
    const { status, stdout, stderr } = await whyjob(['diagnose', ...args()])
    expect(status).toBe(2)
    expect(stdout).toBe('')
    expect(stderr).toMatch(said)
    expect(stderr).not.toMatch(/^\s+at /m)
  })

  test('colours only where they are wanted', async () => {
    const coloured = await whyjob(['diagnose'], LINE, { FORCE_COLOR: '1' })
    expect(coloured.stdout).toContain('\u001b[1m')
    expect((await whyjob(['diagnose'], LINE)).stdout).not.toContain('\u001b')
    expect((await whyjob(['diagnose'], LINE, { NO_COLOR: '1' })).stdout).not.toContain('\u001b')
  })
})

describe('scenarios', () => {
  const STORY = `systemd 252
-- slow.service --
[Service]
ExecStart=/bin/sleep 1000
ExecStop=/bin/sleep 3
-- timeline --
0    systemctl start slow.service
1    systemctl stop slow.service
2    systemctl start slow.service
6    end
`
  test('simulate prints what happens', async () => {
    const { status, stdout } = await whyjob(['simulate', '-'], STORY)
    expect(stdout).toContain('  2.0 slow.service job stop canceled\n')
    expect(stdout).toContain('=> 1 Job for slow.service canceled.\n')
    expect(status).toBe(0)
  })

  test('what systemd says of a unit file comes with its line, apart from the trace', async () => {
    const story = STORY.replace('[Service]', '[Unit]\nFoo=bar\n[Service]\nTimeoutStopSec=banana')
    const { status, stdout, stderr } = await whyjob(['simulate', '--systemd', '252', '-'], story)
    expect(stderr).toBe(`slow.service:2: Unknown key 'Foo' in section [Unit], ignoring.
slow.service:4: Failed to parse time value, ignoring: banana
`)
    expect(stdout).toContain('job stop canceled')
    expect(stdout).not.toContain('Unknown key')
    expect(status).toBe(0)
  })

  test('several files are told apart', async () => {
    const [a, b] = [file('a.scenario', STORY), file('b.scenario', STORY)]
    const { stdout } = await whyjob(['simulate', a, b])
    expect(stdout.match(/^== .*/gm)).toEqual([`== ${a}`, `== ${b}`])
  })

  test('check agrees with what simulate printed, and shows the first difference', async () => {
    const { stdout } = await whyjob(['simulate', '-'], STORY)
    const expected = `${STORY}-- trace --\n${stdout}`
    expect(await whyjob(['check', '-'], expected)).toMatchObject({ status: 0, stdout: '' })
    const changed = await whyjob(['check', '-'], expected.replace('job stop canceled', 'job stop done'))
    expect(changed.status).toBe(1)
    expect(changed.stdout).toContain('+ 2.0 slow.service job stop canceled')
  })

  test('what cannot be read is named by its line', async () => {
    const { status, stderr } = await whyjob(['simulate', '-'], STORY.replace('1    systemctl', 'x    systemctl'))
    expect(status).toBe(2)
    expect(stderr).toMatch(/^-:8: /)
  })

  test('nothing to compare with is bad input', async () => {
    expect((await whyjob(['check', '-'], STORY)).status).toBe(2)
  })
})

/** A stop, a start in its place, and rest: as many looks as the recorder takes. */
const MANAGER = `n=$(cat LOOKS 2>/dev/null || echo 0)
case "$*" in
  *--property=Id\\ *) echo Id=a.service ;;
  *ActiveState*)
    echo $((n + 1)) >LOOKS
    case $n in 1) id=5 ;; 2) id=6 ;; *) id= ;; esac
    printf 'Job=%s\\nActiveState=deactivating\\nSubState=stop\\n' "$id"
    printf 'ActiveEnterTimestampMonotonic=7\\nInactiveEnterTimestampMonotonic=3\\n'
    ;;
  *--no-legend*) [ "$n" = 2 ] && echo '5 a.service stop running' || echo '6 a.service start waiting' ;;
esac
`

describe('the rest', () => {
  test('collect prints a script that the shell can read', async () => {
    const { stdout } = await whyjob(['collect', 'a.service', 'b@\\x2d.timer'])
    expect(stdout).toContain("set -- 'a.service' 'b@\\x2d.timer'")
    expect((await whyjob(['collect', "a'; rm x"])).status).toBe(2)
  })

  test('record prints its script on request, and says what it does not understand', async () => {
    const { stdout } = await whyjob(['record', 'a.service', '--for', '2min', '--debug', '--script'])
    expect(stdout).toContain("\nset -- 'a.service' 120 debug\n")
    expect((await whyjob(['record', 'a.service', '--script'])).stdout).toContain("\nset -- 'a.service' 600\n")
    expect(await whyjob(['record', "a'; rm x"])).toMatchObject({ status: 2, stdout: '' })
    expect(await whyjob(['record', 'a.service', '--for', 'ever'])).toMatchObject({ status: 2, stdout: '' })
  })

  test.skipIf(process.getuid?.() !== 0)(
    'as root, record tells what it meets, then what it makes of it',
    async () => {
      const tools = mkdtempSync(join(folder, 'tools-'))
      const tool = (name: string, text: string) =>
        writeFileSync(join(tools, name), `#!/bin/sh\n${text}`, { mode: 0o755 })
      for (const name of ['busctl', 'journalctl']) tool(name, '')
      tool('systemctl', MANAGER.replaceAll('LOOKS', join(tools, 'looks')))
      const { status, stdout, stderr } = await whyjob(['record', 'a.service', '--for', '30s', '--json'], '', {
        PATH: `${tools}:${process.env.PATH}`,
      })
      expect(stderr).toMatch(/watching a\.service for 30 s[\s\S]*job 6, start, waiting,[\s\S]*end: the unit is at rest/)
      const answer = Answer.parse(JSON.parse(stdout))
      expect(answer.job).toEqual({ unit: 'a.service', type: 'stop', result: 'canceled' })
      expect(answer.explanation).toContain('met no client')
      expect(status).toBe(1)
    },
    30_000,
  )

  test('what is typed wrong is said in a line, with what to do', async () => {
    const paste = file('paste.txt', LINE)
    for (const [typed, said] of [
      [['diagnose', '--json', '--markdown', paste], "'--json' cannot be used with option '--markdown'"],
      [['audit', '--json', '--sarif', paste], "'--json' cannot be used with option '--sarif'"],
      [['simulate', '--order-seed', 'first', paste], 'The number of an order is wanted, as --all-orders prints it.'],
      [['explian', 'JC101'], 'explian: there is no such file. If a command was meant, --help lists them.'],
      [['rules', paste], `${paste}: there is no such folder.`],
    ] as const) {
      const { status, stdout, stderr } = await whyjob(typed)
      expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
      expect(stderr).toContain(said)
      expect(stderr).not.toMatch(/^ +at /m)
    }
  })

  test('rules of your own are checked, and printed as a pack', async () => {
    const own = join(folder, 'own-rules')
    mkdirSync(own)
    copyFileSync(join(RULES, 'JC106-bound-unit-went-down.yaml'), join(own, 'JC706-ours.yaml'))
    expect(JSON.parse((await whyjob(['rules', own])).stdout).rules).toMatchObject([{ code: 'JC706' }])
    mkdirSync(join(own, 'JC707-a-folder.yaml'))
    const { status, stderr } = await whyjob(['rules', own])
    expect(status).toBe(2)
    expect(stderr).toContain(`whyjob: ${own}: EISDIR`)
  })

  test('help and version are answers', async () => {
    expect(await whyjob(['--help'])).toMatchObject({ status: 0, stderr: '' })
    expect((await whyjob(['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
  })

  test.skipIf(!existsSync(SCRIPT))('on a terminal it helps, and tells how far it is with a large file', () => {
    const journal = 'Nov 22 10:00:00 host app[1]: nothing to see here, and more of it every second\n'
    const large = file('large.txt', LINE + journal.repeat(60_000))
    const onTerminal = (typed: string) => spawnSync(SCRIPT, ['-qec', typed, '/dev/null'], { encoding: 'utf8' }).stdout
    const whyjobHere = `${process.execPath} ${command}`
    expect(onTerminal(whyjobHere)).toContain('Usage: whyjob')
    const said = onTerminal(`${whyjobHere} diagnose --json ${large}`)
    // On a terminal it is written over itself, and gone before the answer.
    expect(said.replaceAll('\u001b[K', '<erased>')).toMatch(/reading \S+: 4 MB\r<erased>\{/)
    expect(onTerminal(`${whyjobHere} diagnose --json ${large} 2>/dev/null`)).toMatch(/^\{/)
  })

  test('a reader that stops reading is no error', async () => {
    const many = Array.from({ length: 300 }, () => file('a.txt', LINE))
    const child = spawn(process.execPath, [command, 'diagnose', '--ndjson', ...many])
    let stderr = ''
    child.stderr.on('data', (chunk) => (stderr += chunk))
    child.stdout.once('data', () => child.stdout.destroy())
    await new Promise((resolve) => child.on('close', resolve))
    expect(stderr).toBe('')
  })
})
