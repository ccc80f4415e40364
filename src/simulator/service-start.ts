/** The way up. Mirrors service_start() and the service_enter_…() up to running, src/core/service.c (v255). */

import type { ExecSetting } from '../systemd/unit-config.ts'
import { logUnit } from './log.ts'
import type { Manager } from './manager.ts'
import type { Process } from './process.ts'
import type { Service, ServiceResult } from './service.ts'
import { serviceGood, serviceGoodExceptBusName } from './service-good.ts'
import { serviceEnterReloadByNotify } from './service-reload.ts'
import { serviceEnterRestart } from './service-restart.ts'
import { serviceSpawn, serviceSpawnFailed } from './service-spawn.ts'
import {
  isStarting,
  isStopping,
  section,
  serviceArmTimerAt,
  serviceSetState,
  waitsForRestart,
} from './service-state.ts'
import { serviceEnterDead, serviceEnterSignal, serviceEnterStop, serviceEnterStopByNotify } from './service-stop.ts'
import { serviceArmBusNameTimer, serviceResetWatchdog } from './service-timer.ts'
import { unitTestStartLimit } from './unit.ts'
import { unitWarnLeftoverProcessesAtStart } from './unit-left-over.ts'
import type { Outcome } from './unit-vtable.ts'

/** Mirrors service_can_start() (v250), service_test_startable() (v262): "already on it" since v262, then the limit. */
export function serviceTestStartable(m: Manager, s: Service): 'ok' | Outcome {
  if (m.features.startLimitAfterStartable && isStarting(s)) return 'underway'
  if (unitTestStartLimit(m, s)) return 'ok'
  serviceEnterDead(m, s, 'start-limit-hit', false)
  return 'ECANCELED'
}

/** Mirrors service_start(). */
export function serviceStart(m: Manager, s: Service): Outcome {
  if (isStopping(s)) return 'EAGAIN'
  if (isStarting(s)) return 'underway'
  // The restart that is due has to stop what depends on the service first: the request waits for it.
  if (waitsForRestart(s)) {
    if (s.state === 'auto-restart' && m.features.startHurriesRestart) serviceEnterRestart(m, s, true)
    return 'EAGAIN'
  }
  if (!m.features.startLimitInUnitStart && !unitTestStartLimit(m, s)) {
    serviceEnterDead(m, s, 'start-limit-hit', false)
    return 'ECANCELED'
  }
  s.result = 'success'
  s.reloadResult = 'success'
  s.reloadBeginUsec = Number.POSITIVE_INFINITY
  s.mainKnown = false
  s.mainAlien = false
  s.mainExit = null
  s.forbidRestart = false
  s.statusText = undefined
  s.notifyAccessOverride = null
  s.notifyState = 'unknown'
  s.watchdogOverrideUsec = null
  if (m.features.restartCounterFlushed ? s.flushNRestarts : s.state !== 'auto-restart-queued') s.nRestarts = 0
  s.flushNRestarts = false
  serviceEnterCondition(m, s)
  return 'begun'
}

/** The first command of a setting, if there is one; the control process of before is forgotten. */
function firstCommand(s: Service, setting: ExecSetting): boolean {
  s.control = null
  const there = section(s).exec[setting].length > 0
  s.controlCommand = there ? { setting, index: 0 } : null
  if (there) s.controlSetting = setting
  return there
}

/** Mirrors service_enter_condition(). */
function serviceEnterCondition(m: Manager, s: Service): void {
  if (!firstCommand(s, 'ExecCondition')) serviceEnterStartPre(m, s)
  else if (serviceAdverseToLeftoverProcesses(m, s)) refused(m, s, 'exec-condition')
  else {
    s.control = serviceSpawn(m, s, { setting: 'ExecCondition', index: 0 }, section(s).timeoutStartUsec)
    if (s.control) serviceSetState(m, s, 'condition')
    else notSpawned(m, s, 'exec-condition')
  }
}

/** Mirrors service_enter_start_pre(). */
export function serviceEnterStartPre(m: Manager, s: Service): void {
  if (!firstCommand(s, 'ExecStartPre')) serviceEnterStart(m, s)
  else if (serviceAdverseToLeftoverProcesses(m, s)) refused(m, s, 'start-pre')
  else {
    s.control = serviceSpawn(m, s, { setting: 'ExecStartPre', index: 0 }, section(s).timeoutStartUsec)
    if (s.control) serviceSetState(m, s, 'start-pre')
    else notSpawned(m, s, 'start-pre')
  }
}

function notSpawned(m: Manager, s: Service, task: string): void {
  serviceSpawnFailed(m, s, task)
  serviceEnterDead(m, s, 'resources', true)
}

function refused(m: Manager, s: Service, task: string): void {
  sayThatNothingRuns(m, s, task)
  serviceEnterDead(m, s, 'resources', true)
}

/** Since v255 it is enough to have said why. */
function sayThatNothingRuns(m: Manager, s: Service, task: string): void {
  if (m.features.leftoversToldOnce) return
  logUnit(m, s, 'service-spawn-failed', { task, error: 'Device or resource busy' })
}

