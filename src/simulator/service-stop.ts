/** The way down. Mirrors service_stop() and the service_enter_…() from stop to dead, src/core/service.c (v255). */

import type { KillOperation } from './kill.ts'
import { unitKillContext } from './kill.ts'
import { logUnit } from './log.ts'
import type { Manager } from './manager.ts'
import type { Service, ServiceResult, ServiceState } from './service.ts'
import { serviceRestartUsecNext, serviceShallRestart } from './service-restart.ts'
import { serviceSpawn, serviceSpawnFailed } from './service-spawn.ts'
import { section, serviceArmTimer, serviceSetState } from './service-state.ts'
import { unitLogFailure, unitLogSkip, unitLogSuccess } from './unit.ts'
import { unitAddToGcQueue } from './unit-gc.ts'
import { unitWarnLeftoverProcessesAtStop } from './unit-left-over.ts'
import type { Outcome } from './unit-vtable.ts'

/** The states in which signals are waited for, and those after which nothing but dead comes. */
export type SignalState =
  | 'stop-watchdog'
  | 'stop-sigterm'
  | 'stop-sigkill'
  | 'final-watchdog'
  | 'final-sigterm'
  | 'final-sigkill'

/** Mirrors service_stop(). True if "Stopping …" is to be logged. */
export function serviceStop(m: Manager, s: Service): Outcome {
  s.forbidRestart = true
  switch (s.state) {
    case 'stop':
    case 'stop-sigterm':
    case 'stop-sigkill':
    case 'stop-post':
    case 'final-watchdog':
    case 'final-sigterm':
    case 'final-sigkill':
      return 'underway'
    case 'auto-restart':
    case 'auto-restart-queued':
      serviceSetState(m, s, 'dead')
      return 'underway'
    case 'stop-watchdog':
      if (m.features.stopsWhileStopWatchdog) serviceEnterSignal(m, s, 'stop-sigterm', 'success')
      return 'underway'
    case 'condition':
    case 'start-pre':
    case 'start':
    case 'start-post':
    case 'reload':
    case 'reload-signal':
    case 'reload-notify':
    case 'reload-post':
      // Something already runs, so no ExecStop=: straight to the signal.
      serviceEnterSignal(m, s, 'stop-sigterm', 'success')
      return 'underway'
    case 'cleaning':
      serviceEnterSignal(m, s, 'final-sigkill', 'success')
      return 'underway'
    case 'running':
    case 'running-revalidating':
    case 'exited':
      serviceEnterStop(m, s, 'success')
      return 'begun'
    case 'dead':
    case 'failed':
    case 'dead-before-auto-restart':
    case 'failed-before-auto-restart':
      // unit_stop() has answered these.
      return 'EALREADY'
  }
}

/** Mirrors service_enter_stop(). */
export function serviceEnterStop(m: Manager, s: Service, f: ServiceResult): void {
  if (s.result === 'success') s.result = f
  s.control = null
  const { exec, timeoutStopUsec } = section(s)
  if (exec.ExecStop.length === 0) {
    s.controlCommand = null
    serviceEnterSignal(m, s, 'stop-sigterm', 'success')
    return
  }
  s.controlCommand = { setting: 'ExecStop', index: 0 }
  s.controlSetting = 'ExecStop'
  s.control = serviceSpawn(m, s, s.controlCommand, timeoutStopUsec)
  if (s.control) {
    serviceSetState(m, s, 'stop')
    return
  }
  serviceSpawnFailed(m, s, 'stop')
  serviceEnterSignal(m, s, 'stop-sigterm', 'resources')
}

/** Mirrors service_enter_stop_by_notify(): the service said it, so it is as if it had got its signal. */
export function serviceEnterStopByNotify(m: Manager, s: Service): void {
  serviceArmTimer(m, s, section(s).timeoutStopUsec)
  serviceSetState(m, s, 'stop-sigterm')
}

/** Mirrors service_enter_signal(): to the next step at once if there is nobody to wait for. */
export function serviceEnterSignal(m: Manager, s: Service, state: SignalState, f: ServiceResult): void {
  if (s.result === 'success') s.result = f
  const operation = stateToKillOperation(s, state)
  const { timeoutStopUsec, timeoutAbortUsec } = section(s)
  if (unitKillContext(m, s, operation, s.mainAlien)) {
    serviceArmTimer(m, s, operation === 'watchdog' ? (timeoutAbortUsec ?? timeoutStopUsec) : timeoutStopUsec)
    serviceSetState(m, s, state)
    return
  }
  const { sendSigkill } = s.config.kill
  if (state === 'stop-watchdog' || state === 'stop-sigterm') {
    if (sendSigkill) serviceEnterSignal(m, s, 'stop-sigkill', 'success')
    else serviceEnterStopPost(m, s, 'success')
  } else if (state === 'stop-sigkill') {
    serviceEnterStopPost(m, s, 'success')
  } else if (state !== 'final-sigkill' && sendSigkill) {
    serviceEnterSignal(m, s, 'final-sigkill', 'success')
  } else {
    serviceEnterDead(m, s, 'success', true)
  }
}

