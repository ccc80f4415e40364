/** Where the one who did it acted through something else: a script's list, a generated unit, an idle mount, a reload. */

import { asked, displaced } from './families-chains.ts'
import { byHand, freshName } from './families-hand.ts'
import { otherAsks } from './families-requests.ts'
import { withManager } from './families-users.ts'
import type { Family } from './incident.ts'

const SLOW = [3, 4] as const

/** What shares the namespace of another goes with it when that one goes. */
const sidecar: Family = {
  name: 'sidecar-of-stopped-unit',
  make(cast) {
    const owner = byHand(cast, 'vpn-gate.service', {})
    const unit = byHand(cast, 'torrent.service', {
      unit: [`JoinsNamespaceOf=${owner}`, `PartOf=${owner}`, `After=${owner}`],
      service: ['PrivateNetwork=yes'],
      starts: cast.chance.seconds(...SLOW),
    })
    return asked(cast, 'start', unit, {
      before: [`systemctl start ${owner}`],
      ...otherAsks(cast, 1.8, `systemctl stop ${cast.typed(owner)}`),
      about: [unit, owner],
      truth: displaced(unit, 'start', 'stop', 'partof-propagation'),
    })
  },
}

/** The unit itself says whose stop it takes over. */
const stopTakenOver: Family = {
  name: 'stop-taken-over-from-mount',
  since: 249,
  until: 257,
  make(cast) {
    const mount = cast.file('srv-media.mount', '[Mount]\nWhat=tmpfs\nWhere=/srv/media\nType=tmpfs\n')
    const unit = byHand(cast, 'transcode.service', {
      unit: [`StopPropagatedFrom=${mount}`, `After=${mount}`],
      starts: cast.chance.seconds(...SLOW),
    })
    return asked(cast, 'start', unit, {
      before: [`systemctl start ${mount}`],
      ...otherAsks(cast, 1.8, `systemctl stop ${mount}`),
      about: [unit, mount],
      truth: displaced(unit, 'start', 'stop', 'propagates-stop'),
    })
  },
}

/** A deploy walks over the instances by their numbers. */
const deployLoop: Family = {
  name: 'deploy-loop-over-instances',
  make(cast) {
    const unit = byHand(cast, `lane@${cast.chance.integer(1, 3)}.service`, { stops: cast.chance.seconds(...SLOW) })
    const path = '/opt/deploy/rollout'
    cast.scripts[path] = '#!/bin/sh\nfor i in 1 2 3; do\n  systemctl --no-block restart "lane@$i"\ndone\n'
    const deploy = byHand(cast, 'rollout.service', { service: [`ExecStartPre=${path}`] })
    return asked(cast, 'stop', unit, {
      ...otherAsks(cast, 1.8, `systemctl start ${cast.typed(deploy)}`),
      about: [unit, deploy],
      showScripts: [path],
      truth: displaced(unit, 'stop', 'restart', 'exec-calls-systemctl', ['opposing-request']),
    })
  },
}

/** What runs old libraries is written down by one program and restarted by another. */
const restartList: Family = {
  name: 'restart-list-worked-off',
  make(cast) {
    const unit = byHand(cast, freshName(cast), { stops: cast.chance.seconds(...SLOW) })
    const path = '/usr/local/sbin/restart-outdated'
    cast.scripts['/var/lib/outdated'] = `${unit}\n`
    cast.scripts[path] =
      '#!/bin/sh\n# the list comes from the package hook\nxargs systemctl restart < /var/lib/outdated\n'
    const task = byHand(cast, 'restart-outdated.service', { oneshot: true, run: path })
    const timer = cast.file('restart-outdated.timer', '[Timer]\nOnActiveSec=1.8s\nAccuracySec=1ms\n')
    return asked(cast, 'stop', unit, {
      before: [`systemctl start ${timer}`],
      about: [unit, task, timer],
      showScripts: [path, '/var/lib/outdated'],
      truth: displaced(unit, 'stop', 'restart', 'exec-calls-systemctl', ['opposing-request', 'timer-activation']),
    })
  },
}

