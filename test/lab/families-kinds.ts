/** Units of other kinds, other managers, tools that keep services running, and what happens in between. */

import type { Cast } from './cast.ts'
import { asked, displaced } from './families-chains.ts'
import { otherAsks } from './families-requests.ts'
import type { Family, LogLine, Scene } from './incident.ts'

const SLOW = [3, 4] as const

/** One instance is being started, and a pattern stops all of them. */
const instances: Family = {
  name: 'instances-stopped-by-pattern',
  make(cast) {
    const name = cast.chance.pick(['worker', 'shard', 'runner', 'consumer'])
    const script = `/usr/local/bin/${name}`
    cast.scripts[script] = '#!/bin/sh\nexec sleep infinity\n'
    const lines = ['[Unit]', `Description=${name} %i`, '', '[Service]', `ExecStartPre=/bin/sleep ${3.4}`]
    cast.file(`${name}@.service`, `${[...lines, `ExecStart=${script} %i`].join('\n')}\n`)
    const unit = `${name}@${cast.chance.integer(1, 9)}.service`
    const other = otherAsks(cast, 1.9, `systemctl stop '${name}@*.service'`)
    return asked(cast, 'start', unit, {
      deeds: other.deeds,
      logs: other.logs,
      about: [unit],
      truth: displaced(unit, 'start', 'stop', 'opposing-request'),
    })
  },
}

/** A target of several members, each a part of it, is stopped while one of them starts. */
const targetStopped: Family = {
  name: 'member-of-stopped-target',
  make(cast) {
    const name = cast.chance.pick(['stack', 'shop', 'media'])
    const target = `${name}.target`
    const unit = cast.service({ unit: [`PartOf=${target}`], startSeconds: cast.chance.seconds(...SLOW), plain: true })
    const mate = cast.service({ unit: [`PartOf=${target}`], plain: true })
    cast.file(target, `[Unit]\nDescription=All of the ${name}\nWants=${mate}\n`)
    const other = otherAsks(cast, 1.9, `systemctl stop ${target}`)
    return asked(cast, 'start', unit, {
      before: [`systemctl start ${target}`],
      deeds: other.deeds,
      logs: other.logs,
      about: [unit, target, mate],
      truth: displaced(unit, 'start', 'stop', 'partof-propagation'),
    })
  },
}

/** The slice it lives in is stopped. */
const sliceStopped: Family = {
  name: 'slice-stopped',
  make(cast) {
    const name = cast.chance.pick(['tenants', 'batch', 'lowprio'])
    cast.file(`${name}.slice`, `[Unit]\nDescription=Slice of ${name}\n\n[Slice]\nCPUWeight=50\n`)
    const unit = cast.service({
      service: [`Slice=${name}.slice`],
      startSeconds: cast.chance.seconds(...SLOW),
      plain: true,
    })
    const other = otherAsks(cast, 1.9, `systemctl stop ${name}.slice`)
    return asked(cast, 'start', unit, {
      deeds: other.deeds,
      logs: other.logs,
      about: [unit, `${name}.slice`],
      truth: displaced(unit, 'start', 'stop', 'propagates-stop'),
    })
  },
}

/** The socket goes slowly, and its service asks for it again. */
const socketItself: Family = {
  name: 'socket-stop-displaced',
  make(cast) {
    const service = cast.service({ plain: true })
    const socket = service.replace(/\.service$/, '.socket')
    cast.add(service, 'Unit', [`Requires=${socket}`, `After=${socket}`])
    cast.file(
      socket,
      `[Unit]\nDescription=Listens\n\n[Socket]\nListenStream=127.0.0.1:${cast.chance.integer(4000, 9000)}\n` +
        `ExecStopPre=/bin/sleep ${cast.chance.seconds(...SLOW)}\n`,
    )
    const other = otherAsks(cast, 1.7, `systemctl start ${cast.typed(service)}`)
    return asked(cast, 'stop', socket, {
      deeds: other.deeds,
      logs: other.logs,
      about: [socket, service],
      truth: displaced(socket, 'stop', 'start', 'opposing-request'),
    })
  },
}

