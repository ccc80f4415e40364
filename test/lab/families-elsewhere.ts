/** Other houses: other tools about the machine, other views of the journal, settings that few files have. */

import { asked, displaced } from './families-chains.ts'
import { byHand, freshName } from './families-hand.ts'
import { otherAsks } from './families-requests.ts'
import { withManager } from './families-users.ts'
import type { Family, LogLine } from './incident.ts'

const SLOW = [3, 4] as const

const bare = (unit: string) => unit.replace(/[@.].*$/, '')

/** Typed by hand after an upgrade of a library, as its packages tell people to. */
const needrestart: Family = {
  name: 'needrestart-works-its-list-off',
  make(cast) {
    const unit = byHand(cast, 'mailgate.service', { stops: cast.chance.seconds(...SLOW) })
    const mate = byHand(cast, 'webgate.service')
    const names = [mate, unit, 'cron.service'].join(' ')
    const said = ['Scanning processes...', 'Scanning candidates...', '', 'Restarting services...']
    const print = said.map((line) => `echo "${line}"`).join('\n')
    cast.scripts['/usr/sbin/needrestart'] =
      `#!/bin/sh\n${print}\necho " systemctl restart ${names}"\nsystemctl restart ${mate} ${unit}\n` +
      'echo "No containers need to be restarted."\n'
    return asked(cast, 'stop', unit, {
      before: [`systemctl start ${mate}`],
      deeds: [{ at: 1.7, who: 'other', line: `needrestart -r ${cast.chance.pick(['a', 'a -l'])}` }],
      about: [unit, mate],
      journal: `-u ${unit}`,
      truth: displaced(unit, 'stop', 'restart', 'package-manager', ['opposing-request', 'automation-race']),
    })
  },
}

/** What is a part of it is not a service's target but the timer or the path unit itself. */
const partOfTrigger: Family = {
  name: 'part-of-its-own-trigger',
  make(cast) {
    const unit = byHand(cast, 'collect-invoices.service', { starts: cast.chance.seconds(...SLOW) })
    const [kind, text] = cast.chance.pick([
      ['timer', '[Timer]\nOnCalendar=*-*-* 04:10:00\n\n[Install]\nWantedBy=timers.target\n'],
      ['path', '[Path]\nPathChanged=/srv/invoices\nMakeDirectory=yes\n'],
    ] as const)
    const trigger = cast.file(`collect-invoices.${kind}`, `[Unit]\nDescription=When to collect\n\n${text}`)
    cast.add(unit, 'Unit', [`PartOf=${trigger}`])
    return asked(cast, 'start', unit, {
      before: [`systemctl start ${trigger}`],
      ...otherAsks(cast, 1.8, `systemctl stop ${trigger}`),
      about: [unit, trigger],
      journal: '-o short-full',
      truth: displaced(unit, 'start', 'stop', 'partof-propagation'),
    })
  },
}

/** What must not be up beside it is a mount, a timer, a slice: units that run nothing of their own. */
const rivalRunsNothing: Family = {
  name: 'rival-that-runs-nothing',
  make(cast) {
    const unit = byHand(cast, freshName(cast), { starts: cast.chance.seconds(...SLOW) })
    const [name, text] = cast.chance.pick([
      ['srv-restore.mount', '[Mount]\nWhat=tmpfs\nWhere=/srv/restore\nType=tmpfs\n'],
      ['vendor-access.timer', '[Timer]\nOnActiveSec=2h\nUnit=vendor-access-end.service\n'],
      ['forensics.slice', '[Slice]\nCPUWeight=10\n'],
    ] as const)
    const rival = cast.file(name, `[Unit]\nDescription=Nobody else meanwhile\nConflicts=${unit}\n\n${text}`)
    cast.file('vendor-access-end.service', '[Service]\nType=oneshot\nExecStart=/bin/true\n')
    return asked(cast, 'start', unit, {
      ...otherAsks(cast, 1.7, `systemctl start ${rival}`),
      about: [unit, rival],
      journal: '-o short-monotonic',
      truth: displaced(unit, 'start', 'stop', 'conflicts'),
    })
  },
}

