/** Requests that travel: through upgrades, templates and targets, and by handlers. */

import { asked, displaced } from './families-chains.ts'
import { byHand, freshName } from './families-hand.ts'
import { otherAsks } from './families-requests.ts'
import { withManager } from './families-users.ts'
import type { Family } from './incident.ts'

const SLOW = [3, 4] as const

/** The nightly upgrade is a unit like any other, and what it installs restarts what it replaces. */
const nightlyUpgrade: Family = {
  name: 'upgrade-unit-restarts-it',
  make(cast) {
    const unit = cast.service({ stopSeconds: cast.chance.seconds(...SLOW), plain: true })
    const package_ = unit.replace(/[@.].*$/, '')
    const path = '/usr/lib/apt/apt.systemd.daily'
    cast.scripts[path] = `#!/bin/sh\nsleep 0.6\necho "Setting up ${package_} (3.1-2) ..."\nsystemctl restart ${unit}\n`
    const upgrade = cast.file(
      'apt-daily-upgrade.service',
      '[Unit]\nDescription=Daily apt upgrade and clean activities\nAfter=apt-daily.service\n\n' +
        `[Service]\nType=oneshot\nExecStart=${path} install\nKillMode=process\nTimeoutStopSec=900\n`,
    )
    return asked(cast, 'stop', unit, {
      deeds: [{ at: 1.2, who: 'hidden', line: `systemctl start --no-block ${upgrade}` }],
      about: [unit, upgrade],
      truth: displaced(unit, 'stop', 'restart', 'package-manager', ['exec-calls-systemctl']),
    })
  },
}

/** A package is installed at the other terminal, and its script brings the service up. */
const otherTerminalInstalls: Family = {
  name: 'postinst-at-other-terminal',
  make(cast) {
    const unit = byHand(cast, freshName(cast), { stops: cast.chance.seconds(...SLOW), install: 'multi-user.target' })
    const name = unit.replace(/\.service$/, '')
    const [old, fresh] = ['1.4.0-1', '1.4.2-1']
    const told = [
      `Preparing to unpack .../${name}_${fresh}_amd64.deb ...`,
      `Unpacking ${name} (${fresh}) over (${old}) ...`,
    ]
    const path = '/usr/bin/deb-systemd-invoke'
    const verb = cast.chance.pick(['start', 'restart'])
    cast.scripts[path] = '#!/bin/sh\nexec systemctl "$@"\n'
    const unpack = `printf '%s\\n' '${told.join("' '")}' 'Setting up ${name} (${fresh}) ...'`
    return asked(cast, 'stop', unit, {
      deeds: [
        {
          at: 1.9,
          who: 'other',
          line: `${unpack}; ${path} ${verb} ${unit}`,
          shown: `dpkg -i ${name}_${fresh}_amd64.deb`,
        },
      ],
      about: [unit],
      truth: displaced(unit, 'stop', verb, 'package-manager', ['opposing-request']),
    })
  },
}

/** An instance by the name of what it looks after. */
const ensureUp: Family = {
  name: 'instance-of-keeper-starts-it',
  make(cast) {
    const unit = byHand(cast, freshName(cast), { stops: cast.chance.seconds(...SLOW) })
    const name = unit.replace(/\.service$/, '')
    cast.file(
      'ensure-up@.service',
      '[Unit]\nDescription=Sees to it that %i is up\n\n[Service]\nType=oneshot\n' +
        "ExecStart=/bin/sh -c 'systemctl is-active --quiet %i.service || systemctl start %i.service'\n",
    )
    const after = cast.chance.pick(['2', '2200ms'])
    cast.file(
      'ensure-up@.timer',
      `[Unit]\nDescription=Looks after %i\n\n[Timer]\nOnActiveSec=${after}\nAccuracySec=1ms\n`,
    )
    return asked(cast, 'stop', unit, {
      before: [`systemctl start ensure-up@${name}.timer`],
      about: [unit, `ensure-up@${name}.service`, `ensure-up@${name}.timer`],
      truth: displaced(unit, 'stop', 'start', 'exec-calls-systemctl', ['timer-activation']),
    })
  },
}

/** What is upheld comes back, and cannot be up beside what has just displaced it. */
const upheldRival: Family = {
  name: 'upheld-rival-comes-back',
  since: 249,
  make(cast) {
    const rival = byHand(cast, 'writer-primary.service', { run: '/bin/sh -c "sleep 3.1; exit 0"' })
    const keeper = cast.file('cluster.target', `[Unit]\nDescription=Cluster\nUpholds=${rival}\nAfter=network.target\n`)
    const unit = byHand(cast, 'writer-repair.service', {
      unit: [`Conflicts=${rival}`],
      starts: cast.chance.seconds(...SLOW),
    })
    return asked(cast, 'start', unit, {
      before: [`systemctl start ${rival}`],
      deeds: [{ at: 1.9, who: cast.chance.pick(['other', 'hidden']), line: `systemctl start ${keeper}` }],
      about: [unit, rival, keeper],
      truth: displaced(unit, 'start', 'stop', 'upholds', ['conflicts']),
    })
  },
}

