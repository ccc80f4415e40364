/** Two or three mechanisms one after the other: what brings along the unit that brings along the job. */

import type { Cast } from './cast.ts'
import { otherAsks } from './families-requests.ts'
import type { Family, Scene, Truth } from './incident.ts'

const SLOW = [3, 4] as const

export const displaced = (unit: string, type: string, by: string, cause: Truth['cause'], also: Truth['also'] = []) => ({
  cause,
  also,
  canceled: `${unit}/${type}`,
  replacing: `${unit}/${by}`,
})

type Rest = Pick<Scene, 'about' | 'truth'> & Partial<Scene>

/** The asker's one request of `unit`, and the rest. */
export const asked = (cast: Cast, verb: string, unit: string, rest: Rest, at = 0.5): Scene => ({
  units: cast.units,
  seconds: 5.5,
  ...rest,
  before: [...(verb === 'start' ? [] : [`systemctl start ${unit}`]), ...(rest.before ?? [])],
  deeds: [{ at, who: 'asker', line: `systemctl ${verb} ${cast.typed(unit)}` }, ...(rest.deeds ?? [])],
})

const timerText = (unit: string) =>
  `[Unit]\nDescription=Timer of ${unit}\n\n[Timer]\nOnActiveSec=2s\nAccuracySec=1ms\nUnit=${unit}\n`

/** The timer's own unit conflicts with what is being started. */
const timedRival: Family = {
  name: 'timer-starts-rival',
  make(cast) {
    const unit = cast.service({ startSeconds: cast.chance.seconds(4, 5), plain: true })
    const name = cast.chance.pick(['db-dump', 'reindex', 'vacuum'])
    const task = cast.task(name, `Runs ${name} on its own`, 'sleep 0.4', { unit: [`Conflicts=${unit}`] })
    const timer = cast.file(`${name}.timer`, timerText(task))
    return asked(cast, 'start', unit, {
      before: [`systemctl start ${timer}`],
      about: [unit, task, timer],
      extra: [{ line: 'systemctl list-timers --all --no-pager' }],
      truth: displaced(unit, 'start', 'stop', 'conflicts', ['timer-activation']),
    })
  },
}

/** A watched file is written, and the command of the task restarts the service. */
const watchedConfig: Family = {
  name: 'path-runs-restart',
  make(cast) {
    const unit = cast.service({ stopSeconds: cast.chance.seconds(...SLOW), plain: true })
    const name = `${unit.replace(/[@.].*$/, '')}-reloader`
    const task = cast.task(name, 'Restarts when the configuration changes', '', {
      command: `/usr/bin/systemctl ${cast.chance.pick(['restart', 'restart --no-block'])} ${unit}`,
    })
    const watched = `/etc/${name}.yml`
    const watcher = cast.file(`${name}.path`, `[Unit]\nDescription=Watches\n\n[Path]\nPathModified=${watched}\n`)
    return asked(cast, 'stop', unit, {
      before: [`systemctl start ${watcher}`],
      deeds: [{ at: 1.8, who: 'hidden', line: `echo x > ${watched}` }],
      about: [unit, task, watcher],
      truth: displaced(unit, 'stop', 'restart', 'exec-calls-systemctl', ['path-activation']),
    })
  },
}

/** Somebody connects, and what is then started requires what is being stopped. */
const socketPullsIn: Family = {
  name: 'socket-of-dependent',
  make(cast) {
    const port = cast.chance.integer(4000, 9000)
    const unit = cast.service({ stopSeconds: cast.chance.seconds(...SLOW), plain: true })
    const setting = cast.chance.pick(['Requires', 'Wants', 'BindsTo'])
    const front = cast.service({ unit: [`${setting}=${unit}`, `After=${unit}`], plain: true })
    const socket = cast.file(
      front.replace(/\.service$/, '.socket'),
      `[Unit]\nDescription=Socket of the front end\n\n[Socket]\nListenStream=127.0.0.1:${port}\n`,
    )
    return asked(cast, 'stop', unit, {
      before: [`systemctl start ${socket}`],
      deeds: [{ at: 1.7, who: 'hidden', line: `bash -c 'exec 3<>/dev/tcp/127.0.0.1/${port}; sleep 3'` }],
      about: [unit, front, socket],
      truth: displaced(unit, 'stop', 'start', 'socket-activation'),
    })
  },
}

/** A call on the bus activates a service that needs the one being stopped. */
const busPullsIn: Family = {
  name: 'bus-call-of-dependent',
  make(cast) {
    const name = `org.example.${cast.chance.pick(['Index', 'Mail', 'Power', 'Sync'])}`
    const unit = cast.service({ stopSeconds: cast.chance.seconds(...SLOW), plain: true })
    const front = cast.service({ unit: [`Requires=${unit}`, `After=${unit}`], plain: true })
    cast.add(front, 'Service', ['Type=dbus', `BusName=${name}`])
    const path = `/usr/share/dbus-1/system-services/${name}.service`
    cast.scripts[path] = `[D-BUS Service]\nName=${name}\nExec=/bin/false\nUser=root\nSystemdService=${front}\n`
    cast.scripts[`/etc/dbus-1/system.d/${name}.conf`] =
      `<busconfig><policy context="default"><allow send_destination="${name}"/></policy></busconfig>\n`
    return asked(cast, 'stop', unit, {
      deeds: [{ at: 1.7, who: 'hidden', line: `busctl --timeout=2 call ${name} /org/example ${name} Ping` }],
      about: [unit, front],
      showScripts: [path],
      truth: displaced(unit, 'stop', 'start', 'dbus-activation'),
    })
  },
}

