/** Two mechanisms at once: a trigger and a dependency, a failure and an isolate, a hook and a request. */

import { asked, displaced } from './families-chains.ts'
import { byHand, freshName } from './families-hand.ts'
import { otherAsks } from './families-requests.ts'
import { withManager } from './families-users.ts'
import type { Family } from './incident.ts'

const SLOW = [3, 4] as const

/** Down two steps of PropagatesStopTo=. */
const stopTravels: Family = {
  name: 'stop-travels-two-steps',
  since: 249,
  make(cast) {
    const unit = byHand(cast, 'edge-cache.service', { starts: cast.chance.seconds(...SLOW) })
    const middle = byHand(cast, 'edge-node.service', { unit: [`PropagatesStopTo=${unit}`] })
    const top = cast.file(
      'edge.target',
      `[Unit]\nDescription=All of the edge\nPropagatesStopTo=${middle}\nWants=${middle}\n`,
    )
    const other = otherAsks(cast, 1.8, `systemctl stop ${top}`)
    return asked(cast, 'start', unit, {
      before: [`systemctl start ${top}`],
      ...other,
      about: [unit, middle, top],
      truth: displaced(unit, 'start', 'stop', 'propagates-stop'),
    })
  },
}

/** A pool keeps its instances up. */
const upheldInstance: Family = {
  name: 'instance-upheld-by-pool',
  since: 249,
  make(cast) {
    const unit = byHand(cast, `lane@${cast.chance.integer(2, 5)}.service`, {})
    const pool = cast.file('lanes.target', `[Unit]\nUpholds=lane@1.service ${unit}\n`)
    return {
      units: cast.units,
      seconds: 3,
      before: [`systemctl start ${pool}`],
      deeds: [
        { at: 0.5, who: 'asker', line: `systemctl stop ${cast.typed(unit)}` },
        { at: 2, who: 'asker', line: `systemctl is-active ${unit}` },
      ],
      about: [unit, pool],
      wanted: 'inactive',
      proof: { line: `systemctl is-active ${unit}`, prints: 'active' },
      truth: { cause: 'upholds', canceled: null, replacing: null },
    }
  },
}

/** A failure isolates a target that knows little. */
const failureIsolates: Family = {
  name: 'failure-isolates',
  make(cast) {
    const unit = byHand(cast, freshName(cast), { starts: cast.chance.seconds(...SLOW) })
    const target = cast.file(
      'degraded.target',
      '[Unit]\nDescription=Only what is needed\nRequires=basic.target\nAfter=basic.target\nAllowIsolate=yes\n',
    )
    cast.scripts['/usr/local/bin/raid-check'] = '#!/bin/sh\nsleep 1.3\necho "md0: degraded" >&2\nexit 2\n'
    const check = byHand(cast, 'raid-check.service', {
      oneshot: true,
      run: '/usr/local/bin/raid-check',
      unit: [`OnFailure=${target}`, 'OnFailureJobMode=isolate'],
    })
    return asked(cast, 'start', unit, {
      deeds: [{ at: 0.6, who: 'hidden', line: `systemctl start ${check}` }],
      about: [unit, check, target],
      truth: displaced(unit, 'start', 'stop', 'isolate', ['onfailure']),
    })
  },
}

/** An isolate of a target that wants what is being stopped. */
const isolateWants: Family = {
  name: 'isolated-target-wants-it',
  make(cast) {
    const unit = byHand(cast, freshName(cast), { stops: cast.chance.seconds(...SLOW) })
    const target = cast.file(
      `${cast.chance.pick(['booth', 'fair', 'night'])}.target`,
      `[Unit]\nRequires=multi-user.target\nAfter=multi-user.target\nWants=${unit}\nAllowIsolate=yes\n`,
    )
    const other = otherAsks(cast, 1.8, `systemctl isolate ${target}`)
    return asked(cast, 'stop', unit, {
      ...other,
      about: [unit, target],
      truth: displaced(unit, 'stop', 'start', 'isolate', ['opposing-request']),
    })
  },
}

