/** Stacks of units as they are run together: what goes down or comes up three units away reaches the job asked for. */

import type { Cast } from './cast.ts'
import { asked, displaced } from './families-chains.ts'
import { otherAsks } from './families-requests.ts'
import type { Family, ToolRun } from './incident.ts'

const SLOW = [3, 4] as const

interface Parts {
  readonly unit?: readonly string[]
  readonly service?: readonly string[]
}

/** A service as a vendor ships it, which runs until it is told to stop. */
function shipped(cast: Cast, name: string, description: string, { unit = [], service = [] }: Parts): string {
  const program = service.some((line) => line.startsWith('ExecStart=')) ? [] : ['ExecStart=/usr/bin/sleep infinity']
  const lines = ['[Unit]', `Description=${description}`, ...unit, '', '[Service]', ...program, ...service]
  return cast.file(name, `${lines.join('\n')}\n`)
}

const slowStart = (cast: Cast) => [`ExecStartPre=/usr/bin/sleep ${cast.chance.seconds(...SLOW)}`]
const slowStop = (cast: Cast) => [`ExecStop=/usr/bin/sleep ${cast.chance.seconds(...SLOW)}`]

/** Requires= carries the stop over two units. */
const requirementThreeDeep: Family = {
  name: 'stop-comes-through-two-requirements',
  make(cast) {
    const base = shipped(cast, 'mariadb.service', 'MariaDB 10.11 database server', {})
    const middle = shipped(cast, 'catalogd.service', 'Catalogue over HTTP', {
      unit: [`Requires=${base}`, `After=${base}`],
    })
    const unit = shipped(cast, 'storefront.service', 'Storefront', {
      unit: [`Requires=${middle}`, `After=${middle}`],
      service: slowStart(cast),
    })
    return asked(cast, 'start', unit, {
      before: [`systemctl start ${middle}`],
      ...otherAsks(cast, 1.8, `systemctl stop ${cast.typed(base)}`),
      about: [unit, middle, base],
      truth: displaced(unit, 'start', 'stop', 'propagates-stop'),
    })
  },
}

/** The lowest of three ends; each is bound to the one below. */
const boundThreeDeep: Family = {
  name: 'bound-through-two-units',
  make(cast) {
    const link = shipped(cast, 'wg-uplink.service', 'Uplink', {
      service: [`ExecStart=/usr/bin/bash -c 'sleep 1.9; exit ${cast.chance.pick([0, 3])}'`],
    })
    const relay = shipped(cast, 'relay.service', 'Relay', { unit: [`BindsTo=${link}`, `After=${link}`] })
    const unit = shipped(cast, 'mirror-sync.service', 'Mirror', {
      unit: [`BindsTo=${relay}`, `After=${relay}`],
      service: slowStart(cast),
    })
    return asked(cast, 'start', unit, {
      about: [unit, relay, link],
      truth: displaced(unit, 'start', 'stop', 'bindsto-inactive'),
    })
  },
}

/** Requisite= passes a stop on as Requires= does. */
const requisiteStopped: Family = {
  name: 'requisite-stopped-during-start',
  make(cast) {
    const base = shipped(cast, 'slurmctld.service', 'Slurm controller daemon', {})
    const unit = shipped(cast, 'slurm-exporter.service', 'Metrics of the queue', {
      unit: [`Requisite=${base}`, `After=${base}`],
      service: slowStart(cast),
    })
    return asked(cast, 'start', unit, {
      before: [`systemctl start ${base}`],
      ...otherAsks(cast, 1.7, `systemctl stop ${cast.typed(base)}`),
      about: [unit, base],
      truth: displaced(unit, 'start', 'stop', 'propagates-stop'),
    })
  },
}

/** The new color comes up before the old one is ready. */
const blueGreen: Family = {
  name: 'instances-exclude-each-other',
  make(cast) {
    const [one, two] = cast.chance.shuffle(['blue', 'green'])
    const unit = `shopfront@${one}.service`
    cast.file(
      'shopfront@.service',
      `[Unit]\nDescription=Shop front, color %i\n\n[Service]\n${slowStart(cast)}\nExecStart=/usr/bin/sleep infinity\n`,
    )
    const rival = `shopfront@${two}.service`
    cast.file(`${rival}.d/exclusive.conf`, `[Unit]\nConflicts=${unit}\n`)
    return asked(cast, 'start', unit, {
      ...otherAsks(cast, 1.9, `systemctl start ${rival}`),
      about: [unit, rival],
      truth: displaced(unit, 'start', 'stop', 'conflicts'),
    })
  },
}

