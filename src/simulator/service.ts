/**
 * Services: what is kept of one, and what the manager may ask of it. Mirrors src/core/service.c (v255, and v262 where
 * the table of versions says so), as do all of service-*.ts. Differs: no file descriptor store, no extensions and
 * credentials to refresh, no live mounts, no cleaning; v239's stop-sigabrt is called stop-watchdog.
 */

import type { ExecSetting, ServiceSection } from '../systemd/unit-config.ts'
import type { Timer } from './clock.ts'
import { disarm } from './clock.ts'
import type { FileWatch } from './files.ts'
import type { Manager } from './manager.ts'
import type { Process } from './process.ts'
import type { ProcessExit } from './process-exit.ts'
import { serviceColdplug } from './service-coldplug.ts'
import { serviceNotifyCgroupEmptyEvent, serviceSigchldEvent } from './service-events.ts'
import { serviceUnwatchPidFile } from './service-pid-file.ts'
import { serviceCanReload, serviceReload } from './service-reload.ts'
import { serviceStart, serviceTestStartable } from './service-start.ts'
import { activeStateOf, serviceSetState, waitsForRestart } from './service-state.ts'
import { serviceStop } from './service-stop.ts'
import { serviceStopWatchdog } from './service-timer.ts'
import { type JobMessages, Unit, type UnitVTable } from './unit-vtable.ts'

export type ServiceState =
  | 'dead'
  | 'condition'
  | 'start-pre'
  | 'start'
  | 'start-post'
  | 'running'
  | 'running-revalidating'
  | 'exited'
  | 'reload'
  | 'reload-signal'
  | 'reload-notify'
  | 'reload-post'
  | 'stop'
  | 'stop-watchdog'
  | 'stop-sigterm'
  | 'stop-sigkill'
  | 'stop-post'
  | 'final-watchdog'
  | 'final-sigterm'
  | 'final-sigkill'
  | 'failed'
  | 'dead-before-auto-restart'
  | 'failed-before-auto-restart'
  | 'auto-restart'
  | 'auto-restart-queued'
  | 'cleaning'

export type ServiceResult =
  | 'success'
  | 'resources'
  | 'protocol'
  | 'timeout'
  | 'exit-code'
  | 'signal'
  | 'core-dump'
  | 'watchdog'
  | 'start-limit-hit'
  | 'oom-kill'
  | 'exec-condition'

/** Which command of a list is running; the list is looked up anew, for the unit file may change meanwhile. */
export interface RunningCommand {
  readonly setting: ExecSetting
  readonly index: number
}

/** Mirrors service_init(). */
export class Service extends Unit {
  state: ServiceState = 'dead'
  result: ServiceResult = 'success'
  reloadResult: ServiceResult = 'success'
  /** The one state timer, and when it is due. */
  timer: Timer | null = null
  timerAtUsec = Number.POSITIVE_INFINITY
  watchdogTimer: Timer | null = null
  watchdogAtUsec = Number.POSITIVE_INFINITY
  /** When the service last said that it is alive. */
  watchdogBeginUsec = 0
  /** WATCHDOG_USEC= of a notification, instead of the setting. */
  watchdogOverrideUsec: number | null = null
  busNameTimer: Timer | null = null
  main: Process | null = null
  mainKnown = false
  mainAlien = false
  /** How the main process ended. */
  mainExit: ProcessExit | null = null
  mainCommand: RunningCommand | null = null
  control: Process | null = null
  controlCommand: RunningCommand | null = null
  controlSetting: ExecSetting | null = null
  notifyState: 'unknown' | 'ready' | 'reloading' | 'reload-ready' | 'stopping' = 'unknown'
  notifyAccessOverride: ServiceSection['notifyAccess'] | null = null
  statusText: string | undefined = undefined
  /** The exec fd is still watched. */
  execPending = false
  reloadBeginUsec = Number.POSITIVE_INFINITY
  busNameGood = false
  nRestarts = 0
  flushNRestarts = false
  forbidRestart = false
  willAutoRestart = false
  pidFileWatch: FileWatch | null = null
  /** RestartMode=debug is in effect. */
  debugInvocation = false
  /** "Finished" instead of "Started". */
  saysFinished = false
  /** The configuration that the running commands are of. */
  commandsOf: ServiceSection | null = null
}

/** Mirrors service_will_restart(). */
function serviceWillRestart(s: Service): boolean {
  if (s.willAutoRestart) return true
  return waitsForRestart(s) || s.state === 'auto-restart-queued' || s.job?.type === 'start'
}

/** Mirrors service_may_gc(). */
function serviceMayGc(s: Service): boolean {
  return s.main === null && s.control === null && (s.state === 'dead' || s.state === 'failed')
}

/** Mirrors service_reset_failed(). */
function serviceResetFailed(m: Manager, s: Service): void {
  if (s.state === 'failed') serviceSetState(m, s, 'dead')
  s.result = 'success'
  s.reloadResult = 'success'
  s.nRestarts = 0
  s.flushNRestarts = false
  s.debugInvocation = false
}

/** Mirrors service_done(). */
function serviceDone(m: Manager, s: Service): void {
  serviceUnwatchPidFile(m, s)
  s.timer = disarm(s.timer)
  s.busNameTimer = disarm(s.busNameTimer)
  serviceStopWatchdog(s)
}

const JOB_MESSAGES: JobMessages = {
  start: 'job-starting-service',
  stop: 'job-stopping-service',
  'stop failed': 'job-stop-failed-service',
}
const JOB_MESSAGES_ONESHOT: JobMessages = { ...JOB_MESSAGES, 'start done': 'job-finished-oneshot' }

export const serviceVTable: UnitVTable<Service> = {
  type: 'service',
  object: Service,
  load(m, u) {
    u.saysFinished = m.features.oneshotFinishes && u.config.service?.type === 'oneshot'
  },
  activeState: (u) => activeStateOf(u, u.state),
  subState: (u) => u.state,
  start: serviceStart,
  stop: serviceStop,
  reload: serviceReload,
  canReload: serviceCanReload,
  testStartable: serviceTestStartable,
  willRestart: serviceWillRestart,
  willAutoRestart: (u) => u.willAutoRestart,
  reloadSucceeded: (u) => u.reloadResult === 'success',
  sigchldEvent: serviceSigchldEvent,
  notifyCgroupEmpty: serviceNotifyCgroupEmptyEvent,
  resetFailed: serviceResetFailed,
  coldplug: serviceColdplug,
  result: (u) => u.result,
  mainProcess: (u) => u.main,
  controlProcess: (u) => u.control,
  jobMessages: (u) => (u.saysFinished ? JOB_MESSAGES_ONESHOT : JOB_MESSAGES),
  mayGc: serviceMayGc,
  done: serviceDone,
}
