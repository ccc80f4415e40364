/** Where what ties two units is not in the file of the one asked about: a scope, a slice, a link, a prefix, a session. */

import { asked, displaced } from './families-chains.ts'
import { byHand, freshName } from './families-hand.ts'
import { otherAsks } from './families-requests.ts'
import { withManager } from './families-users.ts'
import type { Family } from './incident.ts'

const SLOW = [3, 4] as const

/** Somebody's shell holds what it is bound to, and the shell's work is done. */
const scopeEnds: Family = {
  name: 'bound-to-scope-that-ends',
  make(cast) {
    const scope = cast.chance.pick(['toolchain', 'vpn-shell', 'borrowed-gpu'])
    const unit = byHand(cast, freshName(cast), {
      unit: [`BindsTo=${scope}.scope`, `After=${scope}.scope`],
      starts: cast.chance.seconds(...SLOW),
    })
    const line = `systemd-run --quiet --scope --unit=${scope} sleep 2.2`
    const deeds = [{ at: 0.2, who: cast.chance.pick(['other', 'hidden'] as const), line }]
    const truth = displaced(unit, 'start', 'stop', 'bindsto-inactive')
    return asked(cast, 'start', unit, { deeds, about: [unit], truth }, 0.9)
  },
}

/** The slice of an instance lies in the slice of all of them. */
const outerSlice: Family = {
  name: 'outer-slice-stopped',
  make(cast) {
    const name = cast.chance.pick(['mill', 'farm', 'kiln'])
    const unit = byHand(cast, `${name}-run@${cast.chance.integer(1, 9)}.service`, {
      service: [`Slice=${name}-batch-%i.slice`],
      starts: cast.chance.seconds(...SLOW),
    })
    return asked(cast, 'start', unit, {
      ...otherAsks(cast, 1.9, `systemctl stop ${name}.slice`),
      about: [unit],
      truth: displaced(unit, 'start', 'stop', 'propagates-stop'),
    })
  },
}

/** A link made by `systemctl enable` is all that ties it to the target; the queue is looked at before and after. */
const wantedByLink: Family = {
  name: 'wanted-by-link-with-jobs-listed',
  make(cast) {
    const target = cast.file(`${cast.chance.pick(['press', 'stage', 'counter'])}.target`, '[Unit]\nDescription=Open\n')
    const unit = byHand(cast, freshName(cast), { stops: cast.chance.seconds(...SLOW), install: target })
    const other = otherAsks(cast, 1.9, `systemctl start ${target}`)
    const look = (at: number) => ({ at, who: 'asker' as const, line: 'systemctl list-jobs' })
    return asked(cast, 'stop', unit, {
      before: [`systemctl enable ${unit}`],
      deeds: [look(1.2), ...other.deeds, look(2.6)],
      logs: other.logs,
      about: [unit, target],
      truth: displaced(unit, 'stop', 'start', 'opposing-request'),
    })
  },
}

/** Nobody stops the leader: its work is done, and what follows it has to go as well. */
const leaderEnds: Family = {
  name: 'stop-passed-on-as-leader-ends',
  since: 249,
  make(cast) {
    const unit = byHand(cast, freshName(cast), { starts: cast.chance.seconds(...SLOW) })
    const leader = byHand(cast, 'auction.service', { run: '/bin/sleep 2.3', unit: [`PropagatesStopTo=${unit}`] })
    const deeds = [{ at: 0.2, who: 'hidden' as const, line: `systemctl start ${leader}` }]
    const truth = displaced(unit, 'start', 'stop', 'propagates-stop')
    return asked(cast, 'start', unit, { deeds, about: [unit, leader], truth }, 0.9)
  },
}

