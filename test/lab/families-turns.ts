/** Turns that a maintainer would not be surprised by: what one command, a mount or an end brings along, or does not. */

import { asked, displaced } from './families-chains.ts'
import { byHand, freshName } from './families-hand.ts'
import { otherAsks } from './families-requests.ts'
import type { Family, Truth } from './incident.ts'

const SLOW = [3, 4] as const

const NOTHING: Truth = { cause: 'not-a-cancellation', canceled: null, replacing: null }

/** One command names two that exclude each other: the second stops the first. */
const bothAtOnce: Family = {
  name: 'starts-two-that-conflict',
  make(cast) {
    const first = byHand(cast, freshName(cast), { starts: cast.chance.seconds(...SLOW) })
    const second = byHand(cast, freshName(cast), { unit: [`Conflicts=${first}`], starts: 1.5 })
    const line = `systemctl start ${first} ${second}`
    return {
      units: cast.units,
      scripts: cast.scripts,
      deeds: [{ at: 0.5, who: 'asker', line }],
      seconds: 5,
      about: [first, second],
      truth: displaced(first, 'start', 'stop', 'conflicts'),
    }
  },
}

/** The mount that it is bound to is taken away by hand while it starts. */
const unmounted: Family = {
  name: 'unmounted-under-bound-unit',
  make(cast) {
    const mount = cast.file('srv-inbox.mount', '[Mount]\nWhat=tmpfs\nWhere=/srv/inbox\nType=tmpfs\n')
    const unit = byHand(cast, freshName(cast), {
      unit: [`BindsTo=${mount}`, `After=${mount}`],
      starts: cast.chance.seconds(...SLOW),
    })
    const who = cast.chance.pick(['other', 'hidden'] as const)
    return asked(cast, 'start', unit, {
      deeds: [{ at: 2, who, line: 'umount /srv/inbox' }],
      about: [unit, mount],
      truth: displaced(unit, 'start', 'stop', 'bindsto-inactive', ['propagates-stop']),
    })
  },
}

/** The end of a backup turns the machine off, as its file says. */
const poweredOff: Family = {
  name: 'success-action-powers-off',
  make(cast) {
    const way = cast.chance.pick(['poweroff', 'reboot'])
    const slow = cast.service({ service: ['ExecStop=/bin/sleep 40'], plain: true })
    const unit = cast.service({ startSeconds: cast.chance.seconds(...SLOW), plain: true })
    const task = cast.task('nightly-copy', 'Copies the night away', 'sleep 1.8', { unit: [`SuccessAction=${way}`] })
    return asked(cast, 'start', unit, {
      before: [`systemctl start ${slow}`, `systemctl --no-block start ${task}`],
      seconds: 4,
      about: [unit, task],
      truth: displaced(unit, 'start', 'stop', 'shutdown-in-progress'),
    })
  },
}

/** Somebody at the console presses three keys. */
const threeKeys: Family = {
  name: 'three-keys-pressed',
  make(cast) {
    const slow = cast.service({ service: ['ExecStop=/bin/sleep 40'], plain: true })
    const unit = cast.service({ startSeconds: cast.chance.seconds(...SLOW), plain: true })
    return asked(cast, 'start', unit, {
      before: [`systemctl start ${slow}`],
      deeds: [{ at: 1.9, who: 'hidden', line: 'kill -INT 1' }],
      seconds: 4,
      about: [unit],
      truth: displaced(unit, 'start', 'stop', 'shutdown-in-progress'),
    })
  },
}

/** All instances are restarted by a pattern while one of them goes down. */
const byPattern: Family = {
  name: 'instances-restarted-by-pattern',
  make(cast) {
    const unit = byHand(cast, `feed@${cast.chance.pick(['a', '2', 'north'])}.service`, {
      stops: cast.chance.seconds(...SLOW),
    })
    const other = otherAsks(cast, 1.7, "systemctl restart 'feed@*'")
    return asked(cast, 'stop', unit, {
      ...other,
      before: [`systemctl start ${unit}`],
      about: [unit],
      truth: displaced(unit, 'stop', 'restart', 'opposing-request'),
    })
  },
}

/** A reload is passed on to a unit that goes down: there is nothing to reload, and the stop goes on. */
const reloadPassedOn: Family = {
  name: 'reload-passed-on-does-no-harm',
  make(cast) {
    const unit = byHand(cast, freshName(cast), { stops: 2, service: ['ExecReload=/bin/true'] })
    const leader = byHand(cast, freshName(cast), {
      unit: [`PropagatesReloadTo=${unit}`],
      service: ['ExecReload=/bin/true'],
    })
    const other = otherAsks(cast, 1.4, `systemctl reload ${leader}`)
    return asked(cast, 'stop', unit, {
      ...other,
      before: [`systemctl start ${unit} ${leader}`],
      seconds: 4,
      about: [unit, leader],
      truth: NOTHING,
    })
  },
}

/** It crashes and waits for its restart when it is stopped: the stop is done at once, and it stays down. */
const stoppedWhileItWaits: Family = {
  name: 'stopped-between-crashes',
  make(cast) {
    const unit = byHand(cast, freshName(cast), {
      run: '/bin/sh -c "sleep 0.3; exit 3"',
      service: ['Restart=always', 'RestartSec=5'],
    })
    return asked(
      cast,
      'stop',
      unit,
      {
        before: [`systemctl start ${unit}`],
        seconds: 4,
        about: [unit],
        truth: { ...NOTHING, also: ['process-failure'] },
      },
      1.8,
    )
  },
}

/** A timer starts a target, which wants what excludes the unit. */
const rivalOfTarget: Family = {
  name: 'timer-starts-target-of-rival',
  make(cast) {
    const unit = byHand(cast, freshName(cast), { starts: cast.chance.seconds(...SLOW) })
    const rival = byHand(cast, freshName(cast), { unit: [`Conflicts=${unit}`, `Before=${unit}`] })
    const lead = cast.file('maintenance.target', `[Unit]\nDescription=Maintenance\nWants=${rival}\n`)
    const timer = cast.file('maintenance.timer', '[Timer]\nOnActiveSec=2\nAccuracySec=1ms\nUnit=maintenance.target\n')
    return asked(cast, 'start', unit, {
      before: [`systemctl start ${timer}`],
      about: [unit, rival, lead, timer],
      truth: displaced(unit, 'start', 'stop', 'conflicts', ['timer-activation']),
    })
  },
}

export const TURNS: readonly Family[] = [
  bothAtOnce,
  unmounted,
  poweredOff,
  threeKeys,
  byPattern,
  reloadPassedOn,
  stoppedWhileItWaits,
  rivalOfTarget,
]