/** What a service's data lies on is unmounted by way of systemd, or behind its back. */
function unmounted(name: string, setting: (mount: string, where: string) => string, command: string): Family {
  return {
    name,
    until: 257,
    make(cast) {
      const where = cast.chance.pick(['/srv/data', '/mnt/media', '/opt/state'])
      const mount = `${where.slice(1).replaceAll('/', '-')}.mount`
      const unit = cast.service({
        unit: [setting(mount, where), `After=${mount}`],
        startSeconds: cast.chance.seconds(...SLOW),
        plain: true,
      })
      const line = command.replace('MOUNT', mount).replace('WHERE', where)
      const other = otherAsks(cast, 1.9, line)
      const also = command.startsWith('umount') ? (['device-or-udev'] as const) : (['requires-failed'] as const)
      const cause = command.startsWith('umount') ? 'bindsto-inactive' : 'propagates-stop'
      return asked(cast, 'start', unit, {
        fstab: `tmpfs ${where} tmpfs size=1m,noauto 0 0\n`,
        before: [`systemctl start ${mount}`],
        deeds: other.deeds,
        logs: other.logs,
        about: [unit, mount],
        truth: displaced(unit, 'start', 'stop', cause, also),
      })
    },
  }
}

/** Nothing of the kind is plugged in. */
const absentSwap: Family = {
  name: 'swap-of-absent-device',
  make(cast) {
    const device = cast.chance.pick(['vdc1', 'sdb2', 'nvme1n1p3'])
    const unit = cast.file(
      `dev-${device}.swap`,
      `[Unit]\nDescription=More memory\n\n[Swap]\nWhat=/dev/${device}\nOptions=nofail\n`,
    )
    cast.file(`dev-${device}.device`, '[Unit]\nJobTimeoutSec=2\n')
    const scene = asked(cast, 'start', unit, {
      seconds: 4,
      about: [unit],
      truth: {
        cause: 'device-or-udev',
        also: ['job-timeout', 'requires-failed'],
        canceled: `${unit}/start`,
        replacing: null,
      },
    })
    return { ...scene, deeds: [{ at: 0.5, who: 'asker', line: `systemctl start ${unit}` }] }
  },
}

/** A service is tied to a stick that is not there. */
const absentStick: Family = {
  name: 'bound-to-absent-device',
  make(cast) {
    const device = `dev-${cast.chance.pick(['ttyUSB0', 'ttyACM0', 'zigbee', 'video2'])}.device`
    cast.file(device, '[Unit]\nJobTimeoutSec=2\n')
    const setting = cast.chance.pick(['BindsTo', 'Requires'])
    const unit = cast.service({ unit: [`${setting}=${device}`, `After=${device}`], plain: true })
    return asked(cast, 'start', unit, {
      seconds: 4,
      about: [unit, device],
      truth: {
        cause: 'device-or-udev',
        also: ['job-timeout', 'requires-failed', 'bindsto-inactive'],
        canceled: `${unit}/start`,
        replacing: null,
      },
    })
  },
}

/** The readiness that its Type= waits for never comes. */
const neverReady: Family = {
  name: 'never-ready',
  make(cast) {
    const kind = cast.chance.pick([
      ['Type=notify', 'NotifyAccess=all'],
      ['Type=dbus', 'BusName=org.example.Never'],
      ['Type=forking', 'PIDFile=/run/never.pid'],
    ])
    const unit = cast.service({ service: [...kind, 'TimeoutStartSec=2'], plain: true })
    return asked(cast, 'start', unit, {
      seconds: 4.5,
      about: [unit],
      truth: { cause: 'job-timeout', also: [], canceled: `${unit}/start`, replacing: null },
    })
  },
}

/** Bound to something that is done at once: never active when it is looked at. */
const boundToOneshot: Family = {
  name: 'bound-to-oneshot',
  make(cast) {
    const name = cast.chance.pick(['prepare-volume', 'mkdirs', 'load-keys'])
    const task = cast.task(name, 'Makes all ready', 'sleep 0.3')
    const unit = cast.service({ unit: [`BindsTo=${task}`, `After=${task}`], plain: true })
    return asked(cast, 'start', unit, {
      seconds: 3,
      about: [unit, task],
      truth: {
        cause: 'bindsto-inactive',
        also: ['requires-failed'],
        canceled: `${unit}/start`,
        replacing: null,
      },
    })
  },
}

