/** What a service says by sd_notify(). Mirrors service_notify_message(), src/core/service.c (v252, v255, v262). */

import type { ServiceSection } from '../systemd/unit-config.ts'
import { logUnit } from './log.ts'
import type { Manager } from './manager.ts'
import type { Process } from './process.ts'
import type { Service } from './service.ts'
import {
  serviceCheckReloadSignalHandler,
  serviceEnterReloadByNotify,
  serviceEnterReloadPost,
  servicePropagateReload,
} from './service-reload.ts'
import { notifyAccess } from './service-spawn.ts'
import { serviceEnterRunning, serviceEnterStartPost, serviceSetMainPidref } from './service-start.ts'
import { isReloading, isRunning, section, serviceSetState } from './service-state.ts'
import { serviceEnterSignal, serviceEnterStopByNotify } from './service-stop.ts'
import {
  serviceExtendTimeout,
  serviceForceWatchdog,
  serviceOverrideWatchdogTimeout,
  serviceResetWatchdog,
} from './service-timer.ts'

/** Mirrors service_notify_message(). Differs: nothing is put into the file descriptor store. */
export function serviceNotifyMessage(m: Manager, s: Service, sender: Process, tags: readonly string[]): void {
  if (!serviceNotifyMessageAuthorized(m, s, sender)) return
  const field = (name: string): string | undefined =>
    tags.find((tag) => tag.startsWith(`${name}=`))?.slice(name.length + 1)
  const mainPid = field('MAINPID')
  if (mainPid !== undefined) changeMain(m, s, Number(mainPid))
  if (m.features.lastNotificationWins) processStateLastWins(m, s, tags)
  else serviceNotifyMessageProcessState(m, s, tags, Number(field('MONOTONIC_USEC') ?? Number.NaN))
  const status = field('STATUS')
  if (status !== undefined) s.statusText = status === '' ? undefined : status
  const access = field('NOTIFYACCESS') as ServiceSection['notifyAccess'] | undefined
  if (access !== undefined && m.features.restartStates) s.notifyAccessOverride = access
  const extend = field('EXTEND_TIMEOUT_USEC')
  if (extend !== undefined) serviceExtendTimeout(m, s, Number(extend))
  const watchdog = field('WATCHDOG')
  if (watchdog === '1') serviceResetWatchdog(m, s)
  else if (watchdog === 'trigger') serviceForceWatchdog(m, s)
  const watchdogUsec = field('WATCHDOG_USEC')
  if (watchdogUsec !== undefined) serviceOverrideWatchdogTimeout(m, s, Number(watchdogUsec))
  if (tags.includes('RESTART_RESET=1') && (isRunning(s) || s.state === 'stop')) resetRestarts(m, s)
}

function resetRestarts(m: Manager, s: Service): void {
  if (!m.features.notifyRestartReset) return
  logUnit(m, s, 'service-notify-restart-reset', { counter: s.nRestarts })
  s.nRestarts = 0
}

/** Mirrors service_notify_message_authorized(). */
function serviceNotifyMessageAuthorized(m: Manager, s: Service, sender: Process): boolean {
  const [main, control, pid] = [s.main?.pid, s.control?.pid, sender.pid]
  switch (notifyAccess(s)) {
    case 'none':
      logUnit(m, s, 'service-notify-disabled', { pid })
      return false
    case 'all':
      return true
    case 'main':
      if (sender === s.main) return true
      if (main !== undefined) logUnit(m, s, 'service-notify-main-only', { pid, main })
      else logUnit(m, s, 'service-notify-main-unknown', { pid })
      return false
    case 'exec':
      if (sender === s.main || sender === s.control) return true
      if (main !== undefined && control !== undefined) logUnit(m, s, 'service-notify-both-only', { pid, main, control })
      else if (main !== undefined) logUnit(m, s, 'service-notify-main-only', { pid, main })
      else if (control !== undefined) logUnit(m, s, 'service-notify-control-only', { pid, control })
      else logUnit(m, s, 'service-notify-both-unknown', { pid })
      return false
  }
}