/** The file names a path, not a unit, and so does who takes it away. */
const pathIsNeeded: Family = {
  name: 'mount-of-a-needed-path-is-stopped',
  make(cast) {
    const mount = cast.file('srv-pool-media.mount', '[Mount]\nWhat=tmpfs\nWhere=/srv/pool/media\nType=tmpfs\n')
    const unit = byHand(cast, 'transcoder.service', {
      unit: ['RequiresMountsFor=/srv/pool/media/in'],
      starts: cast.chance.seconds(...SLOW),
    })
    return asked(cast, 'start', unit, {
      ...otherAsks(cast, 2, `systemctl stop ${cast.chance.pick(['/srv/pool/media', mount])}`),
      about: [unit, mount],
      journal: `-u ${unit} -u ${mount}`,
      truth: displaced(unit, 'start', 'stop', 'propagates-stop'),
    })
  },
}

/** The target itself is asked about: it waits for its members, and is told to go. */
const targetWaits: Family = {
  name: 'target-that-waits-is-stopped',
  make(cast) {
    const member = byHand(cast, 'stack-db.service', { starts: cast.chance.seconds(...SLOW) })
    const second = byHand(cast, 'stack-web.service', { unit: [`After=${member}`] })
    const target = cast.file('stack.target', `[Unit]\nDescription=All of it\nRequires=${member} ${second}\n`)
    return asked(cast, 'start', target, {
      ...otherAsks(cast, 1.8, `systemctl stop ${target}`),
      about: [target, member, second],
      truth: displaced(target, 'start', 'stop', 'opposing-request'),
    })
  },
}

/** A daemon that never says it has reloaded. */
const reloadUnanswered: Family = {
  name: 'notify-reload-unanswered',
  since: 254,
  make(cast) {
    const path = '/opt/quiet/bin/quietd'
    cast.scripts[path] = '#!/bin/sh\ntrap : HUP\nsystemd-notify --ready\nwhile :; do sleep 1 & wait $!; done\n'
    const unit = byHand(cast, 'quietd.service', { run: path, service: ['Type=notify-reload', 'NotifyAccess=all'] })
    return asked(cast, 'reload', unit, {
      ...otherAsks(cast, 2, `systemctl ${cast.chance.pick(['stop', 'stop --no-block'])} ${unit}`),
      about: [unit],
      journal: `-u ${bare(unit)} -o cat`,
      truth: displaced(unit, 'reload', 'stop', 'opposing-request'),
    })
  },
}

/** The cluster's manager does not know that somebody starts it by hand. */
const clusterStops: Family = {
  name: 'cluster-manager-takes-it-down',
  make(cast) {
    const unit = byHand(cast, freshName(cast), { starts: cast.chance.seconds(...SLOW) })
    const pid = cast.chance.integer(900, 4000)
    const id = bare(unit)
    const manager = 'org.freedesktop.systemd1 /org/freedesktop/systemd1 org.freedesktop.systemd1.Manager'
    const told = `Actions: Stop       ${id}     ( ${cast.host} )  due to node availability`
    const asks = `Requesting local execution of stop operation for ${id} on ${cast.host}`
    const logs: LogLine[] = [
      { at: 1.6, log: `<29>pacemaker-schedulerd[${pid}]:  notice: ${told}` },
      { at: 1.75, log: `<29>pacemaker-controld[${pid + 1}]:  notice: ${asks}` },
    ]
    return asked(cast, 'start', unit, {
      deeds: [{ at: 1.8, who: 'hidden', line: `busctl call ${manager} StopUnit ss ${unit} replace` }],
      logs,
      about: [unit],
      truth: displaced(unit, 'start', 'stop', 'opposing-request', ['automation-race']),
    })
  },
}

