/** What comes between a request and its end: a reload of the files, a crash, a tool that looks after services. */

import { asked, displaced } from './families-chains.ts'
import { otherAsks } from './families-requests.ts'
import type { Family, LogLine } from './incident.ts'

const SLOW = [3, 4] as const

/** The own reload command stops and starts: a popular way not to write one. */
const reloadByStop: Family = {
  name: 'exec-reload-stops-itself',
  make(cast) {
    const unit = cast.service({ plain: true })
    const path = '/usr/local/bin/reload-app'
    cast.scripts[path] = `#!/bin/sh\nsystemctl stop ${unit}\nsystemctl start ${unit}\n`
    cast.add(unit, 'Service', [`ExecReload=${path}`])
    return asked(cast, 'reload', unit, {
      seconds: 4,
      about: [unit],
      showScripts: [path],
      truth: displaced(unit, 'reload', 'stop', 'exec-calls-systemctl'),
    })
  },
}

/** Between the two requests the unit files are read anew. */
const reloadBetween: Family = {
  name: 'daemon-reload-between',
  make(cast) {
    const unit = cast.service({ stopSeconds: cast.chance.seconds(...SLOW), plain: true })
    const other = otherAsks(cast, 1.9, `systemctl ${cast.chance.pick(['start', 'restart'])} ${cast.typed(unit)}`)
    const verb = /systemctl (restart|start)/.exec(other.deeds[0]?.line ?? '')?.[1] ?? 'start'
    return asked(cast, 'stop', unit, {
      deeds: [{ at: 1.1, who: 'hidden', line: 'systemctl daemon-reload' }, ...other.deeds],
      logs: other.logs,
      about: [unit],
      truth: displaced(unit, 'stop', verb, 'opposing-request', ['reload-or-reexec']),
    })
  },
}

/** The start that displaces the stop does not even start: its condition is no longer met. */
const conditionGone: Family = {
  name: 'start-without-condition-during-stop',
  make(cast) {
    const flag = cast.chance.pick(['/run/enabled', '/etc/app.enabled'])
    const unit = cast.service({
      unit: [`ConditionPathExists=${flag}`],
      stopSeconds: cast.chance.seconds(...SLOW),
      plain: true,
    })
    const other = otherAsks(cast, 1.8, `systemctl start ${cast.typed(unit)}`)
    const scene = asked(cast, 'stop', unit, {
      deeds: [{ at: 1, who: 'hidden', line: `rm ${flag}` }, ...other.deeds],
      logs: other.logs,
      about: [unit],
      truth: displaced(unit, 'stop', 'start', 'opposing-request', ['condition-failed']),
    })
    return { ...scene, before: [`touch ${flag}`, ...(scene.before ?? [])] }
  },
}

/** It crashes and would come back much later; a start by hand is stopped by somebody else. */
const crashedBefore: Family = {
  name: 'stopped-between-restarts',
  make(cast) {
    const path = '/usr/local/bin/flaky'
    cast.scripts[path] =
      '#!/bin/sh\n[ -e /run/license ] && exec sleep infinity\n' +
      'touch /run/license\nsleep 0.2\necho "lost the license server" >&2\nexit 3\n'
    const unit = cast.service({
      command: path,
      startSeconds: cast.chance.seconds(...SLOW),
      type: 'simple',
      service: ['Restart=always', 'RestartSec=30'],
      plain: true,
    })
    const other = otherAsks(cast, 1.9, `systemctl stop ${cast.typed(unit)}`)
    const scene = asked(cast, 'start', unit, {
      ...other,
      about: [unit],
      truth: displaced(unit, 'start', 'stop', 'opposing-request'),
    })
    return { ...scene, before: [`systemctl start ${unit}`, 'sleep 0.6'] }
  },
}

/** A keeper of services starts what a person is stopping, and logs that it does. */
const keeper: Family = {
  name: 'keeper-starts-it-again',
  make(cast) {
    const unit = cast.service({ stopSeconds: cast.chance.seconds(...SLOW), plain: true })
    const name = unit.replace(/\.service$/, '')
    const pid = cast.chance.integer(600, 9000)
    const logs = cast.chance.pick<readonly string[]>([
      [`<13>puppet-agent[${pid}]: (/Stage[main]/Service[${name}]/ensure) ensure changed 'stopped' to 'running'`],
      [
        `<11>monit[${pid}]: '${name}' process is not running`,
        `<14>monit[${pid}]: '${name}' start: '/usr/bin/systemctl start ${name}'`,
      ],
      [`<14>salt-minion[${pid}]: [INFO    ] Executing command systemctl in directory '/root': start ${unit}`],
    ])
    return asked(cast, 'stop', unit, {
      deeds: [{ at: 1.8, who: 'hidden', line: `systemctl start ${unit}` }],
      logs: logs.map((log, index): LogLine => ({ at: 1.7 + index / 50, log })),
      about: [unit],
      truth: displaced(unit, 'stop', 'start', 'opposing-request', ['automation-race']),
    })
  },
}

/** Upgrades at night restart several services at once. */
const unattended: Family = {
  name: 'unattended-upgrade-restarts',
  make(cast) {
    const unit = cast.service({ stopSeconds: cast.chance.seconds(...SLOW), plain: true })
    const mate = cast.service({ plain: true })
    const pid = cast.chance.integer(600, 9000)
    const logs = [
      `<30>unattended-upgrade[${pid}]: Packages that will be upgraded: libssl3 openssl`,
      `<30>needrestart[${pid + 40}]: Restarting services: ${mate} ${unit}`,
    ]
    return asked(cast, 'stop', unit, {
      before: [`systemctl start ${mate}`],
      deeds: [{ at: 1.8, who: 'hidden', line: `systemctl restart ${mate} ${unit}` }],
      logs: logs.map((log, index): LogLine => ({ at: 1 + index * 0.7, log })),
      about: [unit, mate],
      truth: displaced(unit, 'stop', 'restart', 'package-manager'),
    })
  },
}

export const BETWEEN: readonly Family[] = [
  reloadByStop,
  reloadBetween,
  conditionGone,
  crashedBefore,
  keeper,
  unattended,
]
