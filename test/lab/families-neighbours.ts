/** Near neighbours: refused, failed, timed out, skipped, or nothing of the kind. */

import { type Cast, fileOf } from './cast.ts'
import { otherAsks } from './families-requests.ts'
import type { Family, Scene, Truth } from './incident.ts'

/** One request, answered badly. */
function oneRequest(cast: Cast, unit: string, scene: Pick<Scene, 'truth'> & Partial<Scene>, verb = 'start'): Scene {
  return {
    units: cast.units,
    seconds: 3,
    about: [unit],
    ...scene,
    deeds: scene.deeds ?? [{ at: 0.5, who: 'asker', line: `systemctl ${verb} ${cast.typed(unit)}` }],
  }
}

const failed = (unit: string, cause: Truth['cause'], also: Truth['also'] = []): Truth => ({
  cause,
  also,
  canceled: `${unit}/start`,
  replacing: null,
})

/** The cycle is of a target's wants: one job of it is deleted. */
const cycleBroken: Family = {
  name: 'ordering-cycle-broken',
  make(cast) {
    const first = cast.service({ plain: true })
    const second = cast.service({ unit: [`After=${first}`], plain: true })
    const third = cast.service({ unit: [`After=${second}`], plain: true })
    cast.add(first, 'Unit', [`After=${third}`])
    const target = cast.file(
      'stack.target',
      `[Unit]\nDescription=The stack\nWants=${[first, second, third].join(' ')}\n`,
    )
    return oneRequest(cast, target, {
      about: [target, first, second, third],
      truth: { cause: 'ordering-cycle', canceled: null, replacing: null },
    })
  },
}

const cycleUnbreakable: Family = {
  name: 'ordering-cycle-unbreakable',
  make(cast) {
    const first = cast.service({ plain: true })
    const second = cast.service({ unit: [`Requires=${first}`, `After=${first}`], plain: true })
    cast.add(first, 'Unit', [`Requires=${second}`, `After=${second}`])
    return oneRequest(cast, first, { about: [first, second], truth: failed(first, 'ordering-cycle') })
  },
}

const jobTimeout: Family = {
  name: 'job-timeout',
  make(cast) {
    const slow = cast.service({ startSeconds: cast.chance.seconds(4, 5), plain: true })
    const setting = cast.chance.pick(['JobTimeoutSec', 'JobRunningTimeoutSec'])
    const waits = setting === 'JobTimeoutSec'
    const unit = waits
      ? cast.service({ unit: [`Wants=${slow}`, `After=${slow}`, 'JobTimeoutSec=2'], plain: true })
      : cast.service({ unit: ['JobRunningTimeoutSec=2'], startSeconds: 4, plain: true })
    return oneRequest(cast, unit, {
      about: waits ? [unit, slow] : [unit],
      seconds: 4,
      truth: failed(unit, 'job-timeout'),
    })
  },
}

const startTimeout: Family = {
  name: 'start-timeout',
  make(cast) {
    const unit = cast.service({
      startSeconds: 5,
      service: [`TimeoutStartSec=${cast.chance.pick(['2', '1500ms'])}`],
      plain: true,
    })
    return oneRequest(cast, unit, { seconds: 4, truth: failed(unit, 'job-timeout') })
  },
}

const stopTimeout: Family = {
  name: 'stop-timeout',
  make(cast) {
    const path = '/usr/local/sbin/stubborn'
    cast.scripts[path] = "#!/bin/sh\ntrap '' TERM\nexec sleep infinity\n"
    const unit = cast.service({ command: path, service: ['TimeoutStopSec=2'], plain: true })
    return oneRequest(
      cast,
      unit,
      {
        before: [`systemctl start ${unit}`],
        seconds: 4,
        truth: { cause: 'job-timeout', canceled: null, replacing: null },
      },
      'stop',
    )
  },
}

const startLimit: Family = {
  name: 'start-limit-by-hand',
  make(cast) {
    const unit = cast.service({ unit: ['StartLimitIntervalSec=60', 'StartLimitBurst=2'], plain: true })
    const name = cast.typed(unit)
    return oneRequest(cast, unit, {
      before: [`systemctl start ${unit}`, `systemctl restart ${unit}`],
      deeds: [{ at: 0.5, who: 'asker', line: `systemctl restart ${name}` }],
      seconds: 2.5,
      truth: { cause: 'start-limit', canceled: `${unit}/restart`, replacing: null },
    })
  },
}