/** Before the host takes its picture of the disks, the guest makes it a quiet one. */
const freezeHook: Family = {
  name: 'guest-agent-hook-stops-it',
  make(cast) {
    const unit = byHand(cast, 'ledger-db.service', { starts: cast.chance.seconds(...SLOW) })
    const hook = '/etc/qemu/fsfreeze-hook.d/ledger-db.sh'
    cast.scripts[hook] =
      `#!/bin/sh\n# quiesce before the snapshot\n[ "$1" = freeze ] && systemctl stop ${unit}\n` +
      `[ "$1" = thaw ] && systemctl start ${unit}\nexit 0\n`
    return asked(cast, 'start', unit, {
      deeds: [{ at: 1.8, who: 'hidden', line: `${hook} freeze` }],
      logs: [{ at: 1.75, log: `<30>qemu-ga[${cast.chance.integer(400, 900)}]: info: guest-fsfreeze called` }],
      about: [unit],
      showScripts: [hook],
      truth: displaced(unit, 'start', 'stop', 'exec-calls-systemctl', ['opposing-request', 'automation-race']),
    })
  },
}

/** Still in its first boot, and the image's own last step clears away what the image brought along. */
const firstBoot: Family = {
  name: 'first-boot-script-stops-it',
  make(cast) {
    const unit = byHand(cast, 'demo-site.service', { starts: cast.chance.seconds(...SLOW) })
    const script = '/var/lib/cloud/scripts/per-instance/10-clean'
    cast.scripts[script] = `#!/bin/bash\nset -ex\nsystemctl disable --now ${bare(unit)}\n`
    const final = cast.file(
      'cloud-final.service',
      '[Unit]\nDescription=Cloud-init: Final Stage\n\n[Service]\nType=oneshot\nRemainAfterExit=yes\n' +
        `ExecStart=${script}\nTimeoutSec=0\nStandardOutput=journal+console\n`,
    )
    return asked(cast, 'start', unit, {
      deeds: [{ at: 1.9, who: 'hidden', line: `systemctl start ${final}` }],
      about: [unit, final],
      showScripts: [script],
      journal: '-o short-iso-precise',
      truth: displaced(unit, 'start', 'stop', 'exec-calls-systemctl'),
    })
  },
}

/** Somebody had turned the manager's own words up. */
const debugged: Family = {
  name: 'two-requests-at-debug-level',
  make(cast) {
    const unit = byHand(cast, freshName(cast), { stops: cast.chance.seconds(...SLOW) })
    const second = cast.chance.pick(['start', 'restart'])
    return asked(cast, 'stop', unit, {
      before: ['systemctl log-level debug'],
      deeds: [{ at: 1.8, who: cast.chance.pick(['other', 'hidden']), line: `systemctl ${second} ${unit}` }],
      about: [unit],
      journal: `-u ${unit}`,
      truth: displaced(unit, 'stop', second, 'opposing-request'),
    })
  },
}

/** Sound is asked for while the sound server goes down. */
const soundSocket: Family = {
  name: 'user-socket-brings-sound-back',
  make(cast) {
    const unit = byHand(cast, 'tune.service', { unit: ['Requires=tune.socket'], stops: cast.chance.seconds(...SLOW) })
    const pulse = byHand(cast, 'tune-pulse.service', { unit: [`Requires=tune-pulse.socket ${unit}`, `After=${unit}`] })
    const port = cast.chance.integer(4000, 9000)
    cast.file('tune.socket', '[Socket]\nListenStream=%t/tune-0\n')
    const socket = cast.file('tune-pulse.socket', `[Socket]\nListenStream=127.0.0.1:${port}\n`)
    return withManager(cast, {
      before: [`systemctl --user start tune.socket ${unit} ${socket}`],
      deeds: [
        { at: 0.5, who: 'asker', line: `systemctl --user stop ${cast.typed(unit)}` },
        { at: 1.8, who: 'hidden', line: `bash -c 'exec 3<>/dev/tcp/127.0.0.1/${port}; sleep 3'` },
      ],
      about: [unit, pulse, socket],
      truth: displaced(unit, 'stop', 'start', 'socket-activation'),
    })
  },
}