/** The mount waits for what unlocks it, and that is stopped. */
const unlockStopped: Family = {
  name: 'unlock-of-mount-stopped',
  until: 257,
  make(cast) {
    const unlock = byHand(cast, 'unlock-vault.service', {
      oneshot: true,
      run: `/bin/sleep ${cast.chance.seconds(...SLOW)}`,
      service: ['RemainAfterExit=yes'],
    })
    const unit = cast.file(
      'srv-vault.mount',
      `[Unit]\nRequires=${unlock}\nAfter=${unlock}\n\n[Mount]\nWhat=tmpfs\nWhere=/srv/vault\nType=tmpfs\n`,
    )
    const other = otherAsks(cast, 1.8, `systemctl stop ${cast.typed(unlock)}`)
    return asked(cast, 'start', unit, {
      ...other,
      about: [unit, unlock],
      truth: displaced(unit, 'start', 'stop', 'propagates-stop'),
    })
  },
}

/** Somebody looks into a folder, and what serves that folder was being stopped. */
const lookedInto: Family = {
  name: 'automount-needs-what-stops',
  until: 257,
  make(cast) {
    const unit = byHand(cast, 'blockserver.service', { stops: cast.chance.seconds(...SLOW) })
    const mount = cast.file(
      'srv-share.mount',
      `[Unit]\nRequires=${unit}\nAfter=${unit}\n\n[Mount]\nWhat=tmpfs\nWhere=/srv/share\nType=tmpfs\n`,
    )
    const automount = cast.file('srv-share.automount', '[Automount]\nWhere=/srv/share\n')
    return asked(cast, 'stop', unit, {
      before: [`systemctl start ${automount}`],
      deeds: [{ at: 1.8, who: cast.chance.pick(['other', 'hidden']), line: 'ls /srv/share' }],
      about: [unit, mount, automount],
      truth: displaced(unit, 'stop', 'start', 'automount', ['opposing-request']),
    })
  },
}

/** A connection brings up the rival. */
const rivalBySocket: Family = {
  name: 'socket-starts-rival',
  make(cast) {
    const port = cast.chance.integer(4000, 9000)
    const unit = byHand(cast, 'intercom.service', { starts: cast.chance.seconds(...SLOW) })
    const rival = byHand(cast, 'paging.service', { unit: [`Conflicts=${unit}`] })
    const socket = cast.file('paging.socket', `[Socket]\nListenStream=127.0.0.1:${port}\n`)
    return asked(cast, 'start', unit, {
      before: [`systemctl start ${socket}`],
      deeds: [{ at: 1.8, who: 'hidden', line: `bash -c 'exec 3<>/dev/tcp/127.0.0.1/${port}; sleep 1'` }],
      about: [unit, rival, socket],
      truth: displaced(unit, 'start', 'stop', 'conflicts', ['socket-activation']),
    })
  },
}

/** A timer of a target, and the target wants it. */
const timedTarget: Family = {
  name: 'timer-of-target-that-wants-it',
  make(cast) {
    const unit = byHand(cast, freshName(cast), { stops: cast.chance.seconds(4, 5) })
    const name = cast.chance.pick(['opening-hours', 'morning', 'batch-window'])
    const target = cast.file(`${name}.target`, `[Unit]\nDescription=${name}\nWants=${unit}\nStopWhenUnneeded=yes\n`)
    const timer = cast.file(`${name}.timer`, `[Timer]\nOnCalendar=*:*:0/2\nAccuracySec=1ms\nUnit=${target}\n`)
    return asked(cast, 'stop', unit, {
      before: [`systemctl start ${timer}`],
      about: [unit, target, timer],
      truth: displaced(unit, 'stop', 'start', 'timer-activation', ['opposing-request']),
    })
  },
}

/** A file falls into the folder of an instance while it goes down, and brings it back once it is down. */
const watchedInstance: Family = {
  name: 'path-of-instance',
  make(cast) {
    const name = cast.chance.pick(['inbox', 'orders', 'scans'])
    const unit = byHand(cast, `ingest@${name}.service`, { stops: cast.chance.seconds(2, 3) })
    const folder = `/srv/drop-${name}`
    const watcher = cast.file(
      `ingest-${name}.path`,
      `[Path]\nDirectoryNotEmpty=${folder}\nMakeDirectory=yes\nUnit=${unit}\n`,
    )
    return asked(cast, 'stop', unit, {
      before: [`systemctl start ${watcher}`],
      deeds: [{ at: 1.8, who: 'hidden', line: `touch ${folder}/0001.csv` }],
      about: [unit, watcher],
      proof: { line: `systemctl is-active ${unit}`, prints: 'active' },
      truth: { cause: 'path-activation', canceled: null, replacing: null },
    })
  },
}

