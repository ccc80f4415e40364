/** Timers, paths, sockets and the bus: what starts a unit without anybody typing. */

import type { Cast } from './cast.ts'
import type { Family, Scene } from './incident.ts'

const STOP_SECONDS = [3, 5] as const

/** A stop of `unit` that something hidden displaces with a start. */
function stopDisplaced(
  cast: Cast,
  unit: string,
  scene: Pick<Scene, 'about' | 'truth'> & Partial<Scene>,
  stopAt = 0.5,
): Scene {
  return {
    units: cast.units,
    seconds: 5.5,
    ...scene,
    before: [`systemctl start ${unit}`, ...(scene.before ?? [])],
    deeds: [{ at: stopAt, who: 'asker', line: `systemctl stop ${cast.typed(unit)}` }, ...(scene.deeds ?? [])],
  }
}

const base = (unit: string) => unit.replace(/\.[a-z]+$/, '')

/** Elapses between one and three seconds after the stop has begun. */
function timerText(cast: Cast, unit: string | null): string {
  const activates = unit === null ? [] : [`Unit=${unit}`]
  const lines = cast.chance.pick([
    ['OnCalendar=*:*:0/2', 'AccuracySec=1ms'],
    ['OnCalendar=*:*:00/2', 'AccuracySec=100ms', 'Persistent=false'],
    ['OnActiveSec=2s', 'OnUnitInactiveSec=2s', 'AccuracySec=1ms'],
  ])
  return [
    '[Unit]',
    `Description=${cast.chance.pick(['Runs it from time to time', 'Timer', 'Every now and then'])}`,
    '',
    '[Timer]',
    ...lines,
    ...activates,
    '',
    '[Install]',
    'WantedBy=timers.target',
    '',
  ].join('\n')
}

const timersShown = [{ line: 'systemctl list-timers --all --no-pager' }]

const ownTimer: Family = {
  name: 'own-timer',
  make(cast) {
    const unit = cast.service({ stopSeconds: cast.chance.seconds(4, 5), plain: true })
    const own = cast.chance.happens(0.7)
    const timer = cast.file(own ? `${base(unit)}.timer` : 'nightly-run.timer', timerText(cast, own ? null : unit))
    return stopDisplaced(cast, unit, {
      before: [`systemctl start ${timer}`],
      about: [unit, timer],
      extra: timersShown,
      truth: { cause: 'timer-activation', canceled: `${unit}/stop`, replacing: `${unit}/start` },
    })
  },
}

const dependentsTimer: Family = {
  name: 'timer-of-dependent',
  make(cast) {
    const unit = cast.service({ stopSeconds: cast.chance.seconds(4, 5), plain: true })
    const name = cast.chance.pick(['backup-run', 'report-mailer', 'certbot-renew', 'db-vacuum', 'sync-media'])
    const setting = cast.chance.pick(['Requires', 'Wants', 'BindsTo'])
    const task = cast.task(name, `Job of ${name}`, 'echo started; sleep 0.3; echo done', {
      unit: [`${setting}=${unit}`, `After=${unit}`],
    })
    const timer = cast.file(`${name}.timer`, timerText(cast, null))
    return stopDisplaced(cast, unit, {
      before: [`systemctl start ${timer}`],
      about: [unit, task, timer],
      extra: timersShown,
      truth: { cause: 'timer-activation', canceled: `${unit}/stop`, replacing: `${unit}/start` },
    })
  },
}

const EXISTENCE = ['PathExists', 'PathExistsGlob'] as const
const CHANGE = ['PathModified', 'PathChanged'] as const

function pathText(cast: Cast, path: string, unit: string | null, settings: readonly string[]): string {
  const setting = cast.chance.pick(settings)
  const value = setting === 'PathExistsGlob' ? `${path}*` : path
  return `[Unit]\nDescription=Watches ${path}\n\n[Path]\n${setting}=${value}\n${unit === null ? '' : `Unit=${unit}\n`}`
}

/** It does not watch while its service is up: what it finds afterwards brings the service back. */
const ownPath: Family = {
  name: 'own-path',
  make(cast) {
    const unit = cast.service({ stopSeconds: cast.chance.seconds(...STOP_SECONDS), plain: true })
    const path = cast.chance.pick(['/run/deploy.ready', '/srv/inbox-ready', '/etc/myapp-reload', '/var/lib/trigger'])
    const own = cast.chance.happens(0.6)
    const watcher = cast.file(
      own ? `${base(unit)}.path` : 'watch-inbox.path',
      pathText(cast, path, own ? null : unit, EXISTENCE),
    )
    return stopDisplaced(cast, unit, {
      before: [`mkdir -p ${path.replace(/\/[^/]*$/, '')}`, `systemctl start ${watcher}`],
      deeds: [{ at: 1.7, who: 'hidden', line: `echo x > ${path}` }],
      about: [unit, watcher],
      extra: [{ line: `systemctl status --no-pager ${watcher}` }],
      proof: { line: `systemctl is-active ${unit}`, prints: 'active' },
      truth: { cause: 'path-activation', canceled: null, replacing: null },
    })
  },
}