/** What fails starts a stand-in, which is just being stopped. */
const standIn: Family = {
  name: 'onfailure-starts-stand-in',
  make(cast) {
    const unit = cast.service({ stopSeconds: cast.chance.seconds(...SLOW), plain: true })
    const failing = cast.task(
      cast.chance.pick(['primary-feed', 'uplink', 'leader']),
      'Works until it does not',
      'sleep 2\necho "connection lost" >&2\nexit 4',
      { unit: [`OnFailure=${unit}`], type: cast.chance.pick(['simple', 'exec']) },
    )
    return asked(cast, 'stop', unit, {
      before: [`systemctl start ${failing}`],
      about: [unit, failing],
      truth: displaced(unit, 'stop', 'start', 'onfailure'),
    })
  },
}

/** Coming back by itself, the upholder finds what it upholds on the way down. */
const upholderReturns: Family = {
  name: 'upholder-restarts',
  since: 249,
  make(cast) {
    const unit = cast.service({ stopSeconds: cast.chance.seconds(4, 5), plain: true })
    const upholder = cast.task('pod-agent', 'Looks after the pod', 'sleep 2\nexit 7', {
      type: 'simple',
      unit: [`Upholds=${unit}`],
      service: ['Restart=always', 'RestartSec=300ms'],
    })
    return asked(cast, 'stop', unit, {
      before: [`systemctl start ${upholder}`],
      about: [unit, upholder],
      truth: displaced(unit, 'stop', 'start', 'upholds', ['auto-restart']),
    })
  },
}

/** The failure of something else takes the machine down. */
const failureAction: Family = {
  name: 'failure-action-powers-off',
  make(cast) {
    const slow = cast.service({ service: ['ExecStop=/bin/sleep 40'], plain: true })
    const unit = cast.service({ startSeconds: cast.chance.seconds(...SLOW), plain: true })
    const failing = cast.task('integrity-check', 'Checks that nothing was changed', 'sleep 2\nexit 1', {
      type: 'simple',
      unit: [`FailureAction=${cast.chance.pick(['poweroff', 'reboot'])}`],
    })
    return asked(cast, 'start', unit, {
      before: [`systemctl start ${slow}`, `systemctl start ${failing}`],
      seconds: 4,
      about: [unit, failing],
      truth: displaced(unit, 'start', 'stop', 'shutdown-in-progress'),
    })
  },
}

/** A start waits for a requirement's start, and somebody stops that. */
const requirementStillStarting: Family = {
  name: 'requirement-stopped-while-starting',
  make(cast) {
    const needed = cast.service({ startSeconds: cast.chance.seconds(...SLOW), plain: true })
    const unit = cast.service({ unit: [`Requires=${needed}`, `After=${needed}`], plain: true })
    const other = otherAsks(cast, 1.9, `systemctl stop ${cast.typed(needed)}`)
    return asked(cast, 'start', unit, {
      ...other,
      about: [unit, needed],
      truth: displaced(unit, 'start', 'stop', 'propagates-stop', ['opposing-request']),
    })
  },
}

/** As before, but the requirement's job is canceled: that counts as a failed dependency. */
const requirementCanceled: Family = {
  name: 'requirement-job-canceled',
  make(cast) {
    const needed = cast.service({ startSeconds: cast.chance.seconds(...SLOW), plain: true })
    const unit = cast.service({ unit: [`Requires=${needed}`, `After=${needed}`], plain: true })
    const number = `$(systemctl list-jobs --no-legend | sed -n 's/^ *\\([0-9]*\\) *${needed} .*/\\1/p')`
    return asked(cast, 'start', unit, {
      deeds: [
        { at: 1.5, who: 'other', line: 'systemctl list-jobs' },
        { at: 2, who: 'other', line: `systemctl cancel ${number}`, shown: 'systemctl cancel NUMBER' },
      ],
      about: [unit, needed],
      truth: { cause: 'requires-failed', also: ['user-cancelled'], canceled: `${unit}/start`, replacing: null },
    })
  },
}

/** One client stops two units in order; the second, still waiting and up, is asked for again by a third. */
const waitingStop: Family = {
  name: 'waiting-stop-wanted-again',
  make(cast) {
    const unit = cast.service({ plain: true })
    const first = cast.service({ unit: [`After=${unit}`], stopSeconds: cast.chance.seconds(...SLOW), plain: true })
    const wants = cast.service({ unit: [`Wants=${unit}`], plain: true })
    const other = otherAsks(cast, 1.8, `systemctl start ${cast.typed(wants)}`)
    return asked(cast, 'stop', unit, {
      before: [`systemctl start ${first}`],
      deeds: [{ at: 0.3, who: 'other', line: `systemctl stop ${cast.typed(first)}` }, ...other.deeds],
      logs: other.logs,
      about: [unit, first, wants],
      truth: displaced(unit, 'stop', 'start', 'opposing-request'),
    })
  },
}