const startLimitByRestarts: Family = {
  name: 'start-limit-by-restarts',
  make(cast) {
    const unit = cast.service({
      command: '/bin/false',
      service: ['Restart=always', 'RestartSec=200ms'],
      plain: true,
    })
    const limit = cast.chance.happens(0.5) ? [] : ['StartLimitBurst=3']
    cast.add(unit, 'Unit', ['StartLimitIntervalSec=30', ...limit])
    return oneRequest(cast, unit, {
      deeds: [
        { at: 0.5, who: 'asker', line: `systemctl start ${cast.typed(unit)}` },
        { at: 3.2, who: 'asker', line: `systemctl start ${cast.typed(unit)}` },
      ],
      seconds: 4,
      truth: failed(unit, 'start-limit', ['process-failure']),
    })
  },
}

/** The unit is there, below a mask. */
const masked: Family = {
  name: 'masked',
  make(cast) {
    const unit = cast.service({ plain: true })
    const file = fileOf(unit)
    cast.scripts[`/usr/lib/systemd/system/${file}`] = cast.units[file] ?? ''
    delete cast.units[file]
    cast.units[unit] = ''
    const verb = cast.chance.pick(['start', 'restart'])
    return oneRequest(
      cast,
      unit,
      { truth: { ...failed(unit, 'masked-or-missing'), canceled: `${unit}/${verb}` } },
      verb,
    )
  },
}

const missing: Family = {
  name: 'not-found',
  make(cast) {
    const other = cast.service({ plain: true })
    const wrong = cast.chance.pick(['ngnix', 'postgres', 'redis', 'my-app', 'mysqld']).concat('.service')
    return oneRequest(cast, wrong, { about: [wrong, other], truth: failed(wrong, 'masked-or-missing') })
  },
}

const badSetting: Family = {
  name: 'bad-setting',
  make(cast) {
    const unit = cast.service({ plain: true })
    const file = fileOf(unit)
    const wrong = cast.chance.pick([
      (text: string) => text.replace(/^ExecStart=.*$/m, 'ExecStart=bin/run --now'),
      (text: string) => text.replace(/^ExecStart=.*\n/m, ''),
      (text: string) => text.replace(/^\[Service\]$/m, '[Service]\nType=oneshot\nRestart=always\nExecStart=/bin/true'),
    ])
    cast.units[file] = wrong(cast.units[file] ?? '')
    if (cast.version >= 254 && /Restart=always\n/.test(cast.units[file] ?? '')) {
      cast.units[file] = (cast.units[file] ?? '').replace(/^ExecStart=.*$/gm, 'ExecStart=run')
    }
    return oneRequest(cast, unit, { truth: failed(unit, 'masked-or-missing') })
  },
}

const missingRequirement: Family = {
  name: 'requirement-not-found',
  make(cast) {
    const gone = cast.chance.pick(['mysql', 'vpn', 'cassandra', 'network-up']).concat('.service')
    const unit = cast.service({ unit: [`Requires=${gone}`, `After=${gone}`], plain: true })
    return oneRequest(cast, unit, { truth: failed(unit, 'masked-or-missing', ['requires-failed']) })
  },
}

const condition: Family = {
  name: 'condition-not-met',
  make(cast) {
    const check = cast.chance.pick([
      'PathExists=/etc/app/enabled',
      'PathIsDirectory=/srv/data',
      'FileNotEmpty=/etc/key',
    ])
    const unit = cast.service({ unit: [`Condition${check}`], plain: true })
    return oneRequest(cast, unit, {
      deeds: [
        { at: 0.5, who: 'asker', line: `systemctl start ${cast.typed(unit)}` },
        { at: 1.2, who: 'asker', line: `systemctl is-active ${cast.typed(unit)}` },
      ],
      seconds: 2,
      truth: { cause: 'condition-failed', canceled: null, replacing: null },
    })
  },
}

const assertion: Family = {
  name: 'assertion-not-met',
  make(cast) {
    const check = cast.chance.pick(['PathExists=/etc/app/license', 'PathIsMountPoint=/srv/data'])
    const unit = cast.service({ unit: [`Assert${check}`], plain: true })
    return oneRequest(cast, unit, { seconds: 2, truth: failed(unit, 'condition-failed') })
  },
}

