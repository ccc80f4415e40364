// A story as a script: what it may run on somebody's machine, and what it never does.
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { reproduction } from '../../src/render/reproduction.ts'
import { parseScenario } from '../../src/systemd/scenario.ts'

const made = (story: string) => reproduction(parseScenario(story))
const scriptOf = (story: string): string => {
  const one = made(story)
  if ('refused' in one) throw new Error(one.refused)
  return one.script
}
/** The lines of one unit in the script. */
const unitOf = (lines: string, processes = ''): string =>
  /'a\.service' <<'end-of-unit'\n([\s\S]*?)end-of-unit/.exec(
    scriptOf(`-- a.service --\n${lines}\n-- processes --\n${processes}\n-- timeline --\n0 systemctl start a\n1 end\n`),
  )?.[1] ?? ''

const SCENARIOS = join(import.meta.dirname, '../scenarios')

test('every recorded story is a script that a shell can read, or is refused in one sentence', () => {
  const names = readdirSync(SCENARIOS).filter((name) => name.endsWith('.scenario'))
  const all = names.map((name) => made(readFileSync(join(SCENARIOS, name), 'utf8')))
  const scripts = all.flatMap((one) => ('script' in one ? [one.script] : []))
  expect(scripts.length).toBeGreaterThan(names.length / 2)
  for (const one of all) if ('refused' in one) expect(one.refused).toMatch(/\.$/)
  expect(spawnSync('sh', ['-n'], { input: scripts.join('\n'), encoding: 'utf8' })).toMatchObject({ stderr: '' })
})

describe('a command', () => {
  test.each([
    ['/bin/sleep 3', '/bin/sleep 3'],
    ['/usr/bin/sleep 1.5', '/bin/sleep 1.5'],
    ['-/bin/false', '-/bin/false'],
    ["/bin/sh -c 'sleep 2; exit 3'", "/bin/sh -c 'sleep 2 ; exit 3'"],
    ['/bin/systemctl --no-block stop b.service', "/bin/sh -c 'systemctl --user --no-block stop b.service'"],
  ])('that is known is run: %s', (command, run) => {
    expect(unitOf(`[Service]\nExecStart=${command}`)).toBe(`[Service]\nExecStart=${run}\n`)
  })

  test.each([
    '/usr/sbin/nginx -g "daemon off;"',
    '/bin/rm -rf /srv',
    "/bin/sh -c 'sleep 1; rm -rf /srv'",
    "/bin/sh -c 'sleep $(reboot)'",
    '/bin/sh -c "sleep 1`reboot`"',
    '/bin/sleep 1; reboot',
    '/usr/bin/systemctl poweroff',
    '/usr/bin/systemctl --host=prod stop b.service',
    "/usr/bin/systemctl stop 'b; reboot'",
  ])('that is not has a stand-in: %s', (command) => {
    expect(unitOf(`[Service]\nExecStart=${command}`)).toBe('[Service]\nExecStart=/bin/sleep infinity\n')
  })

  test('does what the story says of it', () => {
    expect(unitOf('[Service]\nExecStart=/opt/x', 'a.service ExecStart runs 2 exits SEGV')).toContain(
      "ExecStart=/bin/sh -c 'sleep 2.4; kill -SEGV $$$$'",
    )
    expect(unitOf('[Service]\nExecStart=/opt/x', 'a.service ExecStart ignores TERM')).toContain(
      `ExecStart=/bin/sh -c 'trap "" TERM; sleep infinity'`,
    )
    expect(unitOf('[Service]\nExecStart=/opt/x', 'a.service ExecStart runs 2 exits $(reboot)')).not.toContain('reboot')
    expect(unitOf('[Service]\nExecStart=/opt/x', 'a.service ExecStart ignores $(reboot)')).not.toContain('reboot')
  })

  test('announces what its type waits for', () => {
    expect(unitOf('[Service]\nType=notify\nExecStart=/opt/x')).toContain('systemd-notify --ready')
    expect(unitOf('[Service]\nType=forking\nExecStart=/opt/x')).toContain("'sleep infinity &'")
    expect(unitOf('[Service]\nType=dbus\nBusName=a.b\nExecStart=/opt/x')).not.toMatch(/dbus|BusName/)
  })
})

describe('a setting', () => {
  test.each([
    'User=root',
    'FailureAction=reboot-force',
    'RuntimeDirectory=../../etc',
    'Environment=A=$(reboot)',
    'PIDFile=/etc/passwd',
    'BindPaths=/',
  ])('with an effect outside of the story is left out: %s', (line) => {
    expect(unitOf(`[Service]\n${line}\nExecStart=/bin/true`)).toBe('[Service]\nExecStart=/bin/true\n')
  })

  test('cannot end the file that it stands in', () => {
    expect(unitOf('[Unit]\nDescription=x\\\nend-of-unit\n[Service]\nExecStart=/bin/true')).not.toMatch(/^end-of-unit$/m)
  })

  test('that names a file names one of the story', () => {
    expect(unitOf('[Unit]\nConditionPathExists=!/etc/shadow\n[Service]\nExecStart=/bin/true')).toContain(
      'ConditionPathExists=!%t/story/etc/shadow',
    )
    const path = scriptOf('-- a.path --\n[Path]\nPathExists=/etc/x\n-- timeline --\n0 touch /etc/x\n1 end\n')
    expect(path).toContain('PathExists=%t/story/etc/x')
    expect(path).toContain('make "$XDG_RUNTIME_DIR/story"/etc/x')
  })
})

test.each([
  ['0 systemctl poweroff', 'reach beyond'],
  ['0 systemctl start $(reboot).service', 'not safe'],
  ["0 systemctl start 'a", 'not safe'],
  ['0 rm /../../etc', 'not safe'],
  ['0 systemctl --host=x start a', 'reach beyond'],
])('%s is refused', (action, why) => {
  const one = made(`-- a.service --\n[Service]\nExecStart=/bin/true\n-- timeline --\n${action}\n1 end\n`)
  expect('refused' in one && one.refused).toContain(why)
})

test.each(['home.mount', '$(reboot).service', '-x.service', 'a.service.d/$(reboot).conf'])('%s is refused', (name) => {
  const one = made(`-- ${name} --\n[Unit]\n-- timeline --\n0 systemctl start a\n1 end\n`)
  expect('refused' in one && one.refused).toContain(name)
})