/** Nobody looked into the folder for a while, and the start that needs it did not yet. */
const idleMount: Family = {
  name: 'automount-expires-under-start',
  until: 257,
  make(cast) {
    const mount = cast.file('srv-archive.mount', '[Mount]\nWhat=tmpfs\nWhere=/srv/archive\nType=tmpfs\n')
    const automount = cast.file('srv-archive.automount', '[Automount]\nWhere=/srv/archive\nTimeoutIdleSec=2\n')
    const unit = byHand(cast, 'indexer.service', { unit: ['RequiresMountsFor=/srv/archive'], starts: 5.2 })
    return asked(cast, 'start', unit, {
      seconds: 7,
      before: [`systemctl start ${automount}`],
      about: [unit, mount, automount],
      truth: displaced(unit, 'start', 'stop', 'automount', ['propagates-stop']),
    })
  },
}

/** At night a timer's task leaves only what the night needs. */
const timedIsolate: Family = {
  name: 'timed-task-isolates',
  make(cast) {
    const unit = byHand(cast, freshName(cast), { starts: cast.chance.seconds(...SLOW) })
    const target = cast.file(
      'night.target',
      '[Unit]\nDescription=Quiet hours\nRequires=basic.target\nAfter=basic.target\nAllowIsolate=yes\n',
    )
    const task = byHand(cast, 'night-falls.service', {
      oneshot: true,
      run: `/usr/bin/systemctl --no-block isolate ${target}`,
    })
    const timer = cast.file('night-falls.timer', '[Timer]\nOnActiveSec=1.9s\nAccuracySec=1ms\n')
    return asked(cast, 'start', unit, {
      before: [`systemctl start ${timer}`],
      about: [unit, target, task, timer],
      truth: displaced(unit, 'start', 'stop', 'isolate', ['exec-calls-systemctl', 'timer-activation']),
    })
  },
}

/** A generator makes a unit for each tenant, bound to the target of all of them. */
const generated: Family = {
  name: 'generated-unit-bound-to-target',
  make(cast) {
    const unit = `tenant-${cast.chance.pick(['north', 'south', 'west'])}.service`
    const target = cast.file('tenants.target', '[Unit]\nDescription=All tenants\n')
    const lines = [
      '[Unit]\nSourcePath=/etc/tenants.conf',
      `BindsTo=${target}\nAfter=${target}`,
      `[Service]\nExecStartPre=/bin/sleep ${cast.chance.seconds(...SLOW)}\nExecStart=/bin/sleep infinity`,
    ]
    cast.scripts['/etc/systemd/system-generators/tenants'] =
      `#!/bin/sh\ncat > "$1/${unit}" <<END\n${lines.join('\n')}\nEND\n`
    return asked(cast, 'start', unit, {
      before: [`systemctl start ${target}`],
      ...otherAsks(cast, 1.8, `systemctl stop ${target}`),
      about: [unit, target],
      extra: [{ line: `systemctl cat --no-pager ${unit}`, shown: `systemctl cat ${unit}` }],
      truth: displaced(unit, 'start', 'stop', 'bindsto-inactive', ['propagates-stop']),
    })
  },
}

/** In a user's session something is started that needs what is being stopped. */
const userDependent: Family = {
  name: 'user-dependent-started',
  make(cast) {
    const unit = byHand(cast, 'audio-mixer.service', { stops: cast.chance.seconds(...SLOW) })
    const dependent = byHand(cast, 'recorder.service', { unit: [`Requires=${unit}`, `After=${unit}`] })
    return withManager(cast, {
      before: [`systemctl --user start ${unit}`],
      deeds: [
        { at: 0.5, who: 'asker', line: `systemctl --user stop ${cast.typed(unit)}` },
        { at: 1.8, who: 'other', line: `systemctl --user start ${cast.typed(dependent)}` },
      ],
      about: [unit, dependent],
      truth: displaced(unit, 'stop', 'start', 'opposing-request'),
    })
  },
}

/** The files are read again, and now it is bound to what is not up. */
const bindingReadAnew: Family = {
  name: 'reload-brings-a-binding',
  since: 249,
  make(cast) {
    const base = byHand(cast, 'license-proxy.service', {})
    const unit = byHand(cast, freshName(cast), {})
    const folder = `/etc/systemd/system/${unit}.d`
    const write = `mkdir -p ${folder}; printf "[Unit]\\nBindsTo=${base}\\nAfter=${base}\\n" > ${folder}/license.conf`
    return asked(cast, 'start', unit, {
      seconds: 4,
      deeds: [
        { at: 1.4, who: 'hidden', line: write },
        { at: 1.7, who: 'other', line: 'systemctl daemon-reload' },
        { at: 3.2, who: 'asker', line: `systemctl is-active ${unit}` },
      ],
      about: [unit, base],
      wanted: 'active',
      proof: { line: `systemctl is-active ${unit}`, prints: 'inactive' },
      truth: { cause: 'bindsto-inactive', also: ['reload-or-reexec'], canceled: null, replacing: null },
    })
  },
}