/** A restart of the whole is passed on to a part whose stop waits its turn. */
const restartOfWhole: Family = {
  name: 'part-of-restarted-while-stop-waits',
  make(cast) {
    const whole = cast.service({ plain: true })
    const unit = cast.service({ unit: [`PartOf=${whole}`], plain: true })
    const first = cast.service({ unit: [`After=${unit}`], stopSeconds: cast.chance.seconds(...SLOW), plain: true })
    const other = otherAsks(cast, 1.8, `systemctl restart ${cast.typed(whole)}`)
    return asked(cast, 'stop', unit, {
      before: [`systemctl start ${whole}`, `systemctl start ${first}`],
      deeds: [{ at: 0.3, who: 'other', line: `systemctl stop ${cast.typed(first)}` }, ...other.deeds],
      logs: other.logs,
      about: [unit, whole, first],
      truth: displaced(unit, 'stop', 'restart', 'partof-propagation'),
    })
  },
}

/** The stop half of a restart is slow enough for a requirement to be stopped meanwhile. */
const restartMeetsStop: Family = {
  name: 'requirement-stopped-during-restart',
  make(cast) {
    const needed = cast.service({ plain: true })
    const unit = cast.service({
      unit: [`Requires=${needed}`, `After=${needed}`],
      stopSeconds: cast.chance.seconds(...SLOW),
      plain: true,
    })
    const other = otherAsks(cast, 1.7, `systemctl stop ${cast.typed(needed)}`)
    return asked(cast, 'restart', unit, {
      ...other,
      about: [unit, needed],
      truth: displaced(unit, 'restart', 'stop', 'propagates-stop'),
    })
  },
}

/** It is going by itself, as nobody needs it; a stop joins in, and then somebody needs it after all. */
const neededAgain: Family = {
  name: 'unneeded-and-needed-again',
  make(cast) {
    const unit = cast.service({
      unit: ['StopWhenUnneeded=yes'],
      stopSeconds: cast.chance.seconds(4, 5),
      plain: true,
    })
    const user = cast.service({ unit: [`Wants=${unit}`], plain: true })
    const next = cast.service({ unit: [`Requires=${unit}`, `After=${unit}`], plain: true })
    const other = otherAsks(cast, 2.1, `systemctl start ${cast.typed(next)}`)
    const scene = asked(
      cast,
      'stop',
      unit,
      {
        deeds: [{ at: 0.4, who: 'other', line: `systemctl stop ${cast.typed(user)}` }, ...other.deeds],
        logs: other.logs,
        about: [unit, user, next],
        truth: displaced(unit, 'stop', 'start', 'opposing-request'),
      },
      1.1,
    )
    return { ...scene, before: [`systemctl start ${user}`] }
  },
}

/** What is required has failed so often that it is not even tried. */
const limitOfRequirement: Family = {
  name: 'requirement-hits-start-limit',
  make(cast) {
    const needed = cast.task('schema-check', 'Checks the schema', 'echo "no such table" >&2\nexit 1', {
      unit: ['StartLimitIntervalSec=60', 'StartLimitBurst=2'],
    })
    const unit = cast.service({ unit: [`Requires=${needed}`, `After=${needed}`], plain: true })
    return asked(cast, 'start', unit, {
      before: [`systemctl start ${needed} || true`, `systemctl start ${needed} || true`],
      seconds: 2.5,
      about: [unit, needed],
      truth: { cause: 'requires-failed', also: ['start-limit'], canceled: `${unit}/start`, replacing: null },
    })
  },
}

/** The rival has to stop first, and its stop job runs out of time. */
const rivalDoesNotGo: Family = {
  name: 'rival-stop-times-out',
  make(cast) {
    const rival = cast.service({
      unit: ['JobRunningTimeoutSec=1500ms'],
      stopSeconds: cast.chance.seconds(4, 5),
      plain: true,
    })
    const unit = cast.service({ unit: [`Conflicts=${rival}`, `After=${rival}`], plain: true })
    return asked(cast, 'start', unit, {
      before: [`systemctl start ${rival}`],
      seconds: 4,
      about: [unit, rival],
      truth: {
        cause: 'job-timeout',
        also: ['requires-failed', 'conflicts'],
        canceled: `${unit}/start`,
        replacing: null,
      },
    })
  },
}

export const CHAINS: readonly Family[] = [
  timedRival,
  watchedConfig,
  socketPullsIn,
  busPullsIn,
  standIn,
  upholderReturns,
  failureAction,
  requirementStillStarting,
  requirementCanceled,
  waitingStop,
  restartOfWhole,
  restartMeetsStop,
  neededAgain,
  limitOfRequirement,
  rivalDoesNotGo,
]
