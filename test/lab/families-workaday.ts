/** What people meet on a working day without any job being displaced: refusals, timeouts, and programs that fail. */

import type { Cast } from './cast.ts'
import type { Deed, Family, Scene, Truth } from './incident.ts'

const scene = (cast: Cast, rest: Omit<Scene, 'units' | 'seconds'> & Partial<Scene>): Scene => ({
  units: cast.units,
  seconds: 3.5,
  ...rest,
})

const asks = (line: string, at = 0.5): Deed => ({ at, who: 'asker', line })

const ended = (unit: string, type: string, cause: Truth['cause'], also: Truth['also'] = []): Truth => ({
  cause,
  also,
  canceled: `${unit}/${type}`,
  replacing: null,
})

const NOTHING: Truth = { cause: 'not-a-cancellation', canceled: null, replacing: null }

const file = (cast: Cast, name: string, unit: readonly string[], service: readonly string[]) =>
  cast.file(name, ['[Unit]', ...unit, '', '[Service]', ...service, ''].join('\n'))

const isActive = (unit: string, prints: string) => ({ line: `systemctl is-active ${unit}`, prints })

/** Everything runs; a program tells of a job of its own that was canceled. */
const logsCanceled: Family = {
  name: 'queue-worker-logs-canceled',
  make(cast) {
    const words = cast.chance.pick([
      'WARN job 4711 canceled by client, next',
      'context canceled: GET /v1/stream',
      'task import-0917 was canceled (superseded)',
    ])
    cast.scripts['/srv/queue/worker'] = `#!/bin/bash\nsleep 0.8\necho "${words}" >&2\nexec sleep infinity\n`
    const unit = file(
      cast,
      'queue-worker.service',
      ['Description=Worker of the queue'],
      ['ExecStart=/srv/queue/worker'],
    )
    return scene(cast, {
      deeds: [asks(`systemctl start ${cast.typed(unit)}`), asks(`systemctl is-active ${unit}`, 2.5)],
      about: [unit],
      proof: isActive(unit, 'active'),
      truth: NOTHING,
    })
  },
}

/** The same words, and then it fails and is brought up again. */
const failsCanceled: Family = {
  name: 'canceled-in-the-log-then-restarts',
  make(cast) {
    const words = cast.chance.pick(['rpc error: code = Canceled desc = context canceled', 'asyncio.CancelledError'])
    cast.scripts['/opt/sync/agent'] = `#!/bin/bash\nsleep 0.9\necho "${words}" >&2\nexit 3\n`
    const unit = file(
      cast,
      'sync-agent.service',
      ['Description=Synchronizes folders'],
      ['ExecStart=/opt/sync/agent', 'Restart=on-failure', 'RestartSec=20'],
    )
    return scene(cast, {
      deeds: [asks(`systemctl start ${cast.typed(unit)}`), asks(`systemctl is-active ${unit}`, 2.5)],
      about: [unit],
      proof: isActive(unit, 'activating'),
      truth: { cause: 'process-failure', canceled: null, replacing: null },
    })
  },
}

/** A stop that takes its time, and is done. */
const longStop: Family = {
  name: 'stop-takes-long-and-is-done',
  make(cast) {
    const unit = file(
      cast,
      'ledgerd.service',
      ['Description=Ledger'],
      ['ExecStart=/usr/bin/sleep infinity', `ExecStop=/usr/bin/sleep ${cast.chance.seconds(1, 2)}`],
    )
    return scene(cast, {
      before: [`systemctl start ${unit}`],
      deeds: [asks(`systemctl stop ${cast.typed(unit)}`), asks(`systemctl is-active ${unit}`, 3)],
      about: [unit],
      proof: isActive(unit, 'inactive'),
      truth: NOTHING,
    })
  },
}

/** Files are read again in the middle of a start, which does no harm. */
const harmlessReload: Family = {
  name: 'reload-in-between-does-no-harm',
  make(cast) {
    const unit = file(
      cast,
      'kibitzer.service',
      ['Description=Looks on'],
      ['ExecStartPre=/usr/bin/sleep 1.6', 'ExecStart=/usr/bin/sleep infinity'],
    )
    return scene(cast, {
      deeds: [
        asks(`systemctl start ${cast.typed(unit)}`),
        { at: 1.2, who: 'other', line: 'systemctl daemon-reload' },
        asks(`systemctl is-active ${unit}`, 3),
      ],
      about: [unit],
      proof: isActive(unit, 'active'),
      truth: NOTHING,
    })
  },
}