/** Templates require each other by their instance. */
const instanceRequirement: Family = {
  name: 'requirement-by-instance-stopped',
  make(cast) {
    const site = cast.chance.pick(['berlin', 'oslo', 'lima'])
    const base = byHand(cast, `store@${site}.service`, {})
    const unit = byHand(cast, `front@${site}.service`, {
      unit: ['Requires=store@%i.service', 'After=store@%i.service'],
      starts: cast.chance.seconds(...SLOW),
    })
    return asked(cast, 'start', unit, {
      before: [`systemctl start ${base}`],
      ...otherAsks(cast, 1.8, `systemctl stop ${cast.typed(base)}`),
      about: [unit, base],
      truth: displaced(unit, 'start', 'stop', 'propagates-stop'),
    })
  },
}

/** Somebody let systemd-run stop it a little later. */
const laterByRun: Family = {
  name: 'transient-timer-stops-it',
  make(cast) {
    const unit = byHand(cast, freshName(cast), { starts: cast.chance.seconds(...SLOW) })
    const line = `systemd-run --on-active=1.5 --timer-property=AccuracySec=1ms /usr/bin/systemctl stop ${unit}`
    return asked(cast, 'start', unit, {
      deeds: [{ at: 0.6, who: cast.chance.pick(['other', 'hidden']), line }],
      about: [unit],
      truth: displaced(unit, 'start', 'stop', 'exec-calls-systemctl', ['timer-activation', 'opposing-request']),
    })
  },
}

/** An agent speaks to the manager without systemctl. */
const agentOnBus: Family = {
  name: 'bus-call-stops-it',
  make(cast) {
    const unit = byHand(cast, freshName(cast), { starts: cast.chance.seconds(...SLOW) })
    const manager = 'org.freedesktop.systemd1 /org/freedesktop/systemd1 org.freedesktop.systemd1.Manager'
    return asked(cast, 'start', unit, {
      deeds: [{ at: 1.8, who: 'other', line: `busctl call ${manager} StopUnit ss ${unit} replace` }],
      about: [unit],
      truth: displaced(unit, 'start', 'stop', 'opposing-request'),
    })
  },
}

/** It stops as asked, and its program calls that a failure. */
const failsAtStop: Family = {
  name: 'stop-leaves-it-failed',
  make(cast) {
    cast.scripts['/srv/jvm/run'] =
      `#!/bin/sh\ntrap 'exit ${cast.chance.pick([143, 130])}' TERM\nsleep infinity & wait\n`
    const unit = byHand(cast, 'jvm-app.service', { run: '/srv/jvm/run' })
    return asked(cast, 'stop', unit, {
      seconds: 3,
      deeds: [{ at: 2, who: 'asker', line: `systemctl is-active ${unit}` }],
      about: [unit],
      proof: { line: `systemctl is-active ${unit}`, prints: 'failed' },
      truth: { cause: 'process-failure', canceled: null, replacing: null },
    })
  },
}

/** Its timer elapses while it starts, which changes nothing. */
const elapsesMeanwhile: Family = {
  name: 'timer-elapses-while-it-starts',
  make(cast) {
    const unit = byHand(cast, freshName(cast), { starts: 2.6 })
    const timer = cast.file('again.timer', `[Timer]\nOnActiveSec=1.5s\nAccuracySec=1ms\nUnit=${unit}\n`)
    return asked(cast, 'start', unit, {
      seconds: 4.5,
      before: [`systemctl start ${timer}`],
      deeds: [{ at: 3.8, who: 'asker', line: `systemctl is-active ${unit}` }],
      about: [unit, timer],
      proof: { line: `systemctl is-active ${unit}`, prints: 'active' },
      truth: { cause: 'not-a-cancellation', canceled: null, replacing: null },
    })
  },
}

export const RELAYS: readonly Family[] = [
  sidecar,
  stopTakenOver,
  deployLoop,
  restartList,
  idleMount,
  timedIsolate,
  generated,
  userDependent,
  bindingReadAnew,
  instanceRequirement,
  laterByRun,
  agentOnBus,
  failsAtStop,
  elapsesMeanwhile,
]
