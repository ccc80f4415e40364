/** Units of other kinds: instances, targets, slices, sockets, mounts, swaps, devices, transient ones. */

import { asked, displaced } from './families-chains.ts'
import { otherAsks } from './families-requests.ts'
import type { Family } from './incident.ts'

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
      ...other,
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
      ...other,
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
      ...other,
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
      ...other,
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
        ...other,
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
      wanted: 'inactive', // It is over again when somebody looks.
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
]
