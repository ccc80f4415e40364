/** Programs that look after others, each in its own way: loops, hooks, handlers, pipelines, and what they bring along. */

import { asked, displaced } from './families-chains.ts'
import { byHand, freshName } from './families-hand.ts'
import { otherAsks } from './families-requests.ts'
import { withManager } from './families-users.ts'
import type { Family } from './incident.ts'

const SLOW = [3, 4] as const

/** Whatever does not answer is restarted, also what is meant to go down. */
const healthLoop: Family = {
  name: 'health-loop-restarts-it',
  make(cast) {
    const unit = byHand(cast, freshName(cast), { stops: cast.chance.seconds(...SLOW) })
    const path = '/usr/local/lib/pulse/loop.sh'
    const check = 'test -e /run/pulse/ok'
    const loop = `while sleep 0.9; do\n  ${check} || systemctl restart --no-block "$TARGET"\ndone`
    cast.scripts[path] = `#!/bin/sh\n# TARGET comes from the unit\n${loop}\n`
    const watcher = byHand(cast, 'pulse.service', { service: [`Environment=TARGET=${unit}`], run: path })
    return asked(cast, 'stop', unit, {
      before: ['mkdir -p /run/pulse', 'touch /run/pulse/ok', `systemctl start ${watcher}`],
      deeds: [{ at: 1.4, who: 'hidden', line: 'rm /run/pulse/ok' }],
      about: [unit, watcher],
      showScripts: [path],
      truth: displaced(unit, 'stop', 'restart', 'exec-calls-systemctl', ['opposing-request']),
    })
  },
}

/** On its way down it takes another along, by a command. */
const stopsOnTheWayDown: Family = {
  name: 'others-exec-stop-stops-it',
  make(cast) {
    const unit = byHand(cast, freshName(cast), { starts: cast.chance.seconds(...SLOW) })
    const front = byHand(cast, 'edge-proxy.service', { service: [`ExecStop=/usr/bin/systemctl stop ${unit}`] })
    return asked(cast, 'start', unit, {
      before: [`systemctl start ${front}`],
      ...otherAsks(cast, 1.8, `systemctl stop ${cast.typed(front)}`),
      about: [unit, front],
      truth: displaced(unit, 'start', 'stop', 'exec-calls-systemctl'),
    })
  },
}

/** The timer's task wants a helper, and the helper is the one that conflicts. */
const timedRivalBelow: Family = {
  name: 'timer-pulls-in-rival',
  make(cast) {
    const unit = byHand(cast, freshName(cast), { starts: cast.chance.seconds(...SLOW) })
    const lock = byHand(cast, 'exclusive-lock.service', { unit: [`Conflicts=${unit}`] })
    const task = byHand(cast, 'compact.service', { oneshot: true, run: '/bin/sleep 0.5', unit: [`Wants=${lock}`] })
    const timer = cast.file('compact.timer', '[Timer]\nOnActiveSec=1.9s\nAccuracySec=1ms\n')
    return asked(cast, 'start', unit, {
      before: [`systemctl start ${timer}`],
      about: [unit, lock, task, timer],
      truth: displaced(unit, 'start', 'stop', 'conflicts', ['timer-activation']),
    })
  },
}

/** What it is bound to may run for so long only. */
const leaseRunsOut: Family = {
  name: 'bound-unit-runs-out-of-time',
  make(cast) {
    const lease = byHand(cast, 'gpu-lease.service', { service: ['RuntimeMaxSec=2'] })
    const unit = byHand(cast, 'render.service', {
      unit: [`BindsTo=${lease}`, `After=${lease}`],
      starts: cast.chance.seconds(...SLOW),
    })
    return asked(cast, 'start', unit, {
      before: [`systemctl start ${lease}`],
      about: [unit, lease],
      truth: displaced(unit, 'start', 'stop', 'bindsto-inactive'),
    })
  },
}