const irreversible: Family = {
  name: 'irreversible-job',
  make(cast) {
    const unit = cast.service({ service: ['ExecStop=/bin/sleep 3.3'], plain: true })
    const mode = '--job-mode=replace-irreversibly'
    const other = otherAsks(cast, 0.5, `systemctl stop ${mode} ${cast.typed(unit)}`)
    const verb = cast.chance.pick(['start', 'restart'])
    return oneRequest(cast, unit, {
      before: [`systemctl start ${unit}`],
      deeds: [...other.deeds, { at: 1.5, who: 'asker', line: `systemctl ${verb} ${cast.typed(unit)}` }],
      logs: other.logs,
      seconds: 4.5,
      truth: { cause: 'destructive-transaction', canceled: `${unit}/${verb}`, replacing: null },
    })
  },
}

const modeFail: Family = {
  name: 'mode-fail-refused',
  make(cast) {
    const unit = cast.service({ service: ['ExecStop=/bin/sleep 3.3'], plain: true })
    const other = otherAsks(cast, 0.5, `systemctl stop ${cast.typed(unit)}`)
    return oneRequest(cast, unit, {
      before: [`systemctl start ${unit}`],
      deeds: [...other.deeds, { at: 1.5, who: 'asker', line: `systemctl start --job-mode=fail ${cast.typed(unit)}` }],
      logs: other.logs,
      seconds: 4.5,
      truth: {
        cause: 'opposing-request',
        also: ['destructive-transaction'],
        canceled: `${unit}/start`,
        replacing: `${unit}/stop`,
      },
    })
  },
}

const reexec: Family = {
  name: 'client-lost-by-reexec',
  make(cast) {
    const unit = cast.service({ startSeconds: cast.chance.seconds(3, 4), plain: true })
    const other = otherAsks(cast, 1.5, 'systemctl daemon-reexec')
    return oneRequest(cast, unit, {
      deeds: [{ at: 0.5, who: 'asker', line: `systemctl start ${cast.typed(unit)}` }, ...other.deeds],
      logs: other.logs,
      seconds: 5,
      truth: failed(unit, 'reload-or-reexec'),
    })
  },
}

function processFails(name: string, script: string, options: { type?: string; command?: string } = {}): Family {
  return {
    name,
    make(cast) {
      const path = '/usr/local/bin/run-app'
      cast.scripts[path] = `#!/bin/sh\n${script}\n`
      const unit = cast.service({ command: options.command ?? path, type: options.type ?? 'oneshot', plain: true })
      return oneRequest(cast, unit, { seconds: 2.5, truth: failed(unit, 'process-failure') })
    },
  }
}

const deviceTimesOut: Family = {
  name: 'device-times-out',
  make(cast) {
    const where = cast.chance.pick(['/mnt/backup', '/srv/video', '/data'])
    const uuid = `${cast.chance.integer(1e7, 9e7)}-aaaa-4bbb-8ccc-ddddeeeeffff`
    const unit = `${where.slice(1).replaceAll('/', '-')}.mount`
    const scene = oneRequest(cast, unit, {
      fstab: `UUID=${uuid} ${where} ext4 defaults,noauto,x-systemd.device-timeout=2s 0 2\n`,
      seconds: 4,
      truth: failed(unit, 'device-or-udev', ['job-timeout', 'requires-failed']),
    })
    return { ...scene, deeds: [{ at: 0.5, who: 'asker', line: `systemctl start ${unit}` }] }
  },
}

/** All is well with systemd; something else says "canceled". */
const applicationSays: Family = {
  name: 'application-says-canceled',
  make(cast) {
    const words = cast.chance.pick([
      'level=error msg="query failed" err="context canceled"',
      'Job 4711 was cancelled by user admin',
      'pipeline #88: job canceled (superseded by #89)',
    ])
    const unit = cast.service({ plain: true })
    const name = unit.replace(/[@.].*$/, '')
    return oneRequest(
      cast,
      unit,
      {
        before: [`systemctl start ${unit}`],
        logs: [{ at: 1.2, log: `<6>${name}[${cast.chance.integer(300, 900)}]: ${words}` }],
        seconds: 2.5,
        truth: { cause: 'not-a-cancellation', canceled: null, replacing: null },
      },
      'restart',
    )
  },
}

export const NEIGHBOURS: readonly Family[] = [
  cycleBroken,
  cycleUnbreakable,
  jobTimeout,
  startTimeout,
  stopTimeout,
  startLimit,
  startLimitByRestarts,
  masked,
  missing,
  badSetting,
  missingRequirement,
  condition,
  assertion,
  irreversible,
  modeFail,
  reexec,
  processFails('process-exits', 'echo "cannot open /etc/app.conf" >&2\nexit 1'),
  processFails('process-killed', 'kill -SEGV $$'),
  processFails('program-missing', '', { command: '/opt/gone/bin/server --run', type: 'exec' }),
  deviceTimesOut,
  applicationSays,
]
