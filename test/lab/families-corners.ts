/** Mounts and reloads, limits, sockets and calls on the bus that collide; and what looks like trouble and is none. */

import { asked, displaced } from './families-chains.ts'
import { byHand, freshName } from './families-hand.ts'
import { otherAsks } from './families-requests.ts'
import type { Family, Truth } from './incident.ts'

const SLOW = [3, 4] as const

const NOTHING: Truth = { cause: 'not-a-cancellation', canceled: null, replacing: null }

/** It waits for the stop that it displaced, and for longer than a job may run. */
const waitsForStop: Family = {
  name: 'start-waits-out-slow-stop',
  make(cast) {
    const unit = byHand(cast, freshName(cast), {
      unit: ['JobRunningTimeoutSec=2'],
      service: ['ExecStop=/bin/sleep 6'],
    })
    return {
      ...asked(
        cast,
        'start',
        unit,
        {
          seconds: 5,
          ...otherAsks(cast, 0.4, `systemctl stop ${cast.typed(unit)}`),
          about: [unit],
          truth: { cause: 'job-timeout', canceled: `${unit}/start`, replacing: null },
        },
        1.2,
      ),
      before: [`systemctl start ${unit}`],
    }
  },
}

/** The mount is to come after the very service that needs it. */
const mountAfterUser: Family = {
  name: 'mount-after-its-own-user',
  make(cast) {
    const unit = byHand(cast, freshName(cast), { unit: ['RequiresMountsFor=/srv/spool'] })
    const mount = cast.file(
      'srv-spool.mount',
      `[Unit]\nAfter=${unit}\n\n[Mount]\nWhat=tmpfs\nWhere=/srv/spool\nType=tmpfs\n`,
    )
    return asked(cast, 'start', unit, {
      seconds: 3,
      about: [unit, mount],
      truth: { cause: 'ordering-cycle', canceled: `${unit}/start`, replacing: null },
    })
  },
}

/** Nobody asks systemd: the file system is mounted, and that alone is enough. */
const mountedByHand: Family = {
  name: 'mounted-by-hand-against-it',
  make(cast) {
    const unit = byHand(cast, freshName(cast), {
      unit: ['Conflicts=srv-import.mount'],
      starts: cast.chance.seconds(...SLOW),
    })
    const who = cast.chance.pick(['other', 'hidden'] as const)
    return asked(cast, 'start', unit, {
      before: ['mkdir -p /srv/import'],
      deeds: [{ at: 1.9, who, line: 'mount -t tmpfs import /srv/import' }],
      about: [unit],
      truth: displaced(unit, 'start', 'stop', 'conflicts'),
    })
  },
}

/** The whole goes down while a part reads its files again. */
const partReloads: Family = {
  name: 'part-of-stopped-during-reload',
  make(cast) {
    const whole = cast.file('frontend.target', '[Unit]\nDescription=All of the front end\n')
    const unit = byHand(cast, freshName(cast), {
      unit: [`PartOf=${whole}`],
      service: [`ExecReload=/bin/sleep ${cast.chance.seconds(...SLOW)}`],
    })
    return asked(cast, 'reload', unit, {
      before: [`systemctl start ${whole}`],
      ...otherAsks(cast, 1.7, `systemctl stop ${whole}`),
      about: [unit, whole],
      truth: displaced(unit, 'reload', 'stop', 'partof-propagation'),
    })
  },
}

const rivalDuringReload: Family = {
  name: 'rival-started-during-reload',
  make(cast) {
    const unit = byHand(cast, freshName(cast), {
      service: [`ExecReload=/bin/sh -c "sleep ${cast.chance.seconds(...SLOW)}"`],
    })
    const rival = byHand(cast, 'v2-trial.service', { unit: [`Conflicts=${unit}`] })
    return asked(cast, 'reload', unit, {
      ...otherAsks(cast, 1.7, `systemctl start ${cast.typed(rival)}`),
      about: [unit, rival],
      truth: displaced(unit, 'reload', 'stop', 'conflicts'),
    })
  },
}

