// The flight recorder on real machines: five releases of systemd, each as the first process of namespaces of its own.
// It needs root and the root file systems of `npm run oracle:setup`; .ci/run makes them where it can.
import { spawnSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import { RULES } from '../../src/adapters/catalog.ts'
import { recordScript } from '../../src/adapters/record.ts'
import { recorder } from '../../src/adapters/recorder.ts'
import { diagnose } from '../../src/diagnose.ts'
import { type MachineFile, runMachine, type Taken } from '../lab/machine.ts'
import { VERSIONS, whyNoMachines } from '../oracle/roots.ts'

const why = whyNoMachines()

describe('the script', () => {
  test('is read by a shell, and fits on two screens', () => {
    const script = recordScript(recorder(), { unit: 'a@\\x2d.service', seconds: 5 })
    expect(spawnSync('sh', ['-n'], { input: script, encoding: 'utf8' })).toMatchObject({ status: 0, stderr: '' })
    expect(script).toContain("set -- 'a@\\x2d.service' 5\n")
    expect(script.split('\n').filter((line) => line.length > 120)).toEqual([])
    expect(script.split('\n').length).toBeLessThan(220)
  })

  test.each([[], ['a.service', 'soon'], ['a.service', '5;id'], ['']])('says how it is used: %j %j', (...words) => {
    const { status, stderr } = spawnSync('sh', ['-s', '--', ...words], { input: recorder(), encoding: 'utf8' })
    expect({ status, stderr }).toMatchObject({ status: 2, stderr: expect.stringContaining('record.sh UNIT [SECONDS') })
  })
})

const SLOW = '[Service]\nExecStart=/bin/sleep infinity\nExecStop=/bin/sleep 12\n'
const FORCED = '/usr/bin/env SYSTEMCTL_FORCE_BUS=1 /bin/sh -c "systemctl restart bus.service; true"'
const UNITS: Readonly<Record<string, string>> = {
  'private.service': SLOW,
  'bus.service': SLOW,
  'timed.service': SLOW,
  'needed.service': SLOW,
  'quick.service': '[Service]\nType=oneshot\nExecStart=/bin/sleep 0.4\n',
  'panel.service': `[Service]\nType=oneshot\nExecStart=${FORCED}\n`,
  'timed.timer': '[Timer]\nOnActiveSec=5s\nAccuracySec=1ms\n',
  'needs.service': '[Unit]\nRequires=needed.service\nAfter=needed.service\n[Service]\nExecStart=/bin/sleep infinity\n',
}
const WATCHED = ['private', 'bus', 'timed', 'needed']

/** Kills the recorder in each way and says how the log level was while it ran, and how it is a little later. */
const KILLS = `
level() {
  turn=0
  while [ "$(systemctl log-level)" != "$1" ] && [ $turn -lt 60 ]; do sleep 0.2; turn=$((turn + 1)); done
  systemctl log-level
}
for signal in KILL TERM HUP; do
  sh /root/record.sh quiet.service 60 debug >/dev/null &
  echo $signal $(level debug)
  kill -$signal $!
  echo then $(level info)
done
sh /root/record.sh quiet.service 15 debug >/dev/null &
level debug >/dev/null
kill -KILL $(systemctl show --property=MainPID --value whyjob-record-$!.service)
echo guard then $(level info)
`

function play(version: number): Promise<Taken | { readonly failed: string }> {
  const files: MachineFile[] = Object.entries(UNITS).map(([name, text]) => ({
    path: `/etc/systemd/system/${name}`,
    text,
  }))
  const record = (name: string) => `sh /root/record.sh ${name} 40 ${name === 'private' ? 'debug' : ''}`
  const stop = (name: string) => ({ at: 3, id: `stop ${name}`, line: `systemctl --no-block stop ${name}` })
  const session = `systemd-run --scope --unit=session-7.scope sh -c 'sleep 6; systemctl restart private; true' # deploy`
  return runMachine({
    version,
    hostname: 'box',
    fstab: '',
    files: [...files, { path: '/root/record.sh', text: recorder() }, { path: '/root/kills.sh', text: KILLS }],
    before: [`systemctl start ${WATCHED.join(' ')}`],
    steps: [
      ...WATCHED.map((name) => ({ at: 0, id: name, line: record(name) })),
      ...WATCHED.map(stop),
      { at: 0, id: 'quick', line: record('quick') },
      { at: 4, id: 'look', line: 'systemctl status quick; systemctl is-active quick; systemctl show quick' },
      { at: 12, id: 'quick again', line: 'systemctl start quick' },
      { at: 1, id: 'session', line: session },
      { at: 2.5, id: 'timer', line: 'systemctl --no-block start timed.timer' },
      { at: 7, id: 'panel', line: 'systemctl --no-block start panel.service' },
      { at: 7.5, id: 'needs', line: 'systemctl start needs.service' },
      { at: 32, id: 'kills', line: 'sh /root/kills.sh' },
    ],
    seconds: 80,
    take: { level: 'systemctl log-level', left: 'ps ax -o args' },
  })
}

describe.skipIf(why !== null)(`real machines${why === null ? '' : `, skipped: ${why}`}`, () => {
  test.concurrent.each(VERSIONS)('systemd %i: whoever asks is named', { timeout: 240_000 }, async (version) => {
    const played = await play(version)
    if ('failed' in played) throw new Error(played.failed)
    const { said, taken } = played
    const answers = Object.fromEntries(WATCHED.map((name) => [name, diagnose(said[name]?.output ?? '', RULES)]))
    const told = Object.fromEntries(
      Object.entries(answers).map(([name, { outcome, cause, trigger }]) => [
        name,
        [outcome, cause, trigger?.unit ?? '-', trigger?.client ?? 'no client'].join(', '),
      ]),
    )
    expect(told).toEqual({
      private: 'explained, opposing-request, session-7.scope, systemctl restart private',
      bus: 'explained, exec-calls-systemctl, panel.service, systemctl restart bus.service',
      timed: 'explained, timer-activation, timed.timer, no client',
      needed: 'explained, opposing-request, needs.service, systemctl start needs.service',
    })
    expect(answers.private?.explanation).toContain(
      'started by `/usr/bin/sh -c sleep 6; systemctl restart private; true',
    )
    expect(answers.timed?.explanation).toContain('met no client')
    expect(said.private?.output).toMatch(/private\.service\/stop finished, result=canceled/)
    expect(said.private?.output).toMatch(/end: the unit is at rest$/m)
    // Whoever only looks is no client, and a job may be over before the recorder looks at the unit again.
    expect(said.quick?.output).toMatch(/client \d+ of -, uid 0: systemctl start quick\n[\s\S]*end: the unit is at rest/)
    expect(said.quick?.output).not.toMatch(/client \d+ of .*(?:status|is-active|show) quick/)
    expect(said.kills?.output).toBe(
      'KILL debug\nthen info\nTERM debug\nthen info\nHUP debug\nthen info\nguard then info\n',
    )
    expect(taken.level).toBe('info\n')
    expect(taken.left).not.toMatch(/busctl|record\.sh/)
  })
})