/** Distributions ship the socket with a Conflicts= on the daemon that listens itself. */
const socketOrDaemon: Family = {
  name: 'socket-excludes-the-daemon',
  make(cast) {
    const port = cast.chance.integer(2200, 2900)
    const unit = shipped(cast, 'sshd.service', 'OpenSSH server daemon', {
      service: ['ExecStartPre=/usr/bin/sleep 3.4', 'KillMode=process'],
    })
    cast.file('sshd@.service', '[Unit]\nDescription=OpenSSH per-connection\n\n[Service]\nExecStart=-/usr/bin/true\n')
    const socket = cast.file(
      'sshd.socket',
      `[Unit]\nDescription=OpenSSH Server Socket\nConflicts=${unit}\n\n[Socket]\nListenStream=${port}\nAccept=yes\n`,
    )
    return asked(cast, 'start', unit, {
      ...otherAsks(cast, 1.9, `systemctl ${cast.chance.pick(['start', 'restart'])} ${socket}`),
      about: [unit, socket],
      truth: displaced(unit, 'start', 'stop', 'conflicts'),
    })
  },
}

/** A service for each connection, and each of them wants what is being stopped. */
const perConnection: Family = {
  name: 'connection-instance-needs-it',
  make(cast) {
    const port = cast.chance.integer(4000, 9000)
    const unit = shipped(cast, 'lookupd.service', 'Lookup tables', { service: slowStop(cast) })
    const setting = cast.chance.pick(['Requires', 'Wants'])
    cast.file(
      'finger@.service',
      `[Unit]\nDescription=One query\n${setting}=${unit}\nAfter=${unit}\n\n[Service]\nExecStart=-/usr/bin/true\n`,
    )
    const socket = cast.file('finger.socket', `[Socket]\nListenStream=127.0.0.1:${port}\nAccept=yes\n`)
    return asked(cast, 'stop', unit, {
      before: [`systemctl start ${socket}`],
      deeds: [{ at: 1.8, who: 'hidden', line: `bash -c 'exec 3<>/dev/tcp/127.0.0.1/${port}; sleep 1'` }],
      about: [unit, 'finger@.service', socket],
      truth: displaced(unit, 'stop', 'start', 'socket-activation'),
    })
  },
}

/** Its last run was missed, so enabling the timer is starting the service: once it is down, as timers go before. */
const missedRun: Family = {
  name: 'persistent-timer-catches-up',
  make(cast) {
    const unit = shipped(cast, 'offsite-backup.service', 'Backup to the other site', { service: slowStop(cast) })
    const timer = cast.file(
      'offsite-backup.timer',
      '[Unit]\nDescription=Daily backup\n\n[Timer]\nOnCalendar=daily\nPersistent=true\n\n' +
        '[Install]\nWantedBy=timers.target\n',
    )
    const line = cast.chance.pick([`systemctl enable --now ${timer}`, `systemctl start ${timer}`])
    const other = otherAsks(cast, 1.8, line)
    return asked(cast, 'stop', unit, {
      before: ['mkdir -p /var/lib/systemd/timers', `touch -d '3 days ago' /var/lib/systemd/timers/stamp-${timer}`],
      deeds: [...other.deeds, { at: 4.9, who: 'asker', line: `systemctl is-active ${unit}` }],
      logs: other.logs,
      about: [unit, timer],
      wanted: 'inactive',
      proof: { line: `systemctl is-active ${unit}`, prints: 'active' },
      truth: { cause: 'timer-activation', canceled: null, replacing: null },
    })
  },
}

/** A target at the end of the day wants something that needs a rival. */
const eveningRival: Family = {
  name: 'target-brings-a-rival-along',
  make(cast) {
    const unit = shipped(cast, 'reindex.service', 'Rebuilds the search index', { service: slowStart(cast) })
    const rival = shipped(cast, 'snapshotd.service', 'Snapshots', { unit: [`Conflicts=${unit}`] })
    const keeper = shipped(cast, 'retention.service', 'Retention', { unit: [`Requires=${rival}`, `After=${rival}`] })
    const target = cast.file('evening.target', `[Unit]\nDescription=What runs in the evening\nWants=${keeper}\n`)
    return asked(cast, 'start', unit, {
      ...otherAsks(cast, 1.8, `systemctl start ${target}`),
      about: [unit, target, keeper, rival],
      truth: displaced(unit, 'start', 'stop', 'conflicts'),
    })
  },
}

/** Somebody reloads a proxy, whose reload restarts what is behind it. */
const reloadHook: Family = {
  name: 'others-reload-restarts-it',
  make(cast) {
    const unit = shipped(cast, 'render-pool.service', 'Renderers', { service: slowStop(cast) })
    const front = shipped(cast, 'edgeproxy.service', 'Proxy at the edge', {
      service: [`ExecReload=/usr/bin/systemctl ${cast.chance.pick(['restart', '--no-block restart'])} ${unit}`],
    })
    return asked(cast, 'stop', unit, {
      before: [`systemctl start ${front}`],
      ...otherAsks(cast, 1.8, `systemctl reload ${cast.typed(front)}`),
      about: [unit, front],
      truth: displaced(unit, 'stop', 'restart', 'exec-calls-systemctl'),
    })
  },
}