/** A start that fails before the program has any say. */
function cannotRun(name: string, setting: string): Family {
  return {
    name,
    make(cast) {
      const service = [setting, 'ExecStart=/usr/bin/sleep infinity']
      const unit = file(cast, 'gatherer.service', ['Description=Gathers'], service)
      const line = cast.chance.pick(['start', 'restart'])
      return scene(cast, {
        deeds: [asks(`systemctl ${line} ${cast.typed(unit)}`), asks(`systemctl is-active ${unit}`, 2)],
        about: [unit],
        proof: isActive(unit, 'failed'),
        truth: { cause: 'process-failure', canceled: null, replacing: null },
      })
    },
  }
}

/** It should say that it is ready, and ends well before it does. */
const neverNotifies: Family = {
  name: 'ends-before-it-is-ready',
  make(cast) {
    const unit = file(
      cast,
      'mediator.service',
      ['Description=Mediator'],
      ['Type=notify', "ExecStart=/usr/bin/bash -c 'sleep 0.8; echo bye'"],
    )
    return scene(cast, {
      deeds: [asks(`systemctl start ${cast.typed(unit)}`)],
      about: [unit],
      truth: ended(unit, 'start', 'process-failure'),
    })
  },
}

/** Nobody pats the watchdog. */
const watchdog: Family = {
  name: 'watchdog-ends-it',
  make(cast) {
    const unit = file(
      cast,
      'plc-bridge.service',
      ['Description=Bridge to the controllers'],
      ['ExecStart=/usr/bin/sleep infinity', 'WatchdogSec=1', 'WatchdogSignal=SIGKILL'],
    )
    return scene(cast, {
      deeds: [asks(`systemctl start ${cast.typed(unit)}`), asks(`systemctl is-active ${unit}`, 3)],
      about: [unit],
      proof: isActive(unit, 'failed'),
      truth: { cause: 'process-failure', also: ['job-timeout'], canceled: null, replacing: null },
    })
  },
}

/** The daemon forks away, and its PID file never comes. */
const noPidFile: Family = {
  name: 'pid-file-never-comes',
  make(cast) {
    const unit = file(
      cast,
      'oldmaild.service',
      ['Description=Mail as in 1998'],
      [
        'Type=forking',
        'PIDFile=/run/oldmaild.pid',
        "ExecStart=/usr/bin/bash -c 'sleep 60 & disown'",
        'TimeoutStartSec=2',
      ],
    )
    return scene(cast, {
      deeds: [asks(`systemctl start ${cast.typed(unit)}`)],
      seconds: 5,
      about: [unit],
      truth: ended(unit, 'start', 'job-timeout', ['process-failure']),
    })
  },
}

/** It waits in the queue behind something slow, until its own time is over, and who needs it fails with it. */
const queueTimeout: Family = {
  name: 'requirement-waits-too-long',
  make(cast) {
    const slow = file(
      cast,
      'fsck-archive.service',
      ['Description=Checks the archive'],
      ['Type=oneshot', 'ExecStart=/usr/bin/sleep 8'],
    )
    const base = file(
      cast,
      'archived.service',
      ['Description=Archive', `Wants=${slow}`, `After=${slow}`, 'JobTimeoutSec=2s'],
      ['ExecStart=/usr/bin/sleep infinity'],
    )
    const unit = file(
      cast,
      'reader.service',
      ['Description=Reading room', `Requires=${base}`, `After=${base}`],
      ['ExecStart=/usr/bin/sleep infinity'],
    )
    return scene(cast, {
      deeds: [asks(`systemctl start ${cast.typed(unit)}`)],
      seconds: 4.5,
      about: [unit, base, slow],
      truth: ended(unit, 'start', 'job-timeout', ['requires-failed']),
    })
  },
}

/** Somebody masked it while it ran. */
const maskedMeanwhile: Family = {
  name: 'masked-meanwhile',
  make(cast) {
    const unit = 'crunch.service'
    const path = `/usr/lib/systemd/system/${unit}`
    cast.scripts[path] = '[Unit]\nDescription=Crunches\n\n[Service]\nExecStart=/usr/bin/sleep infinity\n'
    return scene(cast, {
      before: ['systemctl daemon-reload', `systemctl start ${unit}`],
      deeds: [
        { at: 0.4, who: cast.chance.pick(['other', 'hidden']), line: `systemctl mask ${unit}` },
        asks('systemctl restart crunch', 1.4),
      ],
      about: [unit],
      truth: ended(unit, 'restart', 'masked-or-missing'),
    })
  },
}