/** Mirrors state_to_kill_operation(). */
function stateToKillOperation(s: Service, state: SignalState): KillOperation {
  switch (state) {
    case 'stop-watchdog':
    case 'final-watchdog':
      return 'watchdog'
    case 'stop-sigterm':
      return s.job?.type === 'restart' ? 'restart' : 'terminate'
    case 'final-sigterm':
      return 'terminate'
    case 'stop-sigkill':
    case 'final-sigkill':
      return 'kill'
  }
}

/** Mirrors service_enter_stop_post(). */
export function serviceEnterStopPost(m: Manager, s: Service, f: ServiceResult): void {
  if (s.result === 'success') s.result = f
  s.control = null
  const { exec, timeoutStopUsec } = section(s)
  if (exec.ExecStopPost.length === 0) {
    s.controlCommand = null
    serviceEnterSignal(m, s, 'final-sigterm', 'success')
    return
  }
  s.controlCommand = { setting: 'ExecStopPost', index: 0 }
  s.controlSetting = 'ExecStopPost'
  s.control = serviceSpawn(m, s, s.controlCommand, timeoutStopUsec)
  if (s.control) {
    serviceSetState(m, s, 'stop-post')
    return
  }
  serviceSpawnFailed(m, s, 'stop-post')
  serviceEnterSignal(m, s, 'final-sigterm', 'resources')
}

/** Mirrors service_enter_dead(): over, or to come again. */
export function serviceEnterDead(m: Manager, s: Service, f: ServiceResult, allowRestart: boolean): void {
  // What has been asked for is not to be undone.
  const stopPending = s.job?.type === 'stop'
  if (s.result === 'success' || (f === 'start-limit-hit' && m.features.startLimitOverridesResult)) s.result = f
  const endState = s.result === 'success' || s.result === 'exec-condition' ? 'dead' : 'failed'
  if (s.result === 'success') unitLogSuccess(m, s)
  else if (s.result === 'exec-condition') unitLogSkip(m, s, s.result)
  else unitLogFailure(m, s, s.result)
  unitWarnLeftoverProcessesAtStop(m, s)
  const restarts = allowRestart && !stopPending && serviceShallRestart(m, s)
  if (m.features.restartStates) enterDeadOrRestart(m, s, endState, restarts)
  else enterDeadThenRestart(m, s, endState, restarts)
  unitAddToGcQueue(m, s)
  s.forbidRestart = false
  s.notifyAccessOverride = null
  if (m.features.notifyStoppingIsFinal) s.notifyState = 'unknown'
  const { pidFile } = section(s)
  if (pidFile !== undefined) m.files.remove(pidFile)
}

/** Since v254: states of their own tell a death that is only the first half of a restart. */
function enterDeadOrRestart(m: Manager, s: Service, endState: 'dead' | 'failed', restarts: boolean): void {
  if (!restarts) {
    serviceSetState(m, s, endState)
    s.flushNRestarts = true
    s.debugInvocation = false
    return
  }
  const before: ServiceState = `${endState}-before-auto-restart`
  const { restartMode } = section(s)
  if (restartMode !== 'direct') serviceSetState(m, s, before)
  serviceArmTimer(m, s, serviceRestartUsecNext(s))
  if (restartMode === 'debug' && !s.debugInvocation) logUnit(m, s, 'service-restart-debug')
  s.debugInvocation = restartMode === 'debug'
  serviceSetState(m, s, 'auto-restart')
}

/** Until v253: dead as any other, but for a flag that silences OnFailure=. */
function enterDeadThenRestart(m: Manager, s: Service, endState: 'dead' | 'failed', restarts: boolean): void {
  s.willAutoRestart = restarts
  serviceSetState(m, s, endState)
  if (!s.willAutoRestart) {
    s.flushNRestarts = true
    return
  }
  s.willAutoRestart = false
  serviceArmTimer(m, s, section(s).restartUsec)
  serviceSetState(m, s, 'auto-restart')
}