/** A job in the printer's queue: nothing of systemd's. */
const printJob: Family = {
  name: 'print-job-canceled',
  make(cast) {
    const unit = byHand(cast, 'cups.service')
    const job = cast.chance.integer(100, 900)
    const pid = cast.chance.integer(400, 900)
    return asked(cast, 'restart', unit, {
      seconds: 3,
      deeds: [{ at: 2, who: 'asker', line: `systemctl is-active ${unit}` }],
      logs: [
        { at: 0.9, log: `<30>cupsd[${pid}]: [Job ${job}] Canceling stuck job after 10800 seconds.` },
        { at: 1, log: `<30>cupsd[${pid}]: [Job ${job}] Job canceled by "root".` },
      ],
      about: [unit],
      truth: { cause: 'not-a-cancellation', canceled: null, replacing: null },
    })
  },
}

/** A nightly task lets a program look for new images, and that asks the manager over the bus. */
const updater: Family = {
  name: 'timed-updater-restarts-over-bus',
  make(cast) {
    const unit = byHand(cast, 'container-wiki.service', { stops: cast.chance.seconds(...SLOW) })
    const path = '/usr/local/bin/image-update'
    const manager = 'org.freedesktop.systemd1 /org/freedesktop/systemd1 org.freedesktop.systemd1.Manager'
    cast.scripts[path] =
      `#!/bin/sh\necho "new image for ${unit}"\nexec busctl --quiet call ${manager} RestartUnit ss ${unit} replace\n`
    const task = cast.file('image-update.service', `[Service]\nType=oneshot\nExecStart=${path} --all\n`)
    const timer = cast.file('image-update.timer', '[Timer]\nOnActiveSec=1900ms\nAccuracySec=1ms\n')
    return asked(cast, 'stop', unit, {
      before: [`systemctl start ${timer}`],
      about: [unit, task, timer],
      showScripts: [path],
      truth: displaced(unit, 'stop', 'restart', 'exec-calls-systemctl', ['timer-activation']),
    })
  },
}

/** Bound to the path unit that feeds it, which somebody stops. */
const boundToFeed: Family = {
  name: 'bound-to-a-path-unit',
  make(cast) {
    const feed = cast.file('scan-in.path', '[Path]\nPathExists=/srv/scan/never\nUnit=scan-in-hint.service\n')
    cast.file('scan-in-hint.service', '[Service]\nType=oneshot\nExecStart=/bin/true\n')
    const unit = byHand(cast, 'scan-ocr.service', {
      unit: [`BindsTo=${feed}`, `After=${feed}`],
      starts: cast.chance.seconds(...SLOW),
    })
    return asked(cast, 'start', unit, {
      ...otherAsks(cast, 1.9, `systemctl stop ${feed}`),
      about: [unit, feed],
      journal: `-b -u ${unit} -o short-iso`,
      truth: displaced(unit, 'start', 'stop', 'bindsto-inactive', ['propagates-stop']),
    })
  },
}

/** One template of dumps for all databases, each in the way of its own only. */
const dumpInstance: Family = {
  name: 'timed-instance-excludes-its-namesake',
  make(cast) {
    const name = cast.chance.pick(['orders', 'stock', 'people'])
    const unit = byHand(cast, `${name}.service`, { starts: cast.chance.seconds(...SLOW) })
    const task = `cold-dump@${name}.service`
    cast.file(
      'cold-dump@.service',
      '[Unit]\nDescription=Cold dump of %i\nConflicts=%i.service\n\n' +
        '[Service]\nType=oneshot\nExecStart=/bin/sleep 0.6\n',
    )
    cast.file('cold-dump@.timer', '[Timer]\nOnActiveSec=1800ms\nAccuracySec=1ms\n')
    const timer = `cold-dump@${name}.timer`
    return asked(cast, 'start', unit, {
      before: [`systemctl start ${timer}`],
      about: [unit, task, timer],
      journal: '-o verbose',
      truth: displaced(unit, 'start', 'stop', 'conflicts', ['timer-activation']),
    })
  },
}

export const ELSEWHERE: readonly Family[] = [
  needrestart,
  partOfTrigger,
  rivalRunsNothing,
  pathIsNeeded,
  targetWaits,
  reloadUnanswered,
  clusterStops,
  freezeHook,
  firstBoot,
  debugged,
  soundSocket,
  printJob,
  updater,
  boundToFeed,
  dumpInstance,
]
