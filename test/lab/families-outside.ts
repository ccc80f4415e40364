/** What comes from outside of the unit asked about: another instance, a neighbour's hook, a tool on a far machine. */

import { asked, displaced } from './families-chains.ts'
import { byHand, freshName } from './families-hand.ts'
import { otherAsks } from './families-requests.ts'
import { withManager } from './families-users.ts'
import type { Family, Truth } from './incident.ts'

const SLOW = [3, 4] as const

const FAILED: Truth = { cause: 'process-failure', canceled: null, replacing: null }

/** The address moves to the other machine, and a script takes the service down where it was. */
const addressMoves: Family = {
  name: 'virtual-address-moves-away',
  make(cast) {
    const unit = byHand(cast, freshName(cast), { starts: cast.chance.seconds(...SLOW) })
    const path = '/etc/keepalived/notify.sh'
    cast.scripts[path] =
      `#!/bin/bash\ncase "$3" in\n  MASTER) systemctl start ${unit} ;;\n  *) systemctl stop ${unit} ;;\nesac\n`
    const pid = cast.chance.integer(600, 3000)
    return asked(cast, 'start', unit, {
      deeds: [{ at: 1.8, who: 'hidden', line: `${path} INSTANCE VI_7 BACKUP 90` }],
      logs: [
        { at: 1.6, log: `<30>Keepalived_vrrp[${pid}]: (VI_7) Master received advert from 10.2.0.3 with priority 200` },
        { at: 1.7, log: `<30>Keepalived_vrrp[${pid}]: (VI_7) Entering BACKUP STATE` },
      ],
      about: [unit],
      showScripts: [path],
      truth: displaced(unit, 'start', 'stop', 'exec-calls-systemctl', ['opposing-request', 'automation-race']),
    })
  },
}

/** Nights of work exclude the days' target, and that takes its members along. */
const nightsWork: Family = {
  name: 'rival-of-target-takes-its-members',
  make(cast) {
    const days = 'trading-day.target'
    const unit = byHand(cast, freshName(cast), { unit: [`PartOf=${days}`], starts: cast.chance.seconds(...SLOW) })
    cast.file(days, '[Unit]\nDescription=The exchange is open\n')
    const rival = byHand(cast, 'settle-night.service', {
      unit: [`Conflicts=${days}`],
      oneshot: true,
      run: '/bin/sleep 2',
    })
    return asked(cast, 'start', unit, {
      before: [`systemctl start ${days}`],
      ...otherAsks(cast, 1.9, `systemctl start ${rival}`),
      about: [unit, rival, days],
      truth: displaced(unit, 'start', 'stop', 'conflicts', ['partof-propagation']),
    })
  },
}

/** The green one is up, and sends the blue one home. */
const greenRetiresBlue: Family = {
  name: 'green-instance-retires-blue',
  make(cast) {
    const port = cast.chance.integer(3000, 9000)
    const unit = byHand(cast, 'site@blue.service', { starts: cast.chance.seconds(...SLOW) })
    const green = cast.file(
      'site-green.service',
      `[Unit]\nDescription=The site, green\n\n[Service]\nEnvironment=PORT=${port}\nExecStart=/bin/sleep infinity\n` +
        `ExecStartPost=/bin/sleep 0.4\nExecStartPost=-/usr/bin/systemctl stop ${unit}\n`,
    )
    return asked(cast, 'start', unit, {
      ...otherAsks(cast, 1.4, `systemctl start ${green}`),
      about: [unit, green],
      truth: displaced(unit, 'start', 'stop', 'exec-calls-systemctl'),
    })
  },
}

/** One enables and starts, the other disables and stops. */
const disabledNow: Family = {
  name: 'disabled-now-while-enabled-now',
  make(cast) {
    const unit = byHand(cast, freshName(cast), { starts: cast.chance.seconds(...SLOW), install: 'multi-user.target' })
    const other = otherAsks(cast, 1.9, `systemctl disable --now ${cast.typed(unit)}`)
    return {
      units: cast.units,
      seconds: 5.5,
      deeds: [{ at: 0.5, who: 'asker', line: `systemctl enable --now ${cast.typed(unit)}` }, ...other.deeds],
      logs: other.logs,
      about: [unit],
      truth: displaced(unit, 'start', 'stop', 'opposing-request'),
    }
  },
}

/** A drop-in for all instances names the rival. */
const typeWideRival: Family = {
  name: 'rival-named-in-a-drop-in-for-all',
  make(cast) {
    const unit = byHand(cast, 'lab-bench.service', { starts: cast.chance.seconds(...SLOW) })
    const rival = byHand(cast, 'lab-scope@a.service', {})
    cast.file('lab-scope@.service.d/10-exclusive.conf', `[Unit]\nConflicts=${unit}\n`)
    return asked(cast, 'start', unit, {
      ...otherAsks(cast, 1.8, `systemctl start ${cast.chance.pick([rival, "'lab-scope@a' --no-block"])}`),
      about: [unit, rival],
      truth: displaced(unit, 'start', 'stop', 'conflicts'),
    })
  },
}

