/**
 * After a command: the next of its list, or what comes after the last. Mirrors the control half of
 * service_sigchld_event(), src/core/service.c (v255, v262).
 */

import { logUnit } from './log.ts'
import type { Manager } from './manager.ts'
import { NO_FILE } from './process-exec.ts'
import type { RunningCommand, Service, ServiceResult } from './service.ts'
import { cgroupGood, mainPidGood } from './service-good.ts'
import { serviceDemandPidFile, serviceLoadPidFile, serviceSearchMainPid } from './service-pid-file.ts'
import { serviceEnterReloadSignal, serviceReloadFinish } from './service-reload.ts'
import { serviceSpawn } from './service-spawn.ts'
import {
  serviceEnterRunning,
  serviceEnterStart,
  serviceEnterStartPost,
  serviceEnterStartPre,
  serviceSetMainPidref,
} from './service-start.ts'
import { isReloading, isRunning, isStarting, section, serviceSetState } from './service-state.ts'
import { serviceEnterDead, serviceEnterSignal, serviceEnterStop, serviceEnterStopPost } from './service-stop.ts'

/** Mirrors service_run_next_control(). The list has more of them. */
export function serviceRunNextControl(m: Manager, s: Service, next: RunningCommand): void {
  const { timeoutStartUsec, timeoutStopUsec } = section(s)
  s.controlCommand = next
  const goingUp = isStarting(s) || isRunning(s) || isReloading(s)
  s.control = serviceSpawn(m, s, next, goingUp ? timeoutStartUsec : timeoutStopUsec)
  if (s.control) return
  logUnit(m, s, 'service-spawn-next-failed', { kind: 'control', error: NO_FILE })
  if (s.state === 'stop-post') serviceEnterDead(m, s, 'resources', true)
  else if (s.state === 'reload' || s.state === 'reload-post') serviceReloadFinish(m, s, 'resources')
  else if (isStarting(s) || s.state === 'stop') serviceEnterSignal(m, s, 'stop-sigterm', 'resources')
  else serviceEnterStop(m, s, 'resources')
}

/** Mirrors service_run_next_main(). */
export function serviceRunNextMain(m: Manager, s: Service, next: RunningCommand): void {
  s.mainCommand = next
  s.main = null
  const process = serviceSpawn(m, s, next, section(s).timeoutStartUsec)
  if (process) {
    serviceSetMainPidref(m, s, process)
    return
  }
  logUnit(m, s, 'service-spawn-next-failed', { kind: 'main', error: NO_FILE })
  serviceEnterStop(m, s, 'resources')
}

/** What follows, by state. */
export function serviceControlDone(m: Manager, s: Service, f: ServiceResult): void {
  const mainGone = mainPidGood(s) !== true
  switch (s.state) {
    case 'condition':
      if (f === 'success') serviceEnterStartPre(m, s)
      else serviceEnterSignal(m, s, 'stop-sigterm', f)
      break
    case 'start-pre':
      if (f === 'success') serviceEnterStart(m, s)
      else serviceEnterSignal(m, s, 'stop-sigterm', f)
      break
    case 'start':
      if (section(s).type === 'forking') startDone(m, s, f)
      break
    case 'start-post':
      startPostDone(m, s, f)
      break
    case 'reload':
    case 'reload-signal':
    case 'reload-notify':
      reloadDone(m, s, f)
      break
    case 'reload-post':
      serviceReloadFinish(m, s, f)
      break
    case 'stop':
      serviceEnterSignal(m, s, 'stop-sigterm', f)
      break
    case 'stop-watchdog':
    case 'stop-sigterm':
    case 'stop-sigkill':
      if (mainGone) serviceEnterStopPost(m, s, f)
      break
    case 'stop-post':
      if (mainGone) serviceEnterSignal(m, s, 'final-sigterm', f)
      break
    case 'final-watchdog':
    case 'final-sigterm':
    case 'final-sigkill':
      if (mainGone) serviceEnterDead(m, s, f, true)
      break
    case 'cleaning':
      serviceEnterDead(m, s, 'success', false)
      break
    case 'running':
    case 'running-revalidating':
    case 'exited':
    case 'dead':
    case 'failed':
    case 'dead-before-auto-restart':
    case 'failed-before-auto-restart':
    case 'auto-restart':
    case 'auto-restart-queued':
      break
  }
}

/** The process that a forking service was started with is done: somebody should be left. */
function startDone(m: Manager, s: Service, f: ServiceResult): void {
  if (f !== 'success') {
    serviceEnterSignal(m, s, 'stop-sigterm', f)
    return
  }
  const { pidFile, exec } = section(s)
  if (pidFile === undefined) {
    serviceSearchMainPid(m, s)
  } else {
    // The file may be written by ExecStartPost= only.
    const later = exec.ExecStartPost.length > 0
    const found = serviceLoadPidFile(m, s, !later)
    if (!later && found === 'none') {
      if (!serviceDemandPidFile(m, s) || !cgroupGood(s)) serviceEnterSignal(m, s, 'stop-sigterm', 'protocol')
      return
    }
  }
  serviceEnterStartPost(m, s)
}

function startPostDone(m: Manager, s: Service, f: ServiceResult): void {
  if (f !== 'success') {
    serviceEnterSignal(m, s, 'stop-sigterm', f)
    return
  }
  if (section(s).pidFile === undefined) {
    serviceSearchMainPid(m, s)
  } else if (serviceLoadPidFile(m, s, true) === 'none') {
    if (!serviceDemandPidFile(m, s) || !cgroupGood(s)) serviceEnterStop(m, s, 'protocol')
    return
  }
  serviceEnterRunning(m, s, 'success')
}

function reloadDone(m: Manager, s: Service, f: ServiceResult): void {
  if (f !== 'success' && m.features.reloadSignalAfterCommand) {
    serviceReloadFinish(m, s, f)
    return
  }
  if (f === 'success' && serviceLoadPidFile(m, s, true) === 'none') serviceSearchMainPid(m, s)
  if (m.features.reloadSignalAfterCommand) {
    serviceEnterReloadSignal(m, s)
    return
  }
  s.reloadResult = f
  // The service has not said yet that it is done.
  if (s.notifyState === 'reloading' && m.features.reloadNotifyState) serviceSetState(m, s, 'reload-notify')
  else serviceEnterRunning(m, s, 'success')
}