/** A session's program fails, and what stands in for it cannot be up beside the one that is just starting. */
const sessionStandIn: Family = {
  name: 'user-failure-handler-rival',
  make(cast) {
    const unit = byHand(cast, 'dock.service', { starts: cast.chance.seconds(...SLOW) })
    const handler = byHand(cast, 'plain-panel.service', { unit: [`Conflicts=${unit}`] })
    const failing = byHand(cast, 'compositor.service', {
      run: '/bin/sh -c "sleep 1.6; exit 7"',
      unit: [`OnFailure=${handler}`],
    })
    return withManager(cast, {
      before: [`systemctl --user start ${failing}`],
      deeds: [{ at: 0.4, who: 'asker', line: `systemctl --user start ${cast.typed(unit)}` }],
      about: [unit, handler, failing],
      truth: displaced(unit, 'start', 'stop', 'onfailure', ['conflicts']),
    })
  },
}

/** In a session, what is not part of the work goes. */
const sessionIsolates: Family = {
  name: 'user-isolates',
  make(cast) {
    const unit = byHand(cast, 'podcatcher.service', { starts: cast.chance.seconds(...SLOW) })
    const target = cast.file('focus.target', '[Unit]\nDescription=Nothing but work\nAllowIsolate=yes\n')
    return withManager(cast, {
      deeds: [
        { at: 0.5, who: 'asker', line: `systemctl --user start ${cast.typed(unit)}` },
        { at: 1.9, who: cast.chance.pick(['other', 'hidden']), line: `systemctl --user isolate ${target}` },
      ],
      about: [unit, target],
      truth: displaced(unit, 'start', 'stop', 'isolate'),
    })
  },
}

/** Two branches are rolled out onto the same machine. */
const twoPipelines: Family = {
  name: 'pipeline-of-another-branch',
  make(cast) {
    const unit = byHand(cast, freshName(cast), { starts: cast.chance.seconds(...SLOW) })
    const runner = cast.chance.integer(2000, 9000)
    const text = [
      `$ ssh ${cast.user}@${cast.host} sudo systemctl restart ${unit}`,
      'OUTPUT',
      'section_end:1718000321:step_script',
      'Cleaning up project directory and file based variables',
      'ERROR: Job failed: exit status 1',
    ].join('\n')
    const where = 'TTY=unknown ; PWD=/builds/shop/api ; USER=root'
    const scene = asked(cast, 'restart', unit, {
      deeds: [{ at: 2.2, who: 'hidden', line: `systemctl stop ${unit}` }],
      logs: [
        { at: 2.15, log: `<86>sudo[${runner}]: gitlab-runner : ${where} ; COMMAND=/usr/bin/systemctl stop ${unit}` },
      ],
      about: [unit],
      tool: { tool: 'script', text },
      truth: displaced(unit, 'restart', 'stop', 'opposing-request', ['automation-race']),
    })
    return { ...scene, before: [] }
  },
}

/** After the backup comes the cleaning, and that brings up again what somebody takes down. */
const afterBackup: Family = {
  name: 'success-hook-starts-it',
  since: 249,
  make(cast) {
    const unit = byHand(cast, freshName(cast), { stops: cast.chance.seconds(...SLOW) })
    const hook = byHand(cast, 'thaw.service', { oneshot: true, run: `/usr/bin/systemctl start ${unit}` })
    const backup = byHand(cast, 'snapshot.service', {
      oneshot: true,
      run: '/bin/sleep 1.8',
      unit: [`OnSuccess=${hook}`],
    })
    return asked(cast, 'stop', unit, {
      deeds: [{ at: 0.2, who: 'hidden', line: `systemctl start --no-block ${backup}` }],
      about: [unit, hook, backup],
      truth: displaced(unit, 'stop', 'start', 'exec-calls-systemctl', ['onfailure']),
    })
  },
}

export const WATCHERS: readonly Family[] = [
  healthLoop,
  stopsOnTheWayDown,
  timedRivalBelow,
  leaseRunsOut,
  sessionStandIn,
  sessionIsolates,
  twoPipelines,
  afterBackup,
]