/** What fails brings up a target, and that one excludes others. */
const failureTarget: Family = {
  name: 'failure-target-excludes-it',
  make(cast) {
    const unit = cast.service({ startSeconds: cast.chance.seconds(...SLOW), plain: true })
    const target = cast.file('read-only.target', `[Unit]\nDescription=Nothing writes\nConflicts=${unit}\n`)
    const probe = byHand(cast, 'raid-probe.service', {
      oneshot: true,
      run: '/bin/sh -c "sleep 1; exit 4"',
      unit: [`OnFailure=${target}`],
    })
    return asked(cast, 'start', unit, {
      deeds: [{ at: 0.8, who: 'hidden', line: `systemctl start ${probe}` }],
      about: [unit, target, probe],
      truth: displaced(unit, 'start', 'stop', 'onfailure', ['conflicts']),
    })
  },
}

/** The handler's instance says whose companion is to be taken down. */
const quarantine: Family = {
  name: 'failure-handler-by-instance-stops-it',
  make(cast) {
    const unit = byHand(cast, 'ledger-web.service', { starts: cast.chance.seconds(...SLOW) })
    cast.file(
      'quarantine@.service',
      '[Unit]\nDescription=Takes the front of %i down\n\n[Service]\nType=oneshot\n' +
        'ExecStart=/usr/bin/systemctl stop %i-web.service\n',
    )
    const back = byHand(cast, 'ledger.service', {
      run: '/bin/sh -c "sleep 1.9; exit 70"',
      unit: ['OnFailure=quarantine@%p.service'],
    })
    return asked(cast, 'start', unit, {
      before: [`systemctl start ${back}`],
      about: [unit, back, 'quarantine@ledger.service'],
      truth: displaced(unit, 'start', 'stop', 'onfailure', ['exec-calls-systemctl']),
    })
  },
}

/** Three people, and each wants it otherwise than the one before. */
const threePeople: Family = {
  name: 'stop-start-and-stop-again',
  make(cast) {
    const unit = cast.service({ stopSeconds: cast.chance.seconds(4, 5), plain: true })
    const second = cast.chance.pick(['start', 'restart'])
    return asked(cast, 'stop', unit, {
      deeds: [
        { at: 1.6, who: 'other', line: `systemctl ${second} --no-block ${cast.typed(unit)}` },
        { at: 2.8, who: 'hidden', line: `systemctl stop --no-block ${unit}` },
      ],
      about: [unit],
      truth: displaced(unit, 'stop', second, 'opposing-request'),
    })
  },
}

/** A marker appears, a target is reached, and the target wants what is going down. */
const pathReachesTarget: Family = {
  name: 'path-reaches-target-that-wants-it',
  make(cast) {
    const unit = byHand(cast, freshName(cast), { stops: cast.chance.seconds(...SLOW) })
    const target = cast.file('data-ready.target', `[Unit]\nDescription=The data is there\nWants=${unit}\n`)
    const path = cast.file('data-ready.path', `[Path]\nPathExists=/srv/data/.complete\nUnit=${target}\n`)
    return asked(cast, 'stop', unit, {
      before: ['mkdir -p /srv/data', `systemctl start ${path}`],
      deeds: [{ at: 1.9, who: 'hidden', line: 'touch /srv/data/.complete' }],
      about: [unit, target, path],
      truth: displaced(unit, 'stop', 'start', 'path-activation'),
    })
  },
}

/** Two modes exclude each other, and each takes its members along. */
const modes: Family = {
  name: 'mode-target-displaces-the-other',
  make(cast) {
    const day = cast.file('day-mode.target', '[Unit]\nDescription=By day\n')
    const night = cast.file('night-mode.target', `[Unit]\nDescription=By night\nConflicts=${day}\n`)
    const unit = byHand(cast, freshName(cast), { unit: [`PartOf=${day}`], starts: cast.chance.seconds(...SLOW) })
    return asked(cast, 'start', unit, {
      before: [`systemctl start ${day}`],
      ...otherAsks(cast, 1.9, `systemctl start ${night}`),
      about: [unit, day, night],
      truth: displaced(unit, 'start', 'stop', 'partof-propagation', ['conflicts']),
    })
  },
}

