/** What looks like a canceled job and is none, or is another's: failures, skips, clients that gave up. */

import type { Cast } from './cast.ts'
import { byHand, freshName } from './families-hand.ts'
import type { Deed, Family, Scene, Truth } from './incident.ts'

const scene = (cast: Cast, rest: Omit<Scene, 'units' | 'seconds'> & Partial<Scene>): Scene => ({
  units: cast.units,
  seconds: 3.5,
  ...rest,
})

const asks = (line: string, at = 0.5): Deed => ({ at, who: 'asker', line })

const own = (unit: string, type: string): Truth => ({
  cause: 'process-failure',
  canceled: `${unit}/${type}`,
  replacing: null,
})

const NOTHING: Truth = { cause: 'not-a-cancellation', canceled: null, replacing: null }

/** It fails by itself, while another unit's job is canceled by two other people. */
const failsBeside: Family = {
  name: 'fails-while-another-is-canceled',
  make(cast) {
    cast.scripts['/opt/loader/run'] = '#!/bin/sh\nsleep 1.5\necho "schema mismatch: v4 != v5" >&2\nexit 65\n'
    const unit = byHand(cast, 'loader.service', { oneshot: true, run: '/opt/loader/run' })
    const beside = byHand(cast, freshName(cast), { stops: 3.1 })
    return scene(cast, {
      before: [`systemctl start ${beside}`],
      deeds: [
        asks('systemctl start loader', 0.9),
        { at: 0.5, who: 'other', line: `systemctl stop ${beside}` },
        { at: 1.4, who: 'hidden', line: `systemctl start ${beside}` },
      ],
      about: [unit],
      truth: own(unit, 'start'),
    })
  },
}

/** The client is ended by a timeout around it; the job is not. */
const clientEnded: Family = {
  name: 'client-gave-up',
  make(cast) {
    const unit = byHand(cast, freshName(cast), { starts: 2.4 })
    return scene(cast, {
      deeds: [asks(`timeout 1 systemctl start ${cast.typed(unit)}`), asks(`systemctl is-active ${unit}`, 3.3)],
      about: [unit],
      proof: { line: `systemctl is-active ${unit}`, prints: 'active' },
      truth: NOTHING,
    })
  },
}

/** It says so itself, and fails. */
const saysCanceled: Family = {
  name: 'program-exits-canceled',
  make(cast) {
    const words = cast.chance.pick(['aio_read: Operation canceled', 'transfer canceled by peer', 'job 17 canceled'])
    cast.scripts['/usr/local/bin/mover'] =
      `#!/bin/sh\nsleep 0.7\necho "${words}" >&2\nexit ${cast.chance.pick([1, 125])}\n`
    const unit = byHand(cast, 'mover.service', { oneshot: true, run: '/usr/local/bin/mover --once' })
    return scene(cast, {
      deeds: [asks('systemctl start mover.service')],
      about: [unit],
      truth: own(unit, 'start'),
    })
  },
}

/** It has done its work, and is down: as it should be. */
const doneAndDown: Family = {
  name: 'done-and-down',
  make(cast) {
    const unit = byHand(cast, 'tidy-up.service', {
      oneshot: true,
      run: '/bin/sh -c "echo 41 files removed; sleep 0.3"',
    })
    return scene(cast, {
      deeds: [asks(`systemctl start ${cast.typed(unit)}`), asks(`systemctl is-active ${cast.typed(unit)}`, 2)],
      about: [unit],
      proof: { line: `systemctl is-active ${unit}`, prints: 'inactive' },
      truth: NOTHING,
    })
  },
}

/** Killed from outside while it starts: no job took its place. */
const killedOutside: Family = {
  name: 'killed-while-starting',
  make(cast) {
    const unit = byHand(cast, freshName(cast), { oneshot: true, run: '/bin/sleep 30' })
    const way = cast.chance.pick([`systemctl kill -s KILL ${unit}`, 'pkill -KILL -x sleep'])
    return scene(cast, {
      deeds: [asks(`systemctl start ${cast.typed(unit)}`), { at: 1.7, who: 'other', line: way }],
      about: [unit],
      truth: own(unit, 'start'),
    })
  },
}

/** The command that should reload it fails. */
const reloadFails: Family = {
  name: 'reload-command-fails',
  make(cast) {
    const unit = byHand(cast, freshName(cast), {
      service: ['ExecReload=/bin/sh -c "echo line 12: unknown directive >&2; exit 1"'],
    })
    return scene(cast, {
      before: [`systemctl start ${unit}`],
      deeds: [asks(`systemctl reload ${cast.typed(unit)}`)],
      about: [unit],
      truth: own(unit, 'reload'),
    })
  },
}

