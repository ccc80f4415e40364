/** What is measured: many units, a small story, a long paste. Made, not stored. */

import { parseScenario, type Scenario } from '../../src/systemd/scenario.ts'

/** What the services of a gated world wait for: its start never ends, so that none of them runs anything. */
export const GATE = 'gate.service'

/**
 * `count` services required by one target; with `chained`, each after and wanting its ten predecessors; with `gated`,
 * each after the gate as well.
 */
export function manyUnits(count: number, chained: boolean, gated = false): Scenario {
  const names = Array.from({ length: count }, (_, i) => `s${String(i).padStart(5, '0')}.service`)
  const files = names.map((name, i) => {
    const before = chained ? names.slice(Math.max(0, i - 10), i).join(' ') : ''
    const order = before === '' ? [] : [`After=${before}`, `Wants=${before}`]
    if (gated) order.push(`After=${GATE}`)
    return {
      name,
      text: ['[Unit]', 'DefaultDependencies=no', ...order, '[Service]', 'ExecStart=/bin/true', ''].join('\n'),
    }
  })
  const target = { name: 'all.target', text: `[Unit]\nDefaultDependencies=no\nRequires=${names.join(' ')}\n` }
  const story = parseScenario('manager user\n-- timeline --\n0 systemctl start --no-block all.target\n0 end\n')
  const gate = {
    name: GATE,
    text: '[Unit]\nDefaultDependencies=no\n[Service]\nType=oneshot\nExecStart=/bin/sleep infinity\n',
  }
  return { ...story, files: [...files, target, ...(gated ? [gate] : [])] }
}

/** Five units and ten actions, a bit of everything. */
export function smallStory(): Scenario {
  return parseScenario(`manager user
-- a.service --
[Unit]
BindsTo=b.service
After=b.service
[Service]
ExecStart=/bin/sleep 1000
ExecStop=/bin/sleep 1
-- b.service --
[Service]
ExecStart=/bin/sleep 1000
Restart=on-failure
-- c.service --
[Unit]
Conflicts=a.service
[Service]
Type=oneshot
ExecStart=/bin/sleep 1.3
-- d.target --
[Unit]
Wants=a.service c.service
-- e.timer --
[Timer]
OnActiveSec=2.5
Unit=c.service
-- timeline --
0 systemctl start a.service
1 systemctl start e.timer
2 systemctl stop a.service
2.6 systemctl start a.service
5 systemctl restart b.service
6 systemctl start d.target
7 systemctl kill b.service
8 systemctl reload-or-restart a.service
9 systemctl start c.service
10 systemctl stop b.service
14 end
`)
}

/** About `bytes` of what people paste: a complaint, twenty unit files, and a journal of the services around. */
export function longPaste(bytes: number): string {
  const units = Array.from({ length: 20 }, (_, i) => `worker${i}.service`)
  const head = [
    '$ sudo systemctl stop worker0',
    'Job for worker0.service canceled.',
    '',
    ...units.flatMap((name, i) => [
      `# /etc/systemd/system/${name}`,
      '[Unit]',
      `Description=Worker ${i}`,
      ...(i === 0 ? [] : [`Wants=worker${i - 1}.service`, `After=worker${i - 1}.service`]),
      '[Service]',
      `ExecStart=/usr/bin/worker --number ${i}`,
      `ExecStop=/usr/bin/worker --drain ${i}`,
      '',
    ]),
  ].join('\n')
  const lines: string[] = [head]
  let size = head.length
  for (let i = 0; size < bytes; i++) {
    const at = `Nov 20 03:${String(Math.floor(i / 60) % 60).padStart(2, '0')}:${String(i % 60).padStart(2, '0')} host`
    const line =
      i % 3 === 0
        ? `${at} systemd[1]: ${['Stopping', 'Stopped', 'Started'][(i % 9) % 3]} Worker ${i % 20}.`
        : `${at} worker[${1000 + (i % 20)}]: request ${i} took ${i % 97} ms, queue ${i % 13}, nothing to see here`
    lines.push(line)
    size += line.length + 1
  }
  return `${lines.join('\n')}\n`
}

/** About `bytes` of a journal, three entries in ten from the manager, in pieces. */
export function* longJournal(format: 'short' | 'json', bytes: number): Generator<string> {
  let size = 0
  for (let i = 0; size < bytes; ) {
    let piece = ''
    for (const end = i + 1000; i < end; i++) piece += `${format === 'json' ? jsonEntry(i) : shortEntry(i)}\n`
    size += piece.length
    yield piece
  }
}

const SAYS = ['Stopping {}...', '{}: Deactivated successfully.', 'Started {}.'] as const

interface Entry {
  readonly unit: string
  /** Null: said by the unit's own program. */
  readonly manager: string | null
  readonly says: string
}

function entry(i: number): Entry {
  const unit = `worker${(i * 7) % 20}.service`
  const own = `request ${i} took ${i % 97} ms, queue ${i % 13}, nothing to see here, client 10.0.${i % 200}.${i % 250}`
  const manager = i % 10 < 3 ? (SAYS[i % 10] as string).replace('{}', unit) : null
  return { unit, manager, says: manager ?? own }
}

function shortEntry(i: number): string {
  const { manager, says } = entry(i)
  const seconds = Math.floor(i / 10)
  const [h, m, s] = [Math.floor(seconds / 3600) % 24, Math.floor(seconds / 60) % 60, seconds % 60].map((part) =>
    String(part).padStart(2, '0'),
  )
  return `Nov 20 ${h}:${m}:${s} host ${manager === null ? `worker[${1000 + (i % 20)}]` : 'systemd[1]'}: ${says}`
}

function jsonEntry(i: number): string {
  const { unit, manager, says } = entry(i)
  const fields = {
    __REALTIME_TIMESTAMP: String(1_763_607_600_000_000 + i * 100_000),
    __MONOTONIC_TIMESTAMP: String(i * 100_000),
    _BOOT_ID: '0e0f3c6ab1f84a7f9f1c1f9a7a0c2d11',
    _MACHINE_ID: '9b8a7c6d5e4f40318273645546372819',
    _HOSTNAME: 'host',
    PRIORITY: '6',
  }
  const of =
    manager === null
      ? { SYSLOG_IDENTIFIER: 'worker', _PID: String(1000 + (i % 20)), _COMM: 'worker', _SYSTEMD_UNIT: unit }
      : { SYSLOG_IDENTIFIER: 'systemd', _PID: '1', _COMM: 'systemd', UNIT: unit }
  return JSON.stringify({ ...fields, ...of, MESSAGE: says })
}
