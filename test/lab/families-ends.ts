/** What takes everything down, or nearly: rescue, actions of units that fail or wait too long, a session's end. */

import { asked, displaced } from './families-chains.ts'
import { otherAsks } from './families-requests.ts'
import { withManager } from './families-users.ts'
import type { Family } from './incident.ts'

const SLOW = [3, 4] as const

const rescued: Family = {
  name: 'rescue-mode',
  make(cast) {
    const unit = cast.service({ startSeconds: cast.chance.seconds(...SLOW), plain: true })
    const other = otherAsks(cast, 1.9, 'systemctl --no-block rescue')
    return asked(cast, 'start', unit, {
      ...other,
      seconds: 4,
      about: [unit],
      truth: displaced(unit, 'start', 'stop', 'isolate'),
    })
  },
}

/** A crash loop reaches its limit, or a job its time, and the setting asks for a reboot then. */
function action(name: string, how: 'limit' | 'timeout'): Family {
  return {
    name,
    make(cast) {
      const way = cast.chance.pick(['reboot', 'poweroff'])
      const slow = cast.service({ service: ['ExecStop=/bin/sleep 40'], plain: true })
      const unit = cast.service({ startSeconds: cast.chance.seconds(...SLOW), plain: true })
      const watched =
        how === 'limit'
          ? cast.task('heartbeat', 'Beats', 'sleep 0.4\nexit 1', {
              type: 'simple',
              unit: ['StartLimitIntervalSec=60', 'StartLimitBurst=3', `StartLimitAction=${way}`],
              service: ['Restart=always', 'RestartSec=300ms'],
            })
          : cast.task('attest', 'Attests the machine', 'sleep 60', {
              unit: ['JobTimeoutSec=2500ms', `JobTimeoutAction=${way}`],
            })
      return asked(cast, 'start', unit, {
        before: [`systemctl start ${slow}`, `systemctl --no-block start ${watched}`],
        seconds: 5,
        about: [unit, watched],
        truth: displaced(unit, 'start', 'stop', 'shutdown-in-progress'),
      })
    },
  }
}

/** The user's manager is told to exit while a program of the session starts. */
const sessionExits: Family = {
  name: 'user-manager-exits',
  make(cast) {
    const unit = cast.service({ startSeconds: cast.chance.seconds(...SLOW), plain: true })
    const slow = cast.service({ service: ['ExecStop=/bin/sleep 30'], plain: true })
    return withManager(cast, {
      before: [`systemctl --user start ${slow}`],
      deeds: [
        { at: 0.5, who: 'asker', line: `systemctl --user start ${cast.typed(unit)}` },
        { at: 1.9, who: 'hidden', line: 'systemctl --user exit' },
      ],
      about: [unit],
      truth: displaced(unit, 'start', 'stop', 'shutdown-in-progress'),
    })
  },
}

/** An instance's timer is of that instance. */
const instanceTimer: Family = {
  name: 'timer-of-instance',
  make(cast) {
    const name = cast.chance.pick(['backup', 'sync', 'mirror'])
    const instance = cast.chance.pick(['daily', 'home', 'eu'])
    const unit = `${name}@${instance}.service`
    cast.scripts[`/usr/local/bin/${name}`] = '#!/bin/sh\nexec sleep infinity\n'
    const lines = ['[Service]', `ExecStart=/usr/local/bin/${name} %i`, `ExecStop=/bin/sleep ${4.3}`]
    cast.file(`${name}@.service`, `[Unit]\nDescription=${name} of %i\n\n${lines.join('\n')}\n`)
    const times = '[Timer]\nOnCalendar=*:*:0/2\nAccuracySec=1ms\n'
    cast.file(`${name}@.timer`, `[Unit]\nDescription=Time for ${name} of %i\n\n${times}`)
    return asked(cast, 'stop', unit, {
      before: [`systemctl start ${name}@${instance}.timer`],
      about: [unit, `${name}@${instance}.timer`],
      extra: [{ line: 'systemctl list-timers --all --no-pager' }],
      truth: displaced(unit, 'stop', 'start', 'timer-activation'),
    })
  },
}

export const ENDS: readonly Family[] = [
  rescued,
  action('start-limit-action-reboots', 'limit'),
  action('job-timeout-action-reboots', 'timeout'),
  sessionExits,
  instanceTimer,
]