/** An agent takes one job out of the queue without systemctl. */
const canceledOverBus: Family = {
  name: 'job-canceled-over-bus',
  make(cast) {
    const unit = byHand(cast, freshName(cast), { starts: cast.chance.seconds(...SLOW) })
    const list = `systemctl list-jobs --no-legend | sed -n 's/^ *\\([0-9]*\\) *${unit} .*/\\1/p'`
    const call = (job: string) =>
      `busctl call org.freedesktop.systemd1 /org/freedesktop/systemd1/job/${job} org.freedesktop.systemd1.Job Cancel`
    return asked(cast, 'start', unit, {
      deeds: [
        { at: 1.3, who: 'other', line: 'systemctl list-jobs' },
        { at: 1.9, who: 'other', line: call(`$(${list})`), shown: call('NUMBER') },
      ],
      about: [unit],
      truth: { cause: 'user-cancelled', canceled: `${unit}/start`, replacing: null },
    })
  },
}

/** The file's name is not the one its own setting asks for. */
const wrongMountName: Family = {
  name: 'mount-name-does-not-match',
  make(cast) {
    const unit = cast.file('data-share.mount', '[Mount]\nWhat=tmpfs\nWhere=/srv/share\nType=tmpfs\n')
    return asked(cast, 'start', unit, {
      seconds: 3,
      about: [unit],
      truth: { cause: 'masked-or-missing', canceled: `${unit}/start`, replacing: null },
    })
  },
}

/** The service came up first and opened its port itself. */
const socketTooLate: Family = {
  name: 'socket-after-its-service',
  make(cast) {
    const unit = byHand(cast, 'gopherd.service', {})
    const socket = cast.file('gopherd.socket', '[Socket]\nListenStream=/run/gopherd.sock\n')
    return asked(cast, 'start', socket, {
      seconds: 3,
      before: [`systemctl start ${unit}`],
      about: [socket, unit],
      truth: { cause: 'socket-activation', also: ['other'], canceled: `${socket}/start`, replacing: null },
    })
  },
}

/** Required is not bound: what it needs crashes, and it goes on. */
const crashNothingFollows: Family = {
  name: 'requirement-crashes-and-nothing-follows',
  make(cast) {
    const base = byHand(cast, 'indexd.service', { run: '/bin/sh -c "sleep 1.6; kill -SEGV $$$$"' })
    const unit = byHand(cast, freshName(cast), { unit: [`Requires=${base}`, `After=${base}`], starts: 2.2 })
    return asked(cast, 'start', unit, {
      seconds: 4.5,
      deeds: [{ at: 3.6, who: 'asker', line: `systemctl is-active ${base} ${unit}` }],
      about: [unit, base],
      proof: { line: `systemctl is-active ${base} ${unit} | tr '\\n' ' '`, prints: 'failed active' },
      truth: { cause: 'process-failure', also: ['not-a-cancellation'], canceled: null, replacing: null },
    })
  },
}

/** Two ask for nearly the same, and both have it. */
const restartJoins: Family = {
  name: 'restart-joins-start',
  make(cast) {
    const unit = byHand(cast, freshName(cast), { starts: 1.2 })
    return asked(cast, 'start', unit, {
      seconds: 5.5,
      ...otherAsks(cast, 1.1, `systemctl restart ${cast.typed(unit)}`),
      about: [unit],
      proof: { line: `systemctl is-active ${unit}`, prints: 'active' },
      truth: NOTHING,
    })
  },
}

/** Another unit fails at the same time; the one asked about is fine. */
const otherFails: Family = {
  name: 'other-unit-fails-meanwhile',
  make(cast) {
    const unit = byHand(cast, freshName(cast), { starts: 1.3, stops: 0.6 })
    const task = byHand(cast, 'usage-report.service', { oneshot: true, run: '/bin/sh -c "sleep 0.3; exit 2"' })
    return asked(cast, 'restart', unit, {
      seconds: 4,
      deeds: [
        { at: 1.2, who: 'hidden', line: `systemctl start ${task}` },
        { at: 3.2, who: 'asker', line: `systemctl is-active ${unit}` },
      ],
      about: [unit],
      proof: { line: `systemctl is-active ${unit}`, prints: 'active' },
      truth: { ...NOTHING, also: ['process-failure'] },
    })
  },
}

export const CORNERS: readonly Family[] = [
  waitsForStop,
  mountAfterUser,
  mountedByHand,
  partReloads,
  rivalDuringReload,
  canceledOverBus,
  wrongMountName,
  socketTooLate,
  crashNothingFollows,
  restartJoins,
  otherFails,
]