/** Before it decides whether to run, the check of another takes the base away. */
const checkStopsBase: Family = {
  name: 'exec-condition-stops-the-base',
  make(cast) {
    const base = byHand(cast, 'pool-base.service', {})
    const unit = byHand(cast, freshName(cast), {
      unit: [`Requires=${base}`, `After=${base}`],
      starts: cast.chance.seconds(...SLOW),
    })
    const path = '/usr/local/sbin/pool-is-idle'
    cast.scripts[path] = `#!/bin/sh\nsystemctl stop ${base}\nexit 1\n`
    const scrub = cast.file(
      'pool-scrub.service',
      `[Unit]\nDescription=Scrubs the pool\n\n[Service]\nType=oneshot\nExecCondition=${path}\nExecStart=/bin/sleep 1\n`,
    )
    return asked(cast, 'start', unit, {
      ...otherAsks(cast, 1.7, `systemctl start ${scrub}`),
      about: [unit, base, scrub],
      showScripts: [path],
      truth: displaced(unit, 'start', 'stop', 'exec-calls-systemctl', ['propagates-stop']),
    })
  },
}

/** Upheld by what its own [Install] says; nothing in the target's file tells. */
const upheldByInstall: Family = {
  name: 'upheld-by-its-own-install-section',
  since: 254,
  make(cast) {
    const target = cast.file('site-core.target', '[Unit]\nDescription=Core of the site\n')
    const unit = cast.file(
      'core-cache.service',
      `[Unit]\nDescription=Cache\n\n[Service]\nExecStart=/bin/sleep infinity\n\n[Install]\nUpheldBy=${target}\n`,
    )
    return {
      units: cast.units,
      seconds: 3,
      before: [`systemctl enable ${unit}`, `systemctl start ${target}`],
      deeds: [
        { at: 0.5, who: 'asker', line: `systemctl stop ${cast.typed(unit)}` },
        { at: 2, who: 'asker', line: `systemctl is-active ${unit}` },
      ],
      about: [unit, target],
      wanted: 'inactive',
      proof: { line: `systemctl is-active ${unit}`, prints: 'active' },
      truth: { cause: 'upholds', canceled: null, replacing: null },
    }
  },
}

/** All of user space goes down and comes up again under the same kernel. */
const softReboot: Family = {
  name: 'soft-reboot-cancels-start',
  since: 254,
  make(cast) {
    const slow = cast.service({ service: ['ExecStop=/bin/sleep 40'], plain: true })
    const unit = byHand(cast, freshName(cast), { starts: cast.chance.seconds(...SLOW) })
    return asked(cast, 'start', unit, {
      before: [`systemctl start ${slow}`],
      deeds: [{ at: 1.9, who: cast.chance.pick(['other', 'hidden']), line: 'systemctl start soft-reboot.target' }],
      seconds: 4,
      about: [unit],
      truth: displaced(unit, 'start', 'stop', 'shutdown-in-progress'),
    })
  },
}

/** What hangs on it goes down first, and its last command brings the leader back. */
const failsBack: Family = {
  name: 'last-command-of-dependent-brings-it-back',
  make(cast) {
    const unit = byHand(cast, 'vip-main.service', { stops: cast.chance.seconds(...SLOW) })
    const path = '/opt/vip/failback'
    cast.scripts[path] = `#!/bin/sh\n# never leave the address alone\nsystemctl --no-block start ${unit}\n`
    const tail = byHand(cast, 'vip-probe.service', {
      unit: [`BindsTo=${unit}`],
      service: [`ExecStopPost=${path}`],
    })
    return asked(cast, 'stop', unit, {
      before: [`systemctl start ${tail}`],
      about: [unit, tail],
      showScripts: [path],
      truth: displaced(unit, 'stop', 'start', 'exec-calls-systemctl'),
    })
  },
}

/** A tool on a far machine restarts it, and somebody stops it meanwhile. */
const farTool: Family = {
  name: 'deployed-from-afar-while-stopped',
  make(cast) {
    const unit = byHand(cast, freshName(cast), { starts: cast.chance.seconds(...SLOW) })
    const name = unit.replace('.service', '')
    const far = `${cast.host}.example.net`
    const remote = 'null_resource.deploy (remote-exec):'
    const text = cast.chance.pick([
      [
        '00:12 deploy:restart',
        `      01 sudo systemctl start ${name}`,
        '      01 OUTPUT',
        `    ✘ 01 deploy@${far} 1.9s`,
      ],
      [
        `${remote} + sudo systemctl start ${name}`,
        `${remote} OUTPUT`,
        '╷',
        '│ Error: remote-exec provisioner error',
        '╵',
      ],
      [`[${far}] sudo: systemctl start ${name}`, `[${far}] out: OUTPUT`, '', 'Fatal error: nonzero return code 1!'],
    ])
    const other = otherAsks(cast, 1.9, `systemctl stop ${name}`)
    return asked(cast, 'start', unit, {
      ...other,
      about: [unit],
      tool: { tool: 'script', text: `${text.join('\n')}\n` },
      truth: displaced(unit, 'start', 'stop', 'opposing-request'),
    })
  },
}