const dependentsPath: Family = {
  name: 'path-of-dependent',
  make(cast) {
    const unit = cast.service({ stopSeconds: cast.chance.seconds(...STOP_SECONDS), plain: true })
    const path = cast.chance.pick(['/run/import.csv', '/srv/drop/ready', '/var/spool/scan-done'])
    const setting = cast.chance.pick(['Requires', 'Wants'])
    const task = cast.task('import-files', 'Imports what was dropped', `rm -f ${path}; sleep 0.3`, {
      unit: [`${setting}=${unit}`, `After=${unit}`],
    })
    const watcher = cast.file('import-files.path', pathText(cast, path, null, [...EXISTENCE, ...CHANGE]))
    return stopDisplaced(cast, unit, {
      before: [`mkdir -p ${path.replace(/\/[^/]*$/, '')}`, `systemctl start ${watcher}`],
      deeds: [{ at: 1.7, who: 'hidden', line: `echo x > ${path}` }],
      about: [unit, task, watcher],
      extra: [{ line: `systemctl status --no-pager ${watcher}` }],
      truth: { cause: 'path-activation', canceled: `${unit}/stop`, replacing: `${unit}/start` },
    })
  },
}

function socketText(cast: Cast, listen: string): string {
  const more = cast.chance.pick([[], ['SocketMode=0660'], ['Backlog=64']])
  const lines = ['[Unit]', 'Description=Socket', '', '[Socket]', `ListenStream=${listen}`, ...more]
  return `${[...lines, '', '[Install]', 'WantedBy=sockets.target'].join('\n')}\n`
}

/** The machine has no program that connects but bash, and that only over the network. */
const CONNECT = (port: number) => `bash -c 'exec 3<>/dev/tcp/127.0.0.1/${port}; sleep 3'`

const socketDuringStop: Family = {
  name: 'socket-of-oneshot',
  make(cast) {
    const port = cast.chance.integer(4000, 9000)
    const unit = cast.service({
      type: 'oneshot',
      service: ['RemainAfterExit=yes'],
      command: '/bin/true',
      plain: true,
      stopSeconds: cast.chance.seconds(...STOP_SECONDS),
    })
    const socket = cast.file(`${base(unit)}.socket`, socketText(cast, String(port)))
    const scene = stopDisplaced(cast, unit, {
      deeds: [{ at: 1.7, who: 'hidden', line: CONNECT(port) }],
      about: [unit, socket],
      extra: [{ line: `systemctl status --no-pager ${socket}` }],
      truth: { cause: 'socket-activation', canceled: `${unit}/stop`, replacing: `${unit}/start` },
    })
    return { ...scene, before: [`systemctl start ${socket}`, `systemctl start ${unit}`] }
  },
}

const socketBringsBack: Family = {
  name: 'socket-brings-back',
  make(cast) {
    const port = cast.chance.integer(4000, 9000)
    const unit = cast.service({ plain: true })
    const socket = cast.file(`${base(unit)}.socket`, socketText(cast, String(port)))
    const scene = stopDisplaced(cast, unit, {
      before: [],
      deeds: [{ at: 1.7, who: 'hidden', line: CONNECT(port) }],
      about: [unit, socket],
      extra: [{ line: `systemctl status --no-pager ${socket}` }],
      proof: { line: `systemctl is-active ${unit}`, prints: 'active' },
      truth: { cause: 'socket-activation', canceled: null, replacing: null },
    })
    return { ...scene, before: [`systemctl start ${socket}`, `systemctl start ${unit}`] }
  },
}

/** A call to the service's name on the bus, which dbus-daemon passes on to the manager. */
const busCall: Family = {
  name: 'bus-call-during-stop',
  make(cast) {
    const word = cast.chance.pick(['Printing1', 'Inventory', 'Scanner1', 'Locker', 'Gateway1'])
    const name = `org.example.${word}`
    const unit = cast.service({
      stopSeconds: cast.chance.seconds(...STOP_SECONDS),
      plain: true,
      service: cast.chance.happens(0.6) ? ['Type=simple', `BusName=${name}`] : [],
    })
    const service = `[D-BUS Service]\nName=${name}\nExec=/bin/false\nUser=root\nSystemdService=${unit}\n`
    const path = `/usr/share/dbus-1/system-services/${name}.service`
    cast.scripts[path] = service
    cast.scripts[`/etc/dbus-1/system.d/${name}.conf`] =
      `<busconfig><policy context="default"><allow send_destination="${name}"/></policy></busconfig>\n`
    const call = `busctl --timeout=2 call ${name} /org/example ${name} Ping`
    const seen = cast.chance.happens(0.5)
    return stopDisplaced(cast, unit, {
      deeds: [{ at: 1.7, who: seen ? 'other' : 'hidden', line: call }],
      about: [unit],
      showScripts: [path],
      truth: { cause: 'dbus-activation', canceled: `${unit}/stop`, replacing: `${unit}/start` },
    })
  },
}

export const TRIGGERS: readonly Family[] = [
  ownTimer,
  dependentsTimer,
  ownPath,
  dependentsPath,
  socketDuringStop,
  socketBringsBack,
  busCall,
]