/** The file went with an upgrade; the manager has read that by now. */
const fileGone: Family = {
  name: 'unit-file-removed',
  make(cast) {
    const unit = file(cast, 'legacyd.service', ['Description=Old thing'], ['ExecStart=/usr/bin/sleep infinity'])
    return scene(cast, {
      deeds: [
        {
          at: 0.3,
          who: cast.chance.pick(['other', 'hidden']),
          line: `rm /etc/systemd/system/${unit} && systemctl daemon-reload`,
        },
        asks(`systemctl start ${cast.typed(unit)}`, 1.5),
      ],
      about: [unit],
      truth: ended(unit, 'start', 'masked-or-missing'),
    })
  },
}

/** A target wants two that cannot be up together: one is left out. */
const oneLeftOut: Family = {
  name: 'wants-two-rivals',
  make(cast) {
    const one = file(cast, 'chrony-like.service', ['Description=Time, one way'], ['ExecStart=/usr/bin/sleep infinity'])
    const two = file(
      cast,
      'ntp-like.service',
      ['Description=Time, the other way', `Conflicts=${one}`],
      ['ExecStart=/usr/bin/sleep infinity'],
    )
    const target = cast.file('clocks.target', `[Unit]\nDescription=Clocks\nWants=${two} ${one}\n`)
    return scene(cast, {
      deeds: [asks(`systemctl start ${target}`), asks(`systemctl is-active ${one} ${two}`, 2)],
      about: [one, two, target],
      proof: { line: `systemctl is-active ${one} ${two} | sort | tr '\\n' ' '`, prints: 'active inactive' },
      truth: { cause: 'conflicts', canceled: null, replacing: null },
    })
  },
}

/** Stopped with the spool full: the path unit starts it again at once. */
const spoolNotEmpty: Family = {
  name: 'spool-not-empty-brings-it-back',
  make(cast) {
    const unit = file(cast, 'spooler.service', ['Description=Spooler'], ['ExecStart=/usr/bin/sleep infinity'])
    const path = cast.file('spooler.path', '[Path]\nDirectoryNotEmpty=/var/spool/outgoing\n')
    return scene(cast, {
      before: ['mkdir -p /var/spool/outgoing', 'touch /var/spool/outgoing/q1', `systemctl start ${path}`],
      deeds: [asks(`systemctl stop ${cast.typed(unit)}`), asks(`systemctl is-active ${unit}`, 2)],
      about: [unit, path],
      wanted: 'inactive',
      proof: isActive(unit, 'active'),
      truth: { cause: 'path-activation', canceled: null, replacing: null },
    })
  },
}

/** A unit that wants to be early and late at once. */
const earlyAndLate: Family = {
  name: 'before-what-it-comes-after',
  make(cast) {
    const first = file(
      cast,
      'netlabel-setup.service',
      ['Description=Labels', 'After=netlabel-check.service'],
      ['Type=oneshot', 'ExecStart=/usr/bin/true', 'RemainAfterExit=yes'],
    )
    const check = file(
      cast,
      'netlabel-check.service',
      ['Description=Checks labels', 'After=labels.target'],
      ['Type=oneshot', 'ExecStart=/usr/bin/true', 'RemainAfterExit=yes'],
    )
    const unit = cast.file(
      'labels.target',
      `[Unit]\nDescription=Labels are set\nRequires=${first}\nAfter=${first}\nWants=${check}\n`,
    )
    return scene(cast, {
      deeds: [asks(`systemctl start ${unit}`), asks(`systemctl is-active ${check}`, 2)],
      about: [check, first, unit],
      proof: isActive(check, 'inactive'),
      truth: { cause: 'ordering-cycle', canceled: null, replacing: null },
    })
  },
}

export const WORKADAY: readonly Family[] = [
  logsCanceled,
  failsCanceled,
  longStop,
  harmlessReload,
  cannotRun('user-does-not-exist', 'User=gatherd'),
  cannotRun('environment-file-missing', 'EnvironmentFile=/etc/default/gatherer'),
  cannotRun('working-directory-missing', 'WorkingDirectory=/srv/gatherer'),
  neverNotifies,
  watchdog,
  noPidFile,
  queueTimeout,
  maskedMeanwhile,
  fileGone,
  oneLeftOut,
  spoolNotEmpty,
  earlyAndLate,
]