/** systemd is to hand over what is not there. */
const handedNothing: Family = {
  name: 'credential-or-folder-not-there',
  make(cast) {
    const setting = cast.chance.pick([
      'LoadCredential=token:/etc/keys/absent.token',
      'BindReadOnlyPaths=/srv/no-such-tree',
      'RootImage=/var/lib/images/none.raw',
    ])
    const unit = byHand(cast, freshName(cast), { service: [setting] })
    const check = { at: 1.4, who: 'asker', line: `systemctl is-active ${unit}` } as const
    return asked(cast, 'restart', unit, { seconds: 3, deeds: [check], about: [unit], truth: FAILED })
  },
}

/** A file falls into a folder, the script it sets off stops what the unit stands on. */
const droppedFile: Family = {
  name: 'path-sets-off-a-stop-of-the-base',
  make(cast) {
    const base = byHand(cast, 'store-base.service', {})
    const unit = byHand(cast, freshName(cast), {
      unit: [`Requires=${base}`, `After=${base}`],
      starts: cast.chance.seconds(...SLOW),
    })
    const path = '/srv/import/run.sh'
    cast.scripts[path] = `#!/bin/bash\nset -e\n/bin/systemctl stop ${base}\nrm -f /srv/import/in/*\n`
    const task = byHand(cast, 'import-run.service', { oneshot: true, run: path })
    const watcher = cast.file('import-run.path', '[Path]\nPathExistsGlob=/srv/import/in/*.zip\nMakeDirectory=yes\n')
    return asked(cast, 'start', unit, {
      before: ['mkdir -p /srv/import/in', `systemctl start ${watcher}`],
      deeds: [{ at: 1.8, who: 'hidden', line: 'touch /srv/import/in/a.zip' }],
      about: [unit, base, task, watcher],
      showScripts: [path],
      truth: displaced(unit, 'start', 'stop', 'exec-calls-systemctl', ['propagates-stop', 'path-activation']),
    })
  },
}

/** The compositor dies, the session's target is bound to it, and the bar is a part of that. */
const compositorDies: Family = {
  name: 'user-compositor-takes-session-along',
  make(cast) {
    const session = 'tiles-session.target'
    const path = '/opt/tiles/bin/tiles'
    cast.scripts[path] = '#!/bin/sh\nsleep 2.6\nexit 1\n'
    const compositor = byHand(cast, 'tiles.service', { run: path })
    cast.file(session, `[Unit]\nDescription=Tiles\nBindsTo=${compositor}\nAfter=${compositor}\n`)
    const unit = byHand(cast, 'tiles-bar.service', {
      unit: [`PartOf=${session}`, `After=${session}`],
      starts: cast.chance.seconds(...SLOW),
    })
    return withManager(cast, {
      before: [`systemctl --user start ${session}`],
      deeds: [{ at: 0.5, who: 'asker', line: `systemctl --user start ${cast.typed(unit)}` }],
      about: [unit, compositor, session],
      truth: displaced(unit, 'start', 'stop', 'bindsto-inactive', ['partof-propagation']),
    })
  },
}

/** Somebody asks for the emergency shell. */
const emergency: Family = {
  name: 'emergency-asked-for',
  make(cast) {
    const unit = byHand(cast, freshName(cast), { starts: cast.chance.seconds(...SLOW) })
    const line = cast.chance.pick(['systemctl emergency', 'systemctl isolate emergency.target'])
    return asked(cast, 'start', unit, {
      ...otherAsks(cast, 1.9, line),
      about: [unit],
      truth: displaced(unit, 'start', 'stop', 'isolate'),
    })
  },
}

/** One of a stack is restarted, and meanwhile what it stands on is stopped. */
const baseGoes: Family = {
  name: 'stack-restarted-while-its-base-goes',
  make(cast) {
    const base = byHand(cast, 'wal-shipper.service', { unit: ['PartOf=pgstack.target'] })
    const unit = byHand(cast, 'pg-proxy.service', {
      unit: ['PartOf=pgstack.target', `Requires=${base}`, `After=${base}`],
      stops: cast.chance.seconds(...SLOW),
    })
    const target = cast.file('pgstack.target', `[Unit]\nDescription=PG stack\nWants=${base} ${unit}\n`)
    return asked(cast, 'restart', unit, {
      before: [`systemctl start ${target}`],
      ...otherAsks(cast, 1.7, `systemctl stop ${base}`),
      about: [unit, base, target],
      truth: displaced(unit, 'restart', 'stop', 'propagates-stop'),
    })
  },
}

export const OUTSIDE: readonly Family[] = [
  addressMoves,
  nightsWork,
  greenRetiresBlue,
  disabledNow,
  typeWideRival,
  checkStopsBase,
  upheldByInstall,
  softReboot,
  failsBack,
  farTool,
  handedNothing,
  droppedFile,
  compositorDies,
  emergency,
  baseGoes,
]
