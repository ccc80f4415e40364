/**
 * Records what real machines print, in every format that is read: `node test/pastes/record.ts [VERSION…]`, as root,
 * with
 * the oracle's root file systems in place. The recordings are committed; the tests need no systemd.
 */

import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { RECORDED } from '../../src/systemd/versions.ts'
import { type MachineFile, type MachineStep, runMachine } from '../lab/machine.ts'

const UNITS = '/etc/systemd/system'
const FOLDER = join(import.meta.dirname, 'recordings')

const unit = (name: string, text: string): MachineFile => ({ path: `${UNITS}/${name}`, text: `${text.trim()}\n` })

const FILES: readonly MachineFile[] = [
  unit(
    'web.service',
    `[Unit]
Description=Web front end
Documentation=man:web(8) https://web.example/docs
Wants=cache.service
After=cache.service

[Service]
ExecStartPre=/bin/true --check
ExecStart=/bin/sleep 1000
ExecStop=/bin/sleep 2
Environment=WEB_MODE=fast "WEB_PASSWORD=open sesame"

[Install]
WantedBy=multi-user.target`,
  ),
  unit('web.service.d/10-limits.conf', '[Service]\nLimitNOFILE=4096'),
  unit('web.service.d/20-more.conf', '[Unit]\nAfter=network.target'),
  unit('cache.service', '[Unit]\nDescription=Cache\n\n[Service]\nExecStart=/bin/sleep 1000'),
  unit(
    'crash.service',
    '[Unit]\nDescription=Crashes\nStartLimitBurst=2\n\n' +
      '[Service]\nExecStart=/bin/false\nRestart=on-failure\nRestartSec=300ms',
  ),
  unit('job.service', '[Unit]\nDescription=Nightly job\n\n[Service]\nType=oneshot\nExecStart=/bin/sh -c "echo done"'),
  unit(
    'needs.service',
    '[Unit]\nDescription=Needs a job that fails\nRequires=fails.service\nAfter=fails.service\n\n' +
      '[Service]\nExecStart=/bin/sleep 9',
  ),
  unit('fails.service', '[Unit]\nDescription=Fails\n\n[Service]\nType=oneshot\nExecStart=/bin/sh -c "exit 3"'),
  unit(
    'bound.service',
    '[Unit]\nDescription=Bound\nBindsTo=cache.service\nAfter=cache.service\n\n' +
      '[Service]\nExecStart=/bin/sleep 1000',
  ),
  unit('echo.socket', '[Unit]\nDescription=Echo socket\n\n[Socket]\nListenStream=/run/echo.sock'),
  unit('echo.service', '[Unit]\nDescription=Echo\n\n[Service]\nExecStart=/bin/sleep 1000'),
  unit('tick.timer', '[Unit]\nDescription=Ticks\n\n[Timer]\nOnCalendar=daily\nUnit=job.service'),
  unit('watch.path', '[Unit]\nDescription=Watches\n\n[Path]\nPathExists=/run/watched\nUnit=job.service'),
  unit(
    'skipped.service',
    '[Unit]\nDescription=Skipped\nConditionPathExists=/nowhere\n\n' +
      '[Service]\nExecStart=/bin/sleep 1',
  ),
  unit(
    'asserts.service',
    '[Unit]\nDescription=Asserts\nAssertPathExists=/nowhere\n\n' +
      '[Service]\nExecStart=/bin/sleep 1',
  ),
  unit('manual.service', '[Unit]\nRefuseManualStart=yes\n\n[Service]\nExecStart=/bin/sleep 1000'),
  unit(
    'contrary.service',
    '[Unit]\nRequires=cache.service\nConflicts=cache.service\n\n' +
      '[Service]\nExecStart=/bin/sleep 1',
  ),
  unit(
    'round-a.service',
    '[Unit]\nAfter=round-b.service\nRequires=round-b.service\n\n' +
      '[Service]\nExecStart=/bin/sleep 1',
  ),
  unit(
    'round-b.service',
    '[Unit]\nAfter=round-a.service\nRequires=round-a.service\n\n' +
      '[Service]\nExecStart=/bin/sleep 1',
  ),
  unit('broken.service', '[Service]\nType=nonsense\nFrobnicate=1\nExecStop=/bin/true'),
  unit(
    'deaf.service',
    '[Unit]\nDescription=Deaf\n\n' +
      '[Service]\nExecStart=/bin/sh -c \'trap "" TERM; sleep 1000 & wait; wait\'\nTimeoutStopSec=1',
  ),
  { path: `${UNITS}/hidden.service`, text: '', link: '/dev/null' },
]