/** The first thing it does is to stop what it needs. */
const stopsRequirement: Family = {
  name: 'exec-start-pre-stops-requirement',
  make(cast) {
    const base = byHand(cast, 'spool.service', {})
    const unit = byHand(cast, 'spool-repair.service', { unit: [`Requires=${base}`, `After=${base}`] })
    const file = cast.units[unit] ?? ''
    const call = cast.chance.pick([`/usr/bin/systemctl stop ${base}`, `/bin/sh -c "systemctl stop ${base}; sleep 1"`])
    cast.units[unit] = file.replace('ExecStart=', `ExecStartPre=${call}\nExecStart=`)
    return asked(cast, 'start', unit, {
      seconds: 4,
      about: [unit, base],
      truth: displaced(unit, 'start', 'stop', 'exec-calls-systemctl', ['propagates-stop']),
    })
  },
}

/** The network comes up, and a hook of its manager restarts it. */
const dispatcherHook: Family = {
  name: 'network-hook-restarts',
  make(cast) {
    const unit = byHand(cast, freshName(cast), { stops: cast.chance.seconds(...SLOW) })
    const path = `/etc/NetworkManager/dispatcher.d/${cast.chance.pick(['50-local', '90-rebind', '70-wan'])}`
    cast.scripts[path] = `#!/bin/sh\n[ "$2" = up ] || exit 0\nsystemctl restart ${unit}\n`
    const pid = cast.chance.integer(600, 9000)
    return asked(cast, 'stop', unit, {
      deeds: [{ at: 1.8, who: 'hidden', line: `systemctl restart ${unit}` }],
      logs: [
        { at: 1.6, log: `<30>NetworkManager[${pid}]: <info>  [1718000007.2] device (eth1): Activation: successful` },
        { at: 1.7, log: `<30>nm-dispatcher[${pid + 9}]: req:3 'up' [eth1]: start running ordered scripts...` },
      ],
      about: [unit],
      showScripts: [path],
      truth: displaced(unit, 'stop', 'restart', 'exec-calls-systemctl', ['opposing-request']),
    })
  },
}

/** Instances are of a target, and it is stopped while one of them restarts. */
const instanceOfTarget: Family = {
  name: 'instances-target-stopped',
  make(cast) {
    const unit = byHand(cast, `feed@${cast.chance.pick(['eu', 'us', 'asia'])}.service`, {
      unit: ['PartOf=feeds.target'],
      stops: cast.chance.seconds(...SLOW),
    })
    const target = cast.file('feeds.target', `[Unit]\nDescription=All feeds\nWants=${unit}\n`)
    const other = otherAsks(cast, 1.7, `systemctl stop ${target}`)
    return asked(cast, 'restart', unit, {
      before: [`systemctl start ${target}`],
      ...other,
      about: [unit, target],
      truth: displaced(unit, 'restart', 'stop', 'partof-propagation'),
    })
  },
}

/** In a user's session one of two that exclude each other is started. */
const rivalsOfUser: Family = {
  name: 'user-rival-started',
  make(cast) {
    const unit = byHand(cast, 'notify-a.service', { starts: cast.chance.seconds(...SLOW) })
    const rival = byHand(cast, 'notify-b.service', { unit: [`Conflicts=${unit}`] })
    return withManager(cast, {
      deeds: [
        { at: 0.5, who: 'asker', line: `systemctl --user start ${cast.typed(unit)}` },
        { at: 1.9, who: cast.chance.pick(['other', 'hidden']), line: `systemctl --user start ${cast.typed(rival)}` },
      ],
      about: [unit, rival],
      truth: displaced(unit, 'start', 'stop', 'conflicts'),
    })
  },
}

/** Back to what the machine is usually. */
const defaultMode: Family = {
  name: 'default-mode-asked',
  make(cast) {
    const unit = byHand(cast, freshName(cast), { starts: cast.chance.seconds(...SLOW) })
    const other = otherAsks(cast, 1.8, 'systemctl default')
    return asked(cast, 'start', unit, {
      ...other,
      about: [unit],
      truth: displaced(unit, 'start', 'stop', 'isolate'),
    })
  },
}

export const MIXTURES: readonly Family[] = [
  stopTravels,
  upheldInstance,
  failureIsolates,
  isolateWants,
  unlockStopped,
  lookedInto,
  rivalBySocket,
  timedTarget,
  watchedInstance,
  stopsRequirement,
  dispatcherHook,
  instanceOfTarget,
  rivalsOfUser,
  defaultMode,
]