/** The cycle runs through a job that is under way already. */
const cycleWithRunning: Family = {
  name: 'cycle-with-running-job',
  make(cast) {
    const slow = cast.service({ startSeconds: cast.chance.seconds(...SLOW), plain: true })
    const unit = cast.service({ unit: [`After=${slow}`], plain: true })
    cast.add(slow, 'Unit', [`After=${unit}`])
    return asked(
      cast,
      'start',
      unit,
      {
        deeds: [{ at: 0.4, who: 'other', line: `systemctl start ${cast.typed(slow)}` }],
        seconds: 4,
        about: [unit, slow],
        truth: { cause: 'ordering-cycle', canceled: `${unit}/start`, replacing: null },
      },
      1.5,
    )
  },
}

/** A transient unit is refused, as systemd-run displaces nothing. */
const transientRival: Family = {
  name: 'transient-unit-refused',
  make(cast) {
    const unit = cast.service({ startSeconds: cast.chance.seconds(...SLOW), plain: true })
    const name = cast.chance.pick(['backup-now', 'one-off', 'migrate-once'])
    const line = `systemd-run --unit=${name} -p Conflicts=${unit} /bin/sleep 5`
    return {
      units: cast.units,
      deeds: [
        { at: 0.5, who: 'other', line: `systemctl start ${cast.typed(unit)}` },
        { at: 1.6, who: 'asker', line },
      ],
      seconds: 4.5,
      about: [unit],
      truth: {
        cause: 'conflicts',
        also: ['destructive-transaction', 'opposing-request'],
        canceled: `${name}.service/start`,
        replacing: null,
      },
    }
  },
}

const refusesStop: Family = {
  name: 'refuses-manual-stop',
  make(cast) {
    const unit = cast.service({ unit: ['RefuseManualStop=yes'], plain: true })
    const verb = cast.chance.pick(['stop', 'restart'])
    return asked(cast, verb, unit, {
      seconds: 2.5,
      about: [unit],
      truth: { cause: 'other', canceled: `${unit}/${verb}`, replacing: null },
    })
  },
}

/** The own reload command stops and starts: a popular way not to write one. */
const reloadByStop: Family = {
  name: 'exec-reload-stops-itself',
  make(cast) {
    const unit = cast.service({ plain: true })
    const path = '/usr/local/bin/reload-app'
    cast.scripts[path] = `#!/bin/sh\nsystemctl stop ${unit}\nsystemctl start ${unit}\n`
    cast.add(unit, 'Service', [`ExecReload=${path}`])
    return asked(cast, 'reload', unit, {
      seconds: 4,
      about: [unit],
      showScripts: [path],
      truth: displaced(unit, 'reload', 'stop', 'exec-calls-systemctl'),
    })
  },
}

/** Between the two requests the unit files are read anew. */
const reloadBetween: Family = {
  name: 'daemon-reload-between',
  make(cast) {
    const unit = cast.service({ stopSeconds: cast.chance.seconds(...SLOW), plain: true })
    const other = otherAsks(cast, 1.9, `systemctl ${cast.chance.pick(['start', 'restart'])} ${cast.typed(unit)}`)
    const verb = /systemctl (restart|start)/.exec(other.deeds[0]?.line ?? '')?.[1] ?? 'start'
    return asked(cast, 'stop', unit, {
      deeds: [{ at: 1.1, who: 'hidden', line: 'systemctl daemon-reload' }, ...other.deeds],
      logs: other.logs,
      about: [unit],
      truth: displaced(unit, 'stop', verb, 'opposing-request', ['reload-or-reexec']),
    })
  },
}

/** The start that displaces the stop does not even start: its condition is no longer met. */
const conditionGone: Family = {
  name: 'start-without-condition-during-stop',
  make(cast) {
    const flag = cast.chance.pick(['/run/enabled', '/etc/app.enabled'])
    const unit = cast.service({
      unit: [`ConditionPathExists=${flag}`],
      stopSeconds: cast.chance.seconds(...SLOW),
      plain: true,
    })
    const other = otherAsks(cast, 1.8, `systemctl start ${cast.typed(unit)}`)
    const scene = asked(cast, 'stop', unit, {
      deeds: [{ at: 1, who: 'hidden', line: `rm ${flag}` }, ...other.deeds],
      logs: other.logs,
      about: [unit],
      truth: displaced(unit, 'stop', 'start', 'opposing-request', ['condition-failed']),
    })
    return { ...scene, before: [`touch ${flag}`, ...(scene.before ?? [])] }
  },
}

