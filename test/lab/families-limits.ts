/** Where a limit, a check or a mode decides: of the job, of what it needs, or of whoever asks. */

import { asked, displaced } from './families-chains.ts'
import { byHand, freshName } from './families-hand.ts'
import { otherAsks } from './families-requests.ts'
import type { Family, Truth } from './incident.ts'

const SLOW = [3, 4] as const

const NOTHING: Truth = { cause: 'not-a-cancellation', canceled: null, replacing: null }

/** The limit of a job holds for its stop as well. */
const stopJobTooLong: Family = {
  name: 'stop-job-times-out',
  make(cast) {
    const unit = byHand(cast, freshName(cast), { stops: 5, unit: ['JobTimeoutSec=2'] })
    return asked(cast, 'stop', unit, {
      seconds: 4,
      about: [unit],
      truth: { cause: 'job-timeout', canceled: `${unit}/stop`, replacing: null },
    })
  },
}

/** What it is bound to is skipped, which is no failure there and one here. */
const boundSkipped: Family = {
  name: 'bound-unit-skipped-by-condition',
  make(cast) {
    const base = byHand(cast, 'tunnel.service', { unit: ['ConditionPathExists=/etc/tunnel/peer.conf'] })
    const unit = byHand(cast, freshName(cast), { unit: [`BindsTo=${base}`, `After=${base}`] })
    return asked(cast, 'start', unit, {
      seconds: 3,
      about: [unit, base],
      truth: {
        cause: 'bindsto-inactive',
        also: ['condition-failed', 'requires-failed'],
        canceled: `${unit}/start`,
        replacing: null,
      },
    })
  },
}

/** An ordinary start, but for an option that makes it an isolate. */
const modeIsolates: Family = {
  name: 'start-with-isolating-mode',
  make(cast) {
    const unit = byHand(cast, freshName(cast), { starts: cast.chance.seconds(...SLOW) })
    const target = cast.file(
      'inventory.target',
      '[Unit]\nDescription=Closed for inventory\nRequires=basic.target\nAfter=basic.target\nAllowIsolate=yes\n',
    )
    return asked(cast, 'start', unit, {
      ...otherAsks(cast, 1.9, `systemctl start --job-mode=isolate ${target}`),
      about: [unit, target],
      truth: displaced(unit, 'start', 'stop', 'isolate'),
    })
  },
}

/** It fails again and again, but what ended the restart was somebody's stop. */
const crashLooper: Family = {
  name: 'stopped-while-it-crashes-again-and-again',
  make(cast) {
    cast.scripts['/srv/feed/run'] = '#!/bin/sh\nsleep 0.3\necho "cannot reach broker" >&2\nexit 3\n'
    const unit = byHand(cast, 'feed.service', {
      run: '/srv/feed/run',
      unit: ['StartLimitIntervalSec=0'],
      service: ['ExecStartPre=/bin/sleep 1.6', 'Restart=always', 'RestartSec=500ms'],
    })
    return {
      ...asked(cast, 'restart', unit, {
        ...otherAsks(cast, 1.3, `systemctl stop ${cast.typed(unit)}`),
        about: [unit],
        truth: displaced(unit, 'restart', 'stop', 'opposing-request'),
      }),
      before: [`systemctl start --no-block ${unit}`, 'sleep 2.1'],
    }
  },
}

/** The handler of a failure keeps it down, and lets nobody change that. */
const keptDown: Family = {
  name: 'failure-handler-refuses-others',
  make(cast) {
    const unit = byHand(cast, freshName(cast), { stops: cast.chance.seconds(4, 5) })
    const handler = byHand(cast, 'evacuate.service', { unit: [`Conflicts=${unit}`] })
    const failing = byHand(cast, 'array-check.service', {
      oneshot: true,
      run: '/bin/false',
      unit: [`OnFailure=${handler}`, 'OnFailureJobMode=replace-irreversibly'],
    })
    return {
      ...asked(
        cast,
        'start',
        unit,
        {
          deeds: [{ at: 0.3, who: 'hidden', line: `systemctl start ${failing}` }],
          about: [unit, handler, failing],
          truth: {
            cause: 'destructive-transaction',
            also: ['onfailure', 'conflicts'],
            canceled: null,
            replacing: null,
          },
        },
        1.4,
      ),
      before: [`systemctl start ${unit}`],
    }
  },
}

/** It may run for so long and no longer. */
const runsTooLong: Family = {
  name: 'runtime-limit-ends-it',
  make(cast) {
    const unit = byHand(cast, freshName(cast), { service: ['RuntimeMaxSec=1.5'] })
    return asked(cast, 'start', unit, {
      seconds: 4,
      deeds: [{ at: 3.2, who: 'asker', line: `systemctl is-active ${unit}` }],
      about: [unit],
      proof: { line: `systemctl is-active ${unit}`, prints: 'failed' },
      truth: { cause: 'process-failure', also: ['job-timeout'], canceled: null, replacing: null },
    })
  },
}

/** The program is up; the check after it is not content. */
const checkAfterwards: Family = {
  name: 'start-post-check-fails',
  make(cast) {
    const unit = byHand(cast, freshName(cast), {
      service: ['ExecStartPost=/bin/sh -c "sleep 0.6; echo no answer on port 8080; exit 1"'],
    })
    return asked(cast, 'start', unit, {
      seconds: 3,
      about: [unit],
      truth: { cause: 'process-failure', canceled: `${unit}/start`, replacing: null },
    })
  },
}

/** What it is bound to crashes, and is up again without having been down. */
const restartsDirectly: Family = {
  name: 'bound-unit-restarts-directly',
  since: 254,
  make(cast) {
    cast.scripts['/srv/cache/run'] =
      '#!/bin/sh\n[ -e /run/cache.once ] && exec sleep infinity\ntouch /run/cache.once\nsleep 1.6\nexit 1\n'
    const base = byHand(cast, 'cache.service', {
      run: '/srv/cache/run',
      service: ['Restart=on-failure', 'RestartMode=direct'],
    })
    const unit = byHand(cast, freshName(cast), { unit: [`BindsTo=${base}`, `After=${base}`], starts: 3.1 })
    return asked(cast, 'start', unit, {
      deeds: [{ at: 4.8, who: 'asker', line: `systemctl is-active ${unit}` }],
      about: [unit, base],
      proof: { line: `systemctl is-active ${unit}`, prints: 'active' },
      truth: NOTHING,
    })
  },
}

/** It needs swap space, and the file has none. */
const noSwap: Family = {
  name: 'required-swap-fails',
  make(cast) {
    const swap = cast.file('var-spare.swap', '[Swap]\nWhat=/var/spare\n')
    const unit = byHand(cast, 'simulation.service', { unit: [`Requires=${swap}`, `After=${swap}`] })
    return asked(cast, 'start', unit, {
      seconds: 3,
      before: ['echo nothing > /var/spare'],
      about: [unit, swap],
      truth: { cause: 'requires-failed', canceled: `${unit}/start`, replacing: null },
    })
  },
}

export const LIMITS: readonly Family[] = [
  stopJobTooLong,
  boundSkipped,
  modeIsolates,
  crashLooper,
  keptDown,
  runsTooLong,
  checkAfterwards,
  restartsDirectly,
  noSwap,
]