/** It dies while it is reloaded. */
const diesInReload: Family = {
  name: 'dies-during-reload',
  make(cast) {
    cast.scripts['/opt/proxy/serve'] = '#!/bin/sh\nsleep 2.2\necho "assertion failed: conn != NULL" >&2\nexit 70\n'
    const unit = byHand(cast, 'proxy.service', { run: '/opt/proxy/serve', service: ['ExecReload=/bin/sleep 4'] })
    return scene(cast, {
      before: [`systemctl start ${unit}`],
      deeds: [asks('systemctl reload proxy')],
      seconds: 5,
      about: [unit],
      proof: { line: `systemctl is-active ${unit}`, prints: 'failed' },
      truth: own(unit, 'reload'),
    })
  },
}

/** What a target only wants has failed; the target is up. */
const wantedFails: Family = {
  name: 'wanted-unit-fails',
  make(cast) {
    const failing = byHand(cast, 'telemetry-push.service', { oneshot: true, run: '/bin/false' })
    const target = cast.file('office.target', `[Unit]\nDescription=The office\nWants=${failing}\nAfter=${failing}\n`)
    return scene(cast, {
      deeds: [asks(`systemctl start ${target}`), asks(`systemctl is-active ${target} ${failing}`, 2)],
      about: [failing, target],
      truth: { cause: 'process-failure', canceled: null, replacing: null },
    })
  },
}

/** A command of its own says that there is nothing to do. */
const commandSkips: Family = {
  name: 'exec-condition-skips',
  make(cast) {
    const unit = byHand(cast, freshName(cast), {
      service: [`ExecCondition=/bin/sh -c "exit ${cast.chance.integer(1, 9)}"`],
    })
    return scene(cast, {
      deeds: [asks(`systemctl start ${cast.typed(unit)}`), asks(`systemctl is-active ${unit}`, 2)],
      about: [unit],
      proof: { line: `systemctl is-active ${unit}`, prints: 'inactive' },
      truth: { cause: 'condition-failed', canceled: null, replacing: null },
    })
  },
}

/** A restart goes only half the way. */
const restartSkipped: Family = {
  name: 'restart-skipped-by-condition',
  make(cast) {
    const flag = '/run/maintenance'
    const unit = byHand(cast, freshName(cast), { unit: [`ConditionPathExists=!${flag}`] })
    return scene(cast, {
      before: [`systemctl start ${unit}`, `touch ${flag}`],
      deeds: [asks(`systemctl restart ${cast.typed(unit)}`), asks(`systemctl is-active ${unit}`, 2)],
      about: [unit],
      wanted: 'active',
      proof: { line: `systemctl is-active ${unit}`, prints: 'inactive' },
      truth: { cause: 'condition-failed', canceled: null, replacing: null },
    })
  },
}

/** A target has a time to come up in. */
const targetLate: Family = {
  name: 'target-comes-up-too-late',
  make(cast) {
    const slow = byHand(cast, 'warm-caches.service', { oneshot: true, run: '/bin/sleep 9' })
    const target = cast.file(
      'storefront.target',
      `[Unit]\nDescription=The shop\nWants=${slow}\nAfter=${slow}\nJobTimeoutSec=2s\n`,
    )
    return scene(cast, {
      deeds: [asks(`systemctl start ${target}`)],
      seconds: 4.5,
      about: [target, slow],
      truth: { cause: 'job-timeout', canceled: `${target}/start`, replacing: null },
    })
  },
}

/** Each connection starts it, and each time it fails, until the socket gives up. */
const flapping: Family = {
  name: 'socket-gives-up',
  make(cast) {
    const port = cast.chance.integer(4000, 9000)
    const unit = byHand(cast, 'quote.service', { run: '/bin/false', unit: ['StartLimitBurst=3'] })
    const socket = cast.file('quote.socket', `[Socket]\nListenStream=127.0.0.1:${port}\n`)
    return scene(cast, {
      before: [`systemctl start ${socket}`],
      deeds: [
        { at: 0.5, who: 'hidden', line: `bash -c 'exec 3<>/dev/tcp/127.0.0.1/${port}; sleep 1'` },
        asks(`systemctl is-active ${socket}`, 2.5),
      ],
      about: [socket, unit],
      proof: { line: `systemctl is-failed ${socket}`, prints: 'failed' },
      truth: { cause: 'start-limit', also: ['process-failure', 'socket-activation'], canceled: null, replacing: null },
    })
  },
}

export const LOOKALIKES: readonly Family[] = [
  failsBeside,
  clientEnded,
  saysCanceled,
  doneAndDown,
  killedOutside,
  reloadFails,
  diesInReload,
  wantedFails,
  commandSkips,
  restartSkipped,
  targetLate,
  flapping,
]
