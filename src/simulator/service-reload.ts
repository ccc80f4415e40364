/**
 * Reloading, by command, by signal, and as the service says. Mirrors service_enter_reload() and its kin,
 * src/core/service.c (v255, v259).
 */

import { logUnit } from './log.ts'
import type { Manager } from './manager.ts'
import { managerPropagateReload } from './manager-jobs.ts'
import { processKill } from './process.ts'
import type { Service, ServiceResult } from './service.ts'
import { serviceSpawn, serviceSpawnFailed } from './service-spawn.ts'
import { serviceEnterRunning } from './service-start.ts'
import { section, serviceArmTimer, serviceSetState } from './service-state.ts'
import type { Outcome } from './unit-vtable.ts'

/** Mirrors service_can_reload(). Differs: extensions and credentials are never refreshed. */
export function serviceCanReload(u: Service): boolean {
  const { exec, type } = section(u)
  return exec.ExecReload.length > 0 || type === 'notify-reload'
}

/** Mirrors service_reload(). */
export function serviceReload(m: Manager, s: Service): Outcome {
  s.reloadResult = 'success'
  if (m.features.reloadSignalAfterCommand) serviceEnterReload(m, s)
  else enterReloadWithSignalFirst(m, s)
  return 'begun'
}

/** Mirrors service_enter_reload() (v255): until v258 the signal went first, and both were waited for at a time. */
function enterReloadWithSignalFirst(m: Manager, s: Service): void {
  const { type, timeoutStartUsec, reloadSignal } = section(s)
  const beginUsec = m.clock.now
  s.control = null
  const signals = type === 'notify-reload' && s.main !== null
  if (signals && s.main) processKill(m, s.main, reloadSignal)
  const command = spawnFirst(m, s, 'ExecReload')
  if (command === 'failed') return
  if (command === 'begun') {
    serviceSetState(m, s, 'reload')
  } else if (signals) {
    serviceArmTimer(m, s, timeoutStartUsec)
    serviceSetState(m, s, 'reload-signal')
  } else {
    serviceEnterRunning(m, s, 'success')
    return
  }
  s.reloadBeginUsec = beginUsec
}

/** Mirrors service_enter_reload() (v259): command, then signal, then ExecReloadPost=. */
function serviceEnterReload(m: Manager, s: Service): void {
  s.control = null
  if (s.notifyState === 'reloading' || s.notifyState === 'reload-ready') s.notifyState = 'unknown'
  s.reloadBeginUsec = m.clock.now
  const command = spawnFirst(m, s, 'ExecReload')
  if (command === 'begun') serviceSetState(m, s, 'reload')
  else if (command === 'none') serviceEnterReloadSignal(m, s)
}

/** The reload is over if the command cannot be spawned. */
function spawnFirst(m: Manager, s: Service, setting: 'ExecReload' | 'ExecReloadPost'): 'none' | 'begun' | 'failed' {
  const { exec, timeoutStartUsec } = section(s)
  const there = exec[setting].length > 0
  s.controlCommand = there ? { setting, index: 0 } : null
  if (!s.controlCommand) return 'none'
  s.controlSetting = setting
  s.control = serviceSpawn(m, s, s.controlCommand, timeoutStartUsec)
  if (s.control) return 'begun'
  serviceSpawnFailed(m, s, setting === 'ExecReload' ? 'reload' : 'reload-post')
  serviceReloadFinish(m, s, 'resources')
  return 'failed'
}

/** Mirrors service_enter_reload_signal() (v259). */
export function serviceEnterReloadSignal(m: Manager, s: Service): void {
  const { type, reloadSignal, timeoutStartUsec } = section(s)
  if (type !== 'notify-reload') {
    serviceEnterReloadPost(m, s)
    return
  }
  if (s.state === 'reload') {
    // The command may have made the service reload already.
    if (s.notifyState === 'reloading') {
      serviceSetState(m, s, 'reload-notify')
      return
    }
    if (s.notifyState === 'reload-ready') {
      serviceEnterReloadPost(m, s)
      return
    }
  }
  if (!s.main) {
    serviceEnterReloadPost(m, s)
    return
  }
  serviceArmTimer(m, s, timeoutStartUsec)
  serviceCheckReloadSignalHandler(m, s, 'sending reload signal anyway')
  processKill(m, s.main, reloadSignal)
  serviceSetState(m, s, 'reload-signal')
}

/** Mirrors service_check_reload_signal_handler() (v262). False if the signal would just end the process. */
export function serviceCheckReloadSignalHandler(m: Manager, s: Service, consequence: string): boolean {
  const { reloadSignal: signal } = section(s)
  if (!m.features.reloadSignalNeedsHandler || !s.main || signal === 'SIGKILL' || signal === 'SIGSTOP') return true
  if (s.main.handlers.has(signal)) return true
  logUnit(m, s, 'service-no-reload-handler', { pid: s.main.pid, signal: signal.replace(/^SIG/, ''), consequence })
  return false
}

/** Mirrors service_enter_reload_post() (v259). */
export function serviceEnterReloadPost(m: Manager, s: Service): void {
  if (!m.features.reloadSignalAfterCommand) {
    serviceEnterRunning(m, s, 'success')
    return
  }
  s.control = null
  const command = spawnFirst(m, s, 'ExecReloadPost')
  if (command === 'begun') serviceSetState(m, s, 'reload-post')
  else if (command === 'none') serviceReloadFinish(m, s, 'success')
}

/** Mirrors service_reload_finish() (v259). Before, a state of notification that was left dangling stayed. */
export function serviceReloadFinish(m: Manager, s: Service, f: ServiceResult): void {
  s.reloadResult = f
  if (m.features.reloadSignalAfterCommand) {
    s.reloadBeginUsec = Number.POSITIVE_INFINITY
    if (s.notifyState === 'reloading') s.notifyState = 'unknown'
  }
  serviceEnterRunning(m, s, 'success')
}

/** Mirrors service_enter_reload_by_notify(): the service reloads without having been asked to. */
export function serviceEnterReloadByNotify(m: Manager, s: Service): void {
  serviceArmTimer(m, s, section(s).timeoutStartUsec)
  serviceSetState(m, s, m.features.reloadNotifyState ? 'reload-notify' : 'reload')
  servicePropagateReload(m, s)
}

/** Mirrors manager_propagate_reload(), as services call it. */
export function servicePropagateReload(m: Manager, s: Service): void {
  const error = managerPropagateReload(m, s, 'fail')
  if (error) logUnit(m, s, 'service-reload-propagation-failed', { error: error.message })
}
