/** Dependencies at a remove: of targets, of sockets, of what crashes and comes back, of what fails further down. */

import { asked, displaced } from './families-chains.ts'
import { otherAsks } from './families-requests.ts'
import type { Family } from './incident.ts'

const SLOW = [3, 4] as const

/** What it is bound to crashes, and would be restarted in a moment. */
const boundCrashes: Family = {
  name: 'bound-unit-crashes-and-restarts',
  make(cast) {
    const bound = cast.task('modem-link', 'Keeps the line', 'sleep 2\necho "carrier lost" >&2\nexit 6', {
      type: 'simple',
      service: ['Restart=always', `RestartSec=${cast.chance.pick(['1', '500ms'])}`],
    })
    const unit = cast.service({
      unit: [`BindsTo=${bound}`, `After=${bound}`],
      startSeconds: cast.chance.seconds(...SLOW),
      plain: true,
    })
    return asked(cast, 'start', unit, {
      about: [unit, bound],
      truth: displaced(unit, 'start', 'stop', 'bindsto-inactive', ['auto-restart']),
    })
  },
}

/** Somebody starts a target that wants it, itself or three steps away. */
function targetStarted(name: string, steps: number): Family {
  return {
    name,
    make(cast) {
      const unit = cast.service({ stopSeconds: cast.chance.seconds(...SLOW), plain: true })
      const between: string[] = []
      for (let step = 1; step < steps; step++) {
        between.push(cast.service({ unit: [`Requires=${between.at(-1) ?? unit}`], plain: true }))
      }
      const target = `${cast.chance.pick(['shop', 'edge', 'lab'])}.target`
      cast.file(target, `[Unit]\nDescription=All of it\nWants=${between.at(-1) ?? unit}\n`)
      const other = otherAsks(cast, 1.8, `systemctl start ${target}`)
      return asked(cast, 'stop', unit, {
        ...other,
        about: [unit, ...between, target],
        truth: displaced(unit, 'stop', 'start', 'opposing-request'),
      })
    },
  }
}

const upheldByTarget: Family = {
  name: 'target-upholds-it',
  since: 249,
  make(cast) {
    const unit = cast.service({ stopSeconds: cast.chance.seconds(...SLOW), plain: true })
    const target = `${cast.chance.pick(['always-on', 'core-services', 'production'])}.target`
    cast.file(target, `[Unit]\nDescription=What must run\nUpholds=${unit}\n`)
    const other = otherAsks(cast, 1.8, `systemctl start ${target}`)
    return asked(cast, 'stop', unit, {
      ...other,
      about: [unit, target],
      truth: displaced(unit, 'stop', 'start', 'upholds', ['opposing-request']),
    })
  },
}

/** What follows a success conflicts with what is being started. */
const successorConflicts: Family = {
  name: 'onsuccess-starts-rival',
  since: 249,
  make(cast) {
    const unit = cast.service({ startSeconds: cast.chance.seconds(...SLOW), plain: true })
    const next = cast.task('switch-over', 'Makes the switch', 'sleep 0.3', { unit: [`Conflicts=${unit}`] })
    const first = cast.task('replicate', 'Copies all', 'sleep 1.2', {
      unit: [`OnSuccess=${next}`, 'OnSuccessJobMode=replace'],
    })
    return asked(cast, 'start', unit, {
      deeds: [{ at: 0.7, who: 'hidden', line: `systemctl start ${first}` }],
      about: [unit, first, next],
      truth: displaced(unit, 'start', 'stop', 'onfailure', ['conflicts']),
    })
  },
}

/** A service needs its socket, and the socket is stopped. */
const socketStopped: Family = {
  name: 'socket-stopped-during-start',
  make(cast) {
    const unit = cast.service({ startSeconds: cast.chance.seconds(...SLOW), plain: true })
    const socket = unit.replace(/\.service$/, '.socket')
    cast.add(unit, 'Unit', [`Requires=${socket}`])
    cast.file(
      socket,
      `[Unit]\nDescription=Listens\n\n[Socket]\nListenStream=127.0.0.1:${cast.chance.integer(4000, 9000)}\n`,
    )
    const other = otherAsks(cast, 1.9, `systemctl stop ${socket}`)
    return asked(cast, 'start', unit, {
      before: [`systemctl start ${socket}`],
      ...other,
      about: [unit, socket],
      truth: displaced(unit, 'start', 'stop', 'propagates-stop'),
    })
  },
}

/** Something two steps down fails, runs out of time, or has an assertion that does not hold. */
function failsBelow(name: string, how: 'deep' | 'slow' | 'assert'): Family {
  return {
    name,
    make(cast) {
      const base =
        how === 'slow'
          ? cast.task('wait-for-license', 'Waits for the license', 'sleep 30', { service: ['TimeoutStartSec=1500ms'] })
          : cast.task('check-volume', 'Looks at the volume', 'sleep 0.4\nexit 1', {
              unit: how === 'assert' ? ['AssertPathExists=/srv/volume/.mounted'] : [],
            })
      const middle = how === 'deep' ? cast.service({ unit: [`Requires=${base}`, `After=${base}`], plain: true }) : base
      const unit = cast.service({ unit: [`Requires=${middle}`, `After=${middle}`], plain: true })
      return asked(cast, 'start', unit, {
        seconds: 4,
        about: [...new Set([unit, middle, base])],
        truth: {
          cause: 'requires-failed',
          also: how === 'slow' ? ['job-timeout'] : how === 'assert' ? ['condition-failed'] : [],
          canceled: `${unit}/start`,
          replacing: null,
        },
      })
    },
  }
}

/** The file system it needs cannot be mounted. */
const mountFails: Family = {
  name: 'mount-below-fails',
  until: 257,
  make(cast) {
    const where = cast.chance.pick(['/srv/data', '/mnt/media'])
    const mount = `${where.slice(1).replaceAll('/', '-')}.mount`
    const unit = cast.service({ unit: [`RequiresMountsFor=${where}`], plain: true })
    return asked(cast, 'start', unit, {
      fstab: `none ${where} tmpfs size=banana,noauto 0 0\n`,
      seconds: 3,
      about: [unit, mount],
      truth: { cause: 'requires-failed', canceled: `${unit}/start`, replacing: null },
    })
  },
}

export const DEPTHS: readonly Family[] = [
  boundCrashes,
  targetStarted('wanted-by-started-target', 1),
  targetStarted('pulled-in-at-three-removes', 3),
  upheldByTarget,
  successorConflicts,
  socketStopped,
  failsBelow('requirement-of-requirement-fails', 'deep'),
  failsBelow('requirement-times-out', 'slow'),
  failsBelow('requirement-assertion-fails', 'assert'),
  mountFails,
]
