/** What fails, is refused or goes well, and where no job was displaced by another. */

import { asked } from './families-chains.ts'
import { byHand, freshName } from './families-hand.ts'
import { otherAsks } from './families-requests.ts'
import type { Family, Truth } from './incident.ts'

const NOTHING: Truth = { cause: 'not-a-cancellation', canceled: null, replacing: null }
const FAILED: Truth = { cause: 'process-failure', canceled: null, replacing: null }

/** What is on its way down is not restarted by somebody who only tries to. */
const onlyTries: Family = {
  name: 'try-restart-during-stop',
  make(cast) {
    const unit = byHand(cast, freshName(cast), { stops: cast.chance.seconds(2, 3) })
    const verb = cast.chance.pick(['try-restart', 'try-reload-or-restart'])
    return asked(cast, 'stop', unit, {
      ...otherAsks(cast, 1.5, `systemctl ${verb} ${cast.typed(unit)}`),
      about: [unit],
      proof: { line: `systemctl show -P ActiveState ${unit}`, prints: 'inactive' },
      truth: NOTHING,
    })
  },
}

/** systemd itself cannot set up what the program was to find. */
const cannotSetUp: Family = {
  name: 'program-cannot-be-set-up',
  make(cast) {
    const setting = cast.chance.pick([
      'StandardOutput=file:/var/log/importer/out.log',
      'Group=importers',
      'RootDirectory=/srv/jail',
      'ReadWritePaths=/srv/absent',
    ])
    const unit = byHand(cast, freshName(cast), {
      service: [setting],
      ...(cast.chance.happens(0.5) ? { oneshot: true, run: '/bin/true' } : { starts: 0.3 }),
    })
    return asked(cast, 'start', unit, { seconds: 3, about: [unit], truth: FAILED })
  },
}

/** The kernel takes the largest. */
const outOfMemory: Family = {
  name: 'killed-for-its-memory',
  make(cast) {
    const path = '/opt/indexer/bin/indexer'
    cast.scripts[path] = '#!/bin/sh\nsleep 1.6\nkill -KILL $$\n'
    const unit = byHand(cast, 'indexer.service', { run: path, service: ['Type=notify'] })
    const pid = cast.chance.integer(700, 9000)
    const size = `total-vm:${cast.chance.integer(4, 30)}000112kB, anon-rss:${cast.chance.integer(4, 30)}88004kB`
    const logs = [
      `<4>kernel: indexer invoked oom-killer: gfp_mask=0x100cca(GFP_HIGHUSER_MOVABLE), order=0, oom_score_adj=0`,
      `<3>kernel: Out of memory: Killed process ${pid} (indexer) ${size}, file-rss:0kB`,
    ]
    return asked(cast, 'start', unit, {
      seconds: 3.5,
      logs: logs.map((log, index) => ({ at: 2 + index / 20, log })),
      about: [unit],
      truth: FAILED,
    })
  },
}

/** Somebody else holds the port; it is tried again, in vain. */
const portInUse: Family = {
  name: 'port-in-use-again-and-again',
  make(cast) {
    const path = '/usr/local/bin/telegraphd'
    cast.scripts[path] =
      '#!/bin/sh\nsleep 0.3\necho "bind() to 0.0.0.0:8125 failed (98: Address already in use)" >&2\nexit 98\n'
    const unit = byHand(cast, 'telegraphd.service', {
      run: path,
      service: ['Type=notify', 'Restart=on-failure', 'RestartSec=900ms'],
    })
    return { ...asked(cast, 'restart', unit, { seconds: 3.5, about: [unit], truth: FAILED }), before: [] }
  },
}

/** One after the other, as it should be. */
const rolling: Family = {
  name: 'rolling-restart-goes-well',
  make(cast) {
    const template = 'shard@'
    byHand(cast, `${template}1.service`, { stops: 0.6, starts: 0.4 })
    const units = [1, 2, 3].map((slot) => `${template}${slot}.service`)
    const line = units.map((unit) => `systemctl restart ${unit}`).join(' && ')
    return {
      units: cast.units,
      seconds: 5.5,
      before: [`systemctl start ${units.join(' ')}`],
      deeds: [
        { at: 0.5, who: 'asker', line },
        { at: 4.6, who: 'asker', line: `systemctl is-active ${units.join(' ')}` },
      ],
      about: [...units],
      proof: { line: `systemctl is-active ${units.join(' ')} | tr '\\n' ' '`, prints: 'active active active' },
      truth: NOTHING,
    }
  },
}

/** What it needs waits too long in the queue, behind something slow. */
const waitsBehind: Family = {
  name: 'requirement-waits-behind-slow-one',
  make(cast) {
    const slow = byHand(cast, 'fsck-big.service', { oneshot: true, run: '/bin/sleep 6' })
    const base = byHand(cast, 'pool-import.service', {
      oneshot: true,
      run: '/bin/true',
      unit: [`After=${slow}`, 'JobTimeoutSec=1500ms'],
    })
    const unit = byHand(cast, freshName(cast), { unit: [`Requires=${base}`, `After=${base}`] })
    return asked(cast, 'start', unit, {
      seconds: 4,
      before: [`systemctl start --no-block ${slow}`],
      about: [unit, base, slow],
      truth: { cause: 'requires-failed', also: ['job-timeout'], canceled: `${unit}/start`, replacing: null },
    })
  },
}

/** The rival's stop may not be displaced, and it is on its way. */
const irreversibleRival: Family = {
  name: 'pulled-in-rival-stops-irreversibly',
  make(cast) {
    const base = byHand(cast, 'tape-library.service', { stops: cast.chance.seconds(3, 4) })
    const unit = byHand(cast, freshName(cast), { unit: [`Requires=${base}`, `After=${base}`] })
    return {
      ...asked(
        cast,
        'start',
        unit,
        {
          seconds: 4,
          ...otherAsks(cast, 0.4, `systemctl stop --job-mode=replace-irreversibly ${cast.typed(base)}`),
          about: [unit, base],
          truth: { cause: 'destructive-transaction', canceled: `${unit}/start`, replacing: null },
        },
        1.6,
      ),
      before: [`systemctl start ${base}`],
    }
  },
}

/** A warning of somebody's about jobs, and a program whose check of its own fails. */
const ownCheckFails: Family = {
  name: 'own-check-fails-while-jobs-are-spoken-of',
  make(cast) {
    const path = '/usr/local/sbin/verify-config'
    cast.scripts[path] = '#!/bin/sh\nsleep 0.8\necho "line 14: unknown directive \\"worker_job\\"" >&2\nexit 2\n'
    const unit = byHand(cast, freshName(cast), { service: [`ExecStartPre=${path} -q`] })
    const logs = [
      '<14>scheduler[733]: job nightly-export canceled, 0 rows were sent',
      '<12>runner[802]: Job 8812 canceled: superseded by a newer commit',
    ]
    return asked(cast, 'start', unit, {
      seconds: 3,
      logs: logs.map((log, index) => ({ at: 0.7 + index, log })),
      about: [unit],
      truth: FAILED,
    })
  },
}

export const MISHAPS: readonly Family[] = [
  onlyTries,
  cannotSetUp,
  outOfMemory,
  portInUse,
  rolling,
  waitsBehind,
  irreversibleRival,
  ownCheckFails,
]