/** MAINPID=. Differs: what the sender names is always accepted if it is a process of some unit. */
function changeMain(m: Manager, s: Service, pid: number): void {
  const up = s.state === 'start' || s.state === 'start-post' || isRunning(s) || isReloading(s)
  const down = (s.state === 'stop' || s.state === 'stop-sigterm') && m.features.notifyMainPidWhileStopping
  if ((!up && !down) || (s.mainKnown && s.main?.pid === pid)) return
  const process = m.processes.byPid.get(pid)
  if (!process || process.ending) logUnit(m, s, 'service-main-pid-gone', { pid }, 'warning')
  else if (process !== s.control) serviceSetMainPidref(m, s, process)
}

const awaitsReady = (s: Service): boolean =>
  s.state === 'start' && (section(s).type === 'notify' || section(s).type === 'notify-reload')

/** Until v252 the last line of a datagram wins. */
function processStateLastWins(m: Manager, s: Service, tags: readonly string[]): void {
  const last = tags.findLast((tag) => ['READY=1', 'RELOADING=1', 'STOPPING=1'].includes(tag))
  if (last === 'READY=1') {
    s.notifyState = 'ready'
    if (awaitsReady(s)) serviceEnterStartPost(m, s)
    if (s.state === 'reload' && !s.control) serviceEnterRunning(m, s, 'success')
  } else if (last === 'RELOADING=1') {
    s.notifyState = 'reloading'
    if (s.state === 'running') serviceEnterReloadByNotify(m, s)
  } else if (last === 'STOPPING=1') {
    s.notifyState = 'stopping'
    if (s.state === 'running') serviceEnterStopByNotify(m, s)
  }
}

/** Mirrors service_notify_message_process_state() (v259): stopping before ready before reloading. */
function serviceNotifyMessageProcessState(
  m: Manager,
  s: Service,
  tags: readonly string[],
  monotonicUsec: number,
): void {
  const reloadAnswered = s.state === 'reload-signal' && monotonicUsec >= s.reloadBeginUsec
  if (tags.includes('STOPPING=1')) {
    s.notifyState = 'stopping'
    if (isRunning(s) || s.state === 'reload-signal' || s.state === 'reload-notify') serviceEnterStopByNotify(m, s)
  } else if (tags.includes('READY=1')) {
    if (refusedAfterStopping(m, s, 'READY')) return
    processReady(m, s, tags.includes('RELOADING=1'), reloadAnswered)
  } else if (tags.includes('RELOADING=1')) {
    if (refusedAfterStopping(m, s, 'RELOADING')) return
    s.notifyState = 'reloading'
    if (reloadAnswered) serviceSetState(m, s, 'reload-notify')
    if (s.state === 'running') serviceEnterReloadByNotify(m, s)
  }
}

function refusedAfterStopping(m: Manager, s: Service, state: string): boolean {
  if (!m.features.notifyStoppingIsFinal || s.notifyState !== 'stopping') return false
  logUnit(m, s, 'service-notify-stopping-is-final', { state })
  return true
}

function processReady(m: Manager, s: Service, reloaded: boolean, reloadAnswered: boolean): void {
  if (s.state === 'start' && section(s).type === 'notify-reload') {
    if (!serviceCheckReloadSignalHandler(m, s, 'refusing service startup')) {
      serviceEnterSignal(m, s, 'stop-sigterm', 'protocol')
      return
    }
  }
  const wasReloading = s.notifyState === 'reloading' && m.features.notifyStoppingIsFinal
  s.notifyState = wasReloading ? 'reload-ready' : 'ready'
  // Reloading and ready at once: it began and ended before anybody looked.
  if (reloaded) {
    if (reloadAnswered) serviceEnterReloadPost(m, s)
    else if (isRunning(s)) servicePropagateReload(m, s)
  }
  if (awaitsReady(s)) serviceEnterStartPost(m, s)
  if (s.state === 'reload-notify') serviceEnterReloadPost(m, s)
}