const typed = (at: number, line: string): MachineStep => ({ at, id: `${at} ${line}`, line })

const STEPS: readonly MachineStep[] = [
  typed(0, 'systemctl start web'),
  typed(0.1, 'systemctl start echo.socket tick.timer watch.path'),
  typed(0.4, 'systemctl start bound'),
  typed(0.5, 'systemctl start crash; systemctl is-active crash web'),
  typed(0.6, 'systemctl start needs'),
  typed(0.7, 'systemctl start skipped'),
  typed(0.8, 'systemctl start asserts'),
  typed(0.9, 'systemctl start manual'),
  typed(1.0, 'systemctl start contrary'),
  typed(1.1, 'systemctl start round-a'),
  typed(1.2, 'systemctl start broken'),
  typed(1.3, 'systemctl start hidden'),
  typed(1.4, 'systemctl start nowhere'),
  typed(1.5, 'systemctl stop nowhere'),
  typed(1.6, 'systemctl reload web'),
  typed(1.7, 'systemctl isolate web'),
  typed(2.0, 'systemctl stop cache'),
  typed(2.5, 'systemctl stop web'),
  typed(2.8, 'systemctl list-jobs; systemctl list-jobs --after; systemctl list-jobs --before'),
  typed(3.0, 'systemctl start web'),
  typed(3.2, 'systemctl start --job-mode=fail cache; systemctl stop --job-mode=fail web'),
  typed(3.4, 'systemctl start --job-mode=replace-irreversibly deaf'),
  typed(3.6, 'systemctl stop deaf'),
  typed(3.8, 'systemctl stop echo.service; systemctl start echo.service; systemctl stop echo.service'),
  typed(4.2, 'systemctl mask tick.timer; systemctl unmask tick.timer; systemctl enable web'),
  typed(4.6, 'systemctl daemon-reload'),
  typed(5.2, 'systemctl reset-failed crash; systemctl --no-block restart crash'),
  typed(6.0, 'systemctl restart job'),
]

const journal = (format: string, more = '') => `JOURNALCTL -o ${format} ${more}`