/** Housekeeping that clears whatever waits for long. */
const clearsQueue: Family = {
  name: 'housekeeping-cancels-jobs',
  make(cast) {
    const unit = shipped(cast, 'importer.service', 'Imports the feeds', { service: slowStart(cast) })
    const path = '/usr/local/sbin/unstick'
    cast.scripts[path] = '#!/bin/sh\n# Jobs that hang keep the machine from rebooting.\nexec systemctl cancel\n'
    const task = shipped(cast, 'unstick.service', 'Clears stuck jobs', {
      service: ['Type=oneshot', `ExecStart=${path}`],
    })
    const timer = cast.file('unstick.timer', '[Timer]\nOnActiveSec=2s\nAccuracySec=1ms\n')
    return asked(cast, 'start', unit, {
      before: [`systemctl start ${timer}`],
      about: [unit, task, timer],
      showScripts: [path],
      truth: { cause: 'user-cancelled', also: ['exec-calls-systemctl'], canceled: `${unit}/start`, replacing: null },
    })
  },
}

function play(unit: string, handler: string, cast: Cast): ToolRun {
  const error = `"msg": "Unable to stop service ${unit}: OUTPUT"`
  const text = [
    `TASK [${cast.chance.pick(['queue', 'broker'])} : drain ${unit}] ***********************************************`,
    `fatal: [${cast.host}]: FAILED! => {"changed": false, ${error}}`,
    '',
    `RUNNING HANDLER [portal : restart ${handler}] *************************************************`,
    `changed: [${cast.host}]`,
    '',
    'PLAY RECAP *********************************************************************',
    `${cast.host} : ok=11 changed=3 unreachable=0 failed=1 skipped=2 rescued=0 ignored=0`,
  ].join('\n')
  return { tool: 'ansible', text }
}

/** A handler restarts what requires the unit that another task is stopping. */
const handlerOfDependent: Family = {
  name: 'handler-restarts-dependent',
  make(cast) {
    const unit = shipped(cast, 'artemis.service', 'Message broker', { service: slowStop(cast) })
    const portal = shipped(cast, 'portal.service', 'Customer portal', { unit: [`Wants=${unit}`, `After=${unit}`] })
    return asked(cast, 'stop', unit, {
      before: [`systemctl start ${portal}`],
      deeds: [{ at: 1.9, who: 'hidden', line: `systemctl restart ${portal}` }],
      about: [unit, portal],
      tool: play(unit, portal, cast),
      wanted: 'inactive',
      truth: displaced(unit, 'stop', 'start', 'automation-race', ['opposing-request']),
    })
  },
}

/** The script of a package that is erased disables its units, and stops them with it. */
const erased: Family = {
  name: 'erased-package-disables-it',
  make(cast) {
    const unit = shipped(cast, 'netdata.service', 'Real time performance monitoring', { service: slowStart(cast) })
    const pid = cast.chance.integer(3000, 9000)
    return asked(cast, 'start', unit, {
      deeds: [{ at: 1.9, who: 'hidden', line: `systemctl --no-reload disable --now ${unit}` }],
      logs: [
        { at: 1.7, log: `<30>dnf[${pid}]: Running transaction: Erase netdata-1.44.3-1.el9.x86_64` },
        { at: 2.3, log: `<30>dnf[${pid}]: Erased: netdata-1.44.3-1.el9.x86_64` },
      ],
      extra: [{ line: "echo '  Running scriptlet: netdata-1.44.3-1.el9.x86_64   1/1'", shown: 'dnf -y erase netdata' }],
      about: [unit],
      truth: displaced(unit, 'start', 'stop', 'package-manager'),
    })
  },
}

/** Back to the usual target, in which the unit has no place. */
const backToDefault: Family = {
  name: 'back-to-default-target',
  make(cast) {
    const unit = shipped(cast, 'demo-wall.service', 'Video wall', { service: slowStart(cast) })
    return asked(cast, 'start', unit, {
      ...otherAsks(cast, 1.9, 'systemctl default'),
      about: [unit],
      truth: displaced(unit, 'start', 'stop', 'isolate'),
    })
  },
}

export const STACKS: readonly Family[] = [
  requirementThreeDeep,
  boundThreeDeep,
  requisiteStopped,
  blueGreen,
  socketOrDaemon,
  perConnection,
  missedRun,
  eveningRival,
  reloadHook,
  clearsQueue,
  handlerOfDependent,
  erased,
  backToDefault,
]