const sliceOfSession: Family = {
  name: 'user-slice-stopped',
  make(cast) {
    const slice = cast.file('app-studio.slice', '[Unit]\nDescription=All of the studio\n')
    const unit = byHand(cast, 'encoder.service', {
      service: [`Slice=${slice}`],
      starts: cast.chance.seconds(...SLOW),
    })
    return withManager(cast, {
      deeds: [
        { at: 0.5, who: 'asker', line: `systemctl --user start ${cast.typed(unit)}` },
        { at: 1.9, who: cast.chance.pick(['other', 'hidden']), line: `systemctl --user stop ${slice}` },
      ],
      about: [unit, slice],
      truth: displaced(unit, 'start', 'stop', 'propagates-stop'),
    })
  },
}

/** In a session a file appears, and what takes it in wants what is being stopped. */
const pathOfSession: Family = {
  name: 'user-path-of-dependent',
  make(cast) {
    const unit = byHand(cast, 'thumbnailer.service', { stops: cast.chance.seconds(...SLOW) })
    const task = byHand(cast, 'take-in.service', { oneshot: true, run: '/bin/true', unit: [`Wants=${unit}`] })
    const watcher = cast.file('take-in.path', '[Path]\nPathChanged=/run/user/0/inbox\n')
    return withManager(cast, {
      before: [`systemctl --user start ${unit}`, `systemctl --user start ${watcher}`],
      deeds: [
        { at: 0.5, who: 'asker', line: `systemctl --user stop ${cast.typed(unit)}` },
        { at: 1.9, who: 'hidden', line: 'touch /run/user/0/inbox' },
      ],
      about: [unit, task, watcher],
      truth: displaced(unit, 'stop', 'start', 'path-activation'),
    })
  },
}

/** A drop-in for all units whose names begin alike. */
const sharedPrefix: Family = {
  name: 'part-of-by-shared-prefix',
  make(cast) {
    const unit = byHand(cast, `render-${cast.chance.pick(['north', 'film', 'draft'])}.service`, {
      starts: cast.chance.seconds(...SLOW),
    })
    const target = cast.file('farm.target', '[Unit]\nDescription=The whole farm\n')
    cast.file('render-.service.d/10-farm.conf', `[Unit]\nPartOf=${target}\nAfter=${target}\n`)
    return asked(cast, 'start', unit, {
      before: [`systemctl start ${target}`],
      ...otherAsks(cast, 1.9, `systemctl stop ${target}`),
      about: [unit, target],
      truth: displaced(unit, 'start', 'stop', 'partof-propagation'),
    })
  },
}

/** A timer starts what holds it up. */
const timedUpholder: Family = {
  name: 'timer-starts-upholder',
  since: 249,
  make(cast) {
    const unit = byHand(cast, freshName(cast), { stops: cast.chance.seconds(...SLOW) })
    const holder = byHand(cast, 'office-hours.service', { unit: [`Upholds=${unit}`] })
    const timer = cast.file('office-hours.timer', '[Timer]\nOnActiveSec=2s\nAccuracySec=1ms\n')
    return asked(cast, 'stop', unit, {
      before: [`systemctl start ${timer}`],
      about: [unit, holder, timer],
      truth: displaced(unit, 'stop', 'start', 'upholds', ['timer-activation']),
    })
  },
}

/** A probe only asks whether it is up, every now and then. */
const timedProbe: Family = {
  name: 'timed-probe-verifies-it',
  make(cast) {
    const unit = byHand(cast, freshName(cast), { stops: cast.chance.seconds(...SLOW) })
    const probe = byHand(cast, 'health-probe.service', {
      oneshot: true,
      run: '/bin/true',
      unit: [`Requisite=${unit}`, `After=${unit}`],
    })
    const timer = cast.file('health-probe.timer', '[Timer]\nOnActiveSec=2s\nAccuracySec=1ms\n')
    return asked(cast, 'stop', unit, {
      before: [`systemctl start ${timer}`],
      about: [unit, probe, timer],
      truth: displaced(unit, 'stop', 'verify-active', 'timer-activation', ['opposing-request', 'requires-failed']),
    })
  },
}

export const TIES: readonly Family[] = [
  scopeEnds,
  outerSlice,
  wantedByLink,
  leaderEnds,
  sliceOfSession,
  pathOfSession,
  sharedPrefix,
  timedUpholder,
  timedProbe,
]