/** It crashes, comes back by itself, and wants the helper that excludes what is being started. */
const comesBackWithRival: Family = {
  name: 'auto-restart-brings-rival',
  make(cast) {
    const unit = byHand(cast, 'defrag.service', { starts: cast.chance.seconds(...SLOW) })
    const lock = byHand(cast, 'exclusive-io.service', { unit: [`Conflicts=${unit}`], oneshot: true, run: '/bin/true' })
    const engine = byHand(cast, 'engine.service', {
      unit: [`Wants=${lock}`],
      run: '/bin/sh -c "sleep 1.7; exit 9"',
      service: ['Restart=always', 'RestartSec=700ms'],
    })
    return asked(cast, 'start', unit, {
      before: [`systemctl start ${engine}`],
      about: [unit, engine, lock],
      truth: displaced(unit, 'start', 'stop', 'auto-restart', ['conflicts']),
    })
  },
}

/** Not systemctl by its name, yet it ends there. */
const serviceWrapper: Family = {
  name: 'command-by-another-name-asks',
  make(cast) {
    const unit = byHand(cast, freshName(cast), { stops: cast.chance.seconds(...SLOW) })
    const name = unit.replace(/\.service$/, '')
    cast.scripts['/usr/sbin/service'] = '#!/bin/sh\nexec systemctl "$2" "$1.service"\n'
    const verb = cast.chance.pick(['start', 'restart'])
    const key = cast.chance.pick(['ExecStart', 'ExecStartPost'])
    const run = key === 'ExecStart' ? [] : [`ExecStartPost=-/usr/sbin/service ${name} ${verb}`]
    const renew = byHand(cast, 'feed-import.service', {
      oneshot: true,
      run: key === 'ExecStart' ? `/usr/sbin/service ${name} ${verb}` : '/bin/sleep 0.4',
      service: run,
    })
    return asked(cast, 'stop', unit, {
      deeds: [{ at: 1.7, who: 'hidden', line: `systemctl start --no-block ${renew}` }],
      about: [unit, renew],
      truth: displaced(unit, 'stop', verb, 'exec-calls-systemctl'),
    })
  },
}

/** Two recipes at once, and both mean the same service. */
const parallelMake: Family = {
  name: 'make-runs-two-recipes',
  make(cast) {
    const unit = cast.service({ stopSeconds: cast.chance.seconds(...SLOW), plain: true })
    const name = cast.typed(unit)
    const text = [
      '$ make -j2 release',
      `systemctl stop ${name}`,
      'install -m 755 build/server /opt/app/server',
      `systemctl start ${name}`,
      'OUTPUT',
      `make: *** [Makefile:${cast.chance.integer(8, 60)}: quiesce] Error 1`,
      'make: *** Waiting for unfinished jobs....',
    ].join('\n')
    return asked(cast, 'stop', unit, {
      deeds: [{ at: 1.9, who: 'hidden', line: `systemctl start ${name}` }],
      about: [unit],
      tool: { tool: 'script', text },
      truth: displaced(unit, 'stop', 'start', 'automation-race', ['opposing-request']),
    })
  },
}

/** In a session, the agent ends, and what is bound to it does not get up. */
const sessionAgent: Family = {
  name: 'user-bound-agent-ends',
  make(cast) {
    const agent = byHand(cast, 'keyring-agent.service', { run: '/bin/sleep 2.3' })
    const unit = byHand(cast, 'mail-sync.service', {
      unit: [`BindsTo=${agent}`, `After=${agent}`],
      starts: cast.chance.seconds(...SLOW),
    })
    return withManager(cast, {
      before: [`systemctl --user start ${agent}`],
      deeds: [{ at: 0.4, who: 'asker', line: `systemctl --user start ${cast.typed(unit)}` }],
      about: [unit, agent],
      truth: displaced(unit, 'start', 'stop', 'bindsto-inactive'),
    })
  },
}

/** A target that is left tells its reader to stop, in the midst of a reload. */
const targetPassesOn: Family = {
  name: 'stop-propagated-from-target-in-reload',
  since: 249,
  make(cast) {
    const target = cast.file('uplink.target', '[Unit]\nDescription=The line is up\n')
    const unit = byHand(cast, freshName(cast), {
      unit: [`StopPropagatedFrom=${target}`],
      service: [`ExecReload=/bin/sleep ${cast.chance.seconds(...SLOW)}`],
    })
    return asked(cast, 'reload', unit, {
      before: [`systemctl start ${target}`],
      ...otherAsks(cast, 1.7, `systemctl stop ${target}`),
      about: [unit, target],
      truth: displaced(unit, 'reload', 'stop', 'propagates-stop'),
    })
  },
}

export const RIPPLES: readonly Family[] = [
  nightlyUpgrade,
  otherTerminalInstalls,
  ensureUp,
  upheldRival,
  failureTarget,
  quarantine,
  threePeople,
  pathReachesTarget,
  modes,
  comesBackWithRival,
  serviceWrapper,
  parallelMake,
  sessionAgent,
  targetPassesOn,
]