/** What is asked of each machine afterwards; the key becomes the file's name. */
const TAKE: Readonly<Record<string, string>> = {
  status: 'systemctl status web crash echo.socket tick.timer watch.path skipped asserts hidden broken cache',
  'status-missing': 'systemctl status nowhere',
  'status-all': 'systemctl status "dev-*" "*.slice" "*.mount" multi-user.target --no-pager | head -150',
  'status-manager': 'systemctl status 2>&1 | head -40',
  'status-colour': 'SYSTEMD_COLORS=1 SYSTEMD_URLIFY=1 systemctl status web crash',
  show: 'systemctl show web.service',
  'show-some': 'systemctl show -p Id,ActiveState,SubState,Result,Job,TriggeredBy crash.service echo.service watch.path',
  cat: 'systemctl cat web.service cache.service',
  'list-units': 'systemctl list-units --all; systemctl list-units --failed',
  'list-unit-files': 'systemctl list-unit-files | head -60',
  'list-timers': 'systemctl list-timers --all',
  'list-sockets': 'systemctl list-sockets --all',
  'list-dependencies': 'systemctl list-dependencies web.service',
  'list-dependencies-multi-user': 'systemctl list-dependencies multi-user.target',
  'list-dependencies-plain': 'systemctl list-dependencies --plain multi-user.target',
  'list-dependencies-more':
    'systemctl list-dependencies --reverse cache; systemctl list-dependencies --after web; ' +
    'systemctl list-dependencies --before cache',
  'list-paths': 'systemctl list-paths 2>/dev/null; systemctl list-automounts 2>/dev/null',
  'journal-boots': 'journalctl --list-boots',
  'cat-more': 'systemctl cat echo.socket tick.timer watch.path',
  'systemd-analyze': 'systemd-analyze time; systemd-analyze blame | head -20',
  'systemd-run':
    'systemd-run true; systemd-run --unit=one --wait true; systemd-run --unit=two --wait false; ' +
    'systemd-run --on-active=50 true; systemd-run --scope true; systemd-run --unit=web true',
  'busctl-monitor':
    '(timeout 2 busctl monitor org.freedesktop.systemd1 & sleep 0.7; systemctl restart cache; wait) 2>&1 | head -150',
  'busctl-call':
    'M="org.freedesktop.systemd1 /org/freedesktop/systemd1 org.freedesktop.systemd1.Manager"; ' +
    'busctl call $M StartUnit ss cache.service replace; ' +
    'busctl list | head -8; busctl introspect org.freedesktop.systemd1 /org/freedesktop/systemd1 | head -12',
  'journal-short-delta': 'JOURNALCTL -o short-delta -n 30 2>/dev/null',
  version: 'systemctl --version',
  'critical-chain': 'systemd-analyze critical-chain multi-user.target',
  verify: `systemd-analyze verify ${UNITS}/round-a.service ${UNITS}/broken.service 2>&1 | cat`,
  dump: 'systemd-analyze dump | head -250',
  'journal-short': journal('short'),
  'journal-short-x': journal('short', '-x'),
  'journal-short-iso': journal('short-iso'),
  'journal-short-iso-precise': journal('short-iso-precise', '-n 30'),
  'journal-short-precise': journal('short-precise', '-n 30'),
  'journal-short-full': journal('short-full', '-n 30'),
  'journal-short-monotonic': journal('short-monotonic', '-n 30'),
  'journal-short-unix': journal('short-unix', '-n 30'),
  'journal-with-unit': journal('with-unit'),
  'journal-cat': journal('cat'),
  'journal-verbose': journal('verbose', '-n 12'),
  'journal-json': journal('json', '-n 15'),
  'journal-json-pretty': journal('json-pretty', '-n 12'),
  'journal-json-sse': journal('json-sse', '-n 12'),
  'journal-json-seq': journal('json-seq', '-n 12'),
  'journal-export': journal('export', '-n 12'),
  'journal-boot': 'journalctl -b --no-pager | head -120',
}

/** Of a debug log what the job engine, the units and the bus say, and not all of it. */
const LOUD = `${journal('short')} | grep -vE 'sd-bus|cgroup|Registering bus|Bus private|fd store|Serializ' | head -300`

async function record(version: number): Promise<void> {
  const plan = { version, hostname: 'host', fstab: '', files: FILES, seconds: 9, take: TAKE }
  const before = ['systemd-analyze log-level debug || systemctl log-level debug']
  const quiet = await runMachine({ ...plan, before: ['journalctl --update-catalog'], steps: STEPS })
  const loud = await runMachine({ ...plan, before, steps: STEPS, take: { 'journal-debug': LOUD } })
  for (const machine of [quiet, loud]) {
    if ('failed' in machine) throw new Error(machine.failed)
  }
  if ('failed' in quiet || 'failed' in loud) return
  const folder = join(FOLDER, String(version))
  mkdirSync(folder, { recursive: true })
  const session = Object.values(quiet.said)
    .sort((a, b) => a.began - b.began)
    .map(({ command, output }) => `root@host:~# ${command}\n${output}`)
  writeFileSync(join(folder, 'session.txt'), session.join(''))
  for (const [name, text] of Object.entries({ ...quiet.taken, ...loud.taken })) {
    writeFileSync(join(folder, `${name}.txt`), text)
  }
}

const wanted = process.argv.slice(2).map(Number)
for (const version of wanted.length > 0 ? wanted : RECORDED) await record(version)