/** It crashes and would come back much later; a start by hand is stopped by somebody else. */
const crashedBefore: Family = {
  name: 'stopped-between-restarts',
  make(cast) {
    const path = '/usr/local/bin/flaky'
    cast.scripts[path] = '#!/bin/sh\nsleep 0.2\necho "lost the license server" >&2\nexit 3\n'
    const unit = cast.service({
      command: path,
      startSeconds: cast.chance.seconds(...SLOW),
      type: 'simple',
      service: ['Restart=always', 'RestartSec=30'],
      plain: true,
    })
    const other = otherAsks(cast, 1.9, `systemctl stop ${cast.typed(unit)}`)
    const scene = asked(cast, 'start', unit, {
      deeds: other.deeds,
      logs: other.logs,
      about: [unit],
      truth: displaced(unit, 'start', 'stop', 'opposing-request'),
    })
    return { ...scene, before: [`systemctl start ${unit}`, 'sleep 0.6'] }
  },
}

/** A keeper of services starts what a person is stopping, and logs that it does. */
const keeper: Family = {
  name: 'keeper-starts-it-again',
  make(cast) {
    const unit = cast.service({ stopSeconds: cast.chance.seconds(...SLOW), plain: true })
    const name = unit.replace(/\.service$/, '')
    const pid = cast.chance.integer(600, 9000)
    const logs = cast.chance.pick<readonly string[]>([
      [
        `<13>puppet-agent[${pid}]: (/Stage[main]/Profile/Service[${name}]/ensure) ensure changed 'stopped' to 'running'`,
      ],
      [
        `<11>monit[${pid}]: '${name}' process is not running`,
        `<14>monit[${pid}]: '${name}' start: '/usr/bin/systemctl start ${name}'`,
      ],
      [`<14>salt-minion[${pid}]: [INFO    ] Executing command systemctl in directory '/root': start ${unit}`],
    ])
    return asked(cast, 'stop', unit, {
      deeds: [{ at: 1.8, who: 'hidden', line: `systemctl start ${unit}` }],
      logs: logs.map((log, index): LogLine => ({ at: 1.7 + index / 50, log })),
      about: [unit],
      truth: displaced(unit, 'stop', 'start', 'opposing-request', ['automation-race']),
    })
  },
}

/** Upgrades at night restart several services at once. */
const unattended: Family = {
  name: 'unattended-upgrade-restarts',
  make(cast) {
    const unit = cast.service({ stopSeconds: cast.chance.seconds(...SLOW), plain: true })
    const mate = cast.service({ plain: true })
    const pid = cast.chance.integer(600, 9000)
    const logs = [
      `<30>unattended-upgrade[${pid}]: Packages that will be upgraded: libssl3 openssl`,
      `<30>needrestart[${pid + 40}]: Restarting services: ${mate} ${unit}`,
    ]
    return asked(cast, 'stop', unit, {
      before: [`systemctl start ${mate}`],
      deeds: [{ at: 1.8, who: 'hidden', line: `systemctl restart ${mate} ${unit}` }],
      logs: logs.map((log, index): LogLine => ({ at: 1 + index * 0.7, log })),
      about: [unit, mate],
      truth: displaced(unit, 'stop', 'restart', 'package-manager'),
    })
  },
}

export const KINDS: readonly Family[] = [
  instances,
  targetStopped,
  sliceStopped,
  socketItself,
  unmounted('mount-below-stopped', (_, where) => `RequiresMountsFor=${where}`, 'systemctl stop MOUNT'),
  unmounted('bound-mount-unmounted', (mount) => `BindsTo=${mount}`, 'umount WHERE'),
  absentSwap,
  absentStick,
  neverReady,
  boundToOneshot,
  cycleWithRunning,
  transientRival,
  refusesStop,
  reloadByStop,
  reloadBetween,
  conditionGone,
  crashedBefore,
  keeper,
  unattended,
]
