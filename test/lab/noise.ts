/** What else goes on meanwhile: people log in, jobs of cron run, small services come and go. None of it matters. */

import type { Chance } from './chance.ts'
import type { Deed, LogLine } from './incident.ts'

const LINES: readonly ((c: Chance) => string)[] = [
  (c) =>
    `<38>sshd[${c.integer(400, 30000)}]: Accepted publickey for root from 10.0.${c.integer(0, 9)}.7 port 50122 ssh2`,
  (c) => `<86>sshd[${c.integer(400, 30000)}]: pam_unix(sshd:session): session opened for user root(uid=0) by (uid=0)`,
  (c) => `<78>CRON[${c.integer(400, 30000)}]: (root) CMD (   cd / && run-parts --report /etc/cron.hourly)`,
  (c) =>
    `<30>NetworkManager[${c.integer(300, 900)}]: <info>  [1718000000.1] dhcp4 (eth0): state changed bound -> bound`,
  (c) => `<22>postfix/smtpd[${c.integer(900, 9000)}]: connect from unknown[203.0.113.${c.integer(2, 250)}]`,
  (c) => `<6>kernel: [UFW BLOCK] IN=eth0 OUT= SRC=198.51.100.${c.integer(2, 250)} DST=10.0.0.5 PROTO=TCP DPT=23`,
  (c) => `<29>chronyd[${c.integer(300, 900)}]: Selected source 192.0.2.${c.integer(2, 250)}`,
  () => '<14>snapd[611]: storehelpers.go:773: cannot refresh: snap has no updates available: "core20"',
  (c) => `<4>app[${c.integer(900, 9000)}]: retrying in ${c.integer(2, 30)}s: connection reset by peer`,
]

interface NoiseUnit {
  readonly name: string
  readonly text: string
}

const oneshot = (description: string, command: string) =>
  `[Unit]\nDescription=${description}\n\n[Service]\nType=oneshot\nExecStart=${command}\n`

const UNITS: readonly NoiseUnit[] = [
  { name: 'logrotate.service', text: oneshot('Rotate log files', '/bin/sleep 0.4') },
  { name: 'man-db.service', text: oneshot('Daily man-db regeneration', '/bin/sleep 0.7') },
  { name: 'sysstat-collect.service', text: oneshot('system activity accounting tool', '/bin/true') },
  { name: 'phpsessionclean.service', text: oneshot('Clean php session files', '/bin/sleep 0.3') },
  { name: 'motd-news.service', text: oneshot('Message of the Day', '/bin/echo checking for news') },
  { name: 'anacron.service', text: '[Unit]\nDescription=Run anacron jobs\n\n[Service]\nExecStart=/bin/sleep 1.2\n' },
]

export interface Noise {
  readonly units: Readonly<Record<string, string>>
  readonly deeds: readonly Deed[]
  readonly logs: readonly LogLine[]
}

export function noiseFor(chance: Chance, seconds: number): Noise {
  const moment = () => Math.round(chance.next() * (seconds - 1) * 100) / 100 + 0.2
  const units = chance.shuffle(UNITS).slice(0, chance.integer(0, 2))
  const logs = Array.from({ length: chance.integer(0, 5) }, () => ({ at: moment(), log: chance.pick(LINES)(chance) }))
  return {
    units: Object.fromEntries(units.map(({ name, text }) => [name, text])),
    deeds: units.map(({ name }) => ({ at: moment(), who: 'hidden', line: `systemctl start ${name}` })),
    logs,
  }
}