/** Mirrors service_adverse_to_leftover_processes(). */
function serviceAdverseToLeftoverProcesses(m: Manager, s: Service): boolean {
  const { killMode, sendSigkill } = s.config.kill
  if (!unitWarnLeftoverProcessesAtStart(m, s) || sendSigkill || !m.features.leftoversForbidStart) return false
  if (killMode !== 'mixed' && killMode !== 'control-group') return false
  logUnit(m, s, 'service-left-over-refused')
  return true
}

/** Mirrors service_enter_start(). */
export function serviceEnterStart(m: Manager, s: Service): void {
  const { type, exec, timeoutStartUsec } = section(s)
  s.control = null
  s.main = null
  if (serviceAdverseToLeftoverProcesses(m, s)) {
    sayThatNothingRuns(m, s, 'start')
    serviceEnterSignal(m, s, 'stop-sigterm', 'resources')
    return
  }
  const command = exec.ExecStart.length > 0 ? ({ setting: 'ExecStart', index: 0 } as const) : null
  const forks = type === 'forking'
  s.controlSetting = forks ? 'ExecStart' : null
  s.controlCommand = forks ? command : null
  s.mainCommand = forks ? null : command
  if (!command) {
    enterStartWithoutCommand(m, s)
    return
  }
  const immediate = type === 'simple' || type === 'idle'
  const process = serviceSpawn(m, s, command, immediate ? Number.POSITIVE_INFINITY : timeoutStartUsec)
  if (!process) {
    serviceSpawnFailed(m, s, 'start')
    serviceEnterSignal(m, s, 'stop-sigterm', 'resources')
    return
  }
  if (forks) {
    s.control = process
    serviceSetState(m, s, 'start')
    return
  }
  serviceSetMainPidref(m, s, process)
  if (immediate) {
    serviceEnterStartPost(m, s)
  } else {
    s.execPending = type === 'exec'
    serviceSetState(m, s, 'start')
  }
}

/** A oneshot service may have nothing to do: it passes through `start` all the same, so that its end is noticed. */
function enterStartWithoutCommand(m: Manager, s: Service): void {
  if (section(s).type === 'oneshot') {
    serviceSetState(m, s, 'start')
    serviceEnterStartPost(m, s)
    return
  }
  logUnit(m, s, 'service-no-start-task')
  serviceEnterSignal(m, s, 'stop-sigterm', 'resources')
}

/** Mirrors service_set_main_pidref(): this process is the main one from now on. */
export function serviceSetMainPidref(m: Manager, s: Service, process: Process): void {
  if (s.main !== process) s.mainExit = null
  s.main = process
  s.mainKnown = true
  s.mainAlien = process.parent !== null
  process.role = 'main'
  if (s.mainAlien) logUnit(m, s, 'service-supervising-alien', { pid: process.pid })
}

/** Mirrors service_enter_start_post(). */
export function serviceEnterStartPost(m: Manager, s: Service): void {
  serviceResetWatchdog(m, s)
  if (!firstCommand(s, 'ExecStartPost')) {
    serviceEnterRunning(m, s, 'success')
    return
  }
  s.control = serviceSpawn(m, s, { setting: 'ExecStartPost', index: 0 }, section(s).timeoutStartUsec)
  if (s.control) {
    serviceSetState(m, s, 'start-post')
    return
  }
  serviceSpawnFailed(m, s, 'start-post')
  serviceEnterStop(m, s, 'resources')
}

/** Mirrors service_enter_running(): also the way back from a reload, and the one to exited. */
export function serviceEnterRunning(m: Manager, s: Service, f: ServiceResult): void {
  if (s.result === 'success') s.result = f
  s.control = null
  if (s.result !== 'success') {
    serviceEnterSignal(m, s, 'stop-sigterm', f)
  } else if (serviceGood(s)) {
    if (s.notifyState === 'reloading') serviceEnterReloadByNotify(m, s)
    else if (s.notifyState === 'stopping') serviceEnterStopByNotify(m, s)
    else {
      serviceSetState(m, s, 'running')
      serviceArmTimerAt(m, s, s.activeEnterUsec + section(s).runtimeMaxUsec)
    }
  } else if (m.features.busNameGrace && waitsForBusName(s)) {
    enterRunningRevalidating(m, s)
  } else {
    serviceEnterExitedOrStop(m, s)
  }
}

const waitsForBusName = (s: Service): boolean =>
  section(s).type === 'dbus' && !s.busNameGood && serviceGoodExceptBusName(s)

function enterRunningRevalidating(m: Manager, s: Service): void {
  if (s.state === 'running-revalidating') return
  logUnit(m, s, 'service-bus-name-vanished', { name: section(s).busName ?? '', grace: '2s' })
  serviceArmBusNameTimer(m, s)
  serviceSetState(m, s, 'running-revalidating')
}

/** Mirrors service_enter_exited_or_stop() (v262; the end of service_enter_running() before). */
export function serviceEnterExitedOrStop(m: Manager, s: Service): void {
  if (section(s).remainAfterExit) serviceSetState(m, s, 'exited')
  else serviceEnterStop(m, s, 'success')
}
