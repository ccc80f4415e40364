/**
 * What happens to a service's processes. Mirrors service_sigchld_event() and its kin, src/core/service.c (v255, v262).
 */

import { unitPruneCgroup } from './kill.ts'
import { logUnit } from './log.ts'
import type { Manager } from './manager.ts'
import type { Process } from './process.ts'
import type { ProcessExit } from './process-exit.ts'
import { resultOfExit, unitLogProcessExit } from './process-exit.ts'
import type { Service, ServiceResult } from './service.ts'
import { serviceControlDone, serviceRunNextControl, serviceRunNextMain } from './service-control.ts'
import { cgroupGood, controlPidGood, mainPidGood } from './service-good.ts'
import { serviceLoadPidFile, serviceUnwatchPidFile } from './service-pid-file.ts'
import { commandAfter, commandOf, notifyAccess } from './service-spawn.ts'
import { serviceEnterExitedOrStop, serviceEnterRunning, serviceEnterStartPost } from './service-start.ts'
import { section } from './service-state.ts'
import { serviceEnterDead, serviceEnterSignal, serviceEnterStop, serviceEnterStopPost } from './service-stop.ts'

/** Mirrors service_sigchld_event(). */
export function serviceSigchldEvent(m: Manager, s: Service, process: Process, exit: ProcessExit): void {
  if (process === s.main) mainEnded(m, s, exit)
  else if (process === s.control) controlEnded(m, s, exit)
}

/** What a process leaves behind. Oneshot services and helpers are commands, everything else is a daemon. */
function resultOf(s: Service, exit: ProcessExit, isMain: boolean): ServiceResult {
  const { type, successStatus } = section(s)
  const daemon = type !== 'oneshot' && (isMain || s.controlSetting === 'ExecStart')
  return resultOfExit(exit, daemon, successStatus)
}

/** The first half of service_sigchld_event(). */
function mainEnded(m: Manager, s: Service, exit: ProcessExit): void {
  s.execPending = false
  // A daemon may have moved to another process, and said so in time.
  if (serviceLoadPidFile(m, s, false) === 'loaded') return
  s.main = null
  s.mainExit = exit
  // Of a forking service the ExecStart= line says whether failure counts.
  const command = s.mainCommand ? commandOf(s, s.mainCommand) : section(s).exec.ExecStart[0]
  const f = command?.ignoreFailure ? 'success' : resultOf(s, exit, true)
  unitLogProcessExit(m, s, 'Main', exit, f === 'success')
  if (s.result === 'success') s.result = f
  const { type, exitType } = section(s)
  const next = commandAfter(s, s.mainCommand)
  if (next && type === 'oneshot' && f === 'success') {
    serviceRunNextMain(m, s, next)
    return
  }
  s.mainCommand = null
  if (exitType === 'main' || !cgroupGood(s)) {
    mainDone(m, s, f)
  } else if (s.state === 'start' && type !== 'notify' && type !== 'notify-reload' && type !== 'dbus') {
    // With ExitType=cgroup, it has started, and done what it had to do.
    serviceEnterStartPost(m, s)
  }
}

/** What the end of the main process means, by state. */
function mainDone(m: Manager, s: Service, f: ServiceResult): void {
  switch (s.state) {
    case 'start-post':
    case 'reload':
    case 'reload-signal':
    case 'reload-notify':
    case 'reload-post':
      // With nobody there the state would never end. Until v247 that was not noticed.
      if (!controlPidGood(s) && m.features.mainExitEndsReload) serviceEnterStop(m, s, f)
      break
    case 'start':
      mainDoneInStart(m, s, f)
      break
    case 'running':
    case 'running-revalidating':
      serviceEnterRunning(m, s, f)
      break
    case 'stop-watchdog':
    case 'stop-sigterm':
    case 'stop-sigkill':
      if (!controlPidGood(s)) serviceEnterStopPost(m, s, f)
      break
    case 'stop-post':
      if (!controlPidGood(s)) serviceEnterSignal(m, s, 'final-sigterm', f)
      break
    case 'final-watchdog':
    case 'final-sigterm':
    case 'final-sigkill':
      if (!controlPidGood(s)) serviceEnterDead(m, s, f, true)
      break
    case 'stop': // Until ExecStop= is done.
    case 'condition':
    case 'start-pre':
    case 'exited':
    case 'dead':
    case 'failed':
    case 'dead-before-auto-restart':
    case 'failed-before-auto-restart':
    case 'auto-restart':
    case 'auto-restart-queued':
    case 'cleaning':
      break
  }
}

function mainDoneInStart(m: Manager, s: Service, f: ServiceResult): void {
  const { type, remainAfterExit } = section(s)
  if (type === 'oneshot') {
    if (f === 'success') serviceEnterStartPost(m, s)
    else serviceEnterSignal(m, s, 'stop-sigterm', f)
  } else if (type === 'notify' || type === 'notify-reload') {
    if (f !== 'success') serviceEnterSignal(m, s, 'stop-sigterm', f)
    else if (!remainAfterExit || notifyAccess(s) === 'main') serviceEnterSignal(m, s, 'stop-sigterm', 'protocol')
  } else {
    serviceEnterRunning(m, s, f)
  }
}

/** The second half of service_sigchld_event(). */
function controlEnded(m: Manager, s: Service, exit: ProcessExit): void {
  let f = resultOf(s, exit, false)
  s.control = null
  if (commandOf(s, s.controlCommand)?.ignoreFailure) f = 'success'
  let success = f === 'success'
  let kind = 'Control'
  if (s.state === 'condition') {
    if (f === 'exit-code' && exit.status < 255) {
      f = 'exec-condition'
      success = m.features.execConditionSetsResult
    }
    if (m.features.execConditionSetsResult) {
      kind = 'Condition check'
      // Until v247 only the job's own result told of it.
      if (f === 'success' || f === 'exec-condition') s.conditionResult = f === 'success'
    }
  }
  unitLogProcessExit(m, s, kind, exit, success)
  const reloads = s.state === 'reload' || s.state === 'reload-post'
  if (!reloads && s.result === 'success') s.result = f
  const next = commandAfter(s, s.controlCommand)
  if (next && f === 'success') {
    serviceRunNextControl(m, s, next)
    return
  }
  s.controlCommand = null
  s.controlSetting = null
  serviceControlDone(m, s, f)
}

/** Mirrors service_notify_cgroup_empty_event(): what counts if nobody's SIGCHLD can be waited for. */
export function serviceNotifyCgroupEmptyEvent(m: Manager, s: Service): void {
  const noMain = mainPidGood(s) !== true
  switch (s.state) {
    case 'start':
    case 'start-post':
      cgroupEmptyWhileStarting(m, s)
      break
    case 'running':
    case 'running-revalidating':
      serviceEnterRunning(m, s, 'success')
      break
    case 'stop-watchdog':
    case 'stop-sigterm':
    case 'stop-sigkill':
      if (noMain && !controlPidGood(s)) serviceEnterStopPost(m, s, 'success')
      break
    case 'stop-post':
    case 'final-watchdog':
    case 'final-sigterm':
    case 'final-sigkill':
      if (noMain && !controlPidGood(s)) serviceEnterDead(m, s, 'success', true)
      break
    default: // Everywhere else SIGCHLD tells more.
      unitPruneCgroup(m, s)
  }
}

function cgroupEmptyWhileStarting(m: Manager, s: Service): void {
  const { type, exitType } = section(s)
  const nobody = mainPidGood(s) === false && !controlPidGood(s)
  if (s.state === 'start') {
    if ((type === 'notify' || type === 'notify-reload') && nobody) {
      serviceEnterStopPost(m, s, 'protocol')
      return
    }
    if (exitType === 'cgroup' && mainPidGood(s) !== true) {
      serviceEnterStopPost(m, s, 'success')
      return
    }
  }
  if (!s.pidFileWatch || !nobody) return
  logUnit(m, s, 'service-pid-file-never-written')
  serviceUnwatchPidFile(m, s)
  if (s.state === 'start') serviceEnterStopPost(m, s, 'protocol')
  else serviceEnterStop(m, s, 'protocol')
}

/** Mirrors service_dispatch_exec_io(): the program of a Type=exec service was executed. */
export function serviceDispatchExecIo(m: Manager, s: Service, process: Process): void {
  if (s.main !== process || !s.execPending) return
  s.execPending = false
  if (section(s).type === 'exec' && s.state === 'start') serviceEnterStartPost(m, s)
}

/** Mirrors service_bus_name_owner_change(). Differs: what asks the bus for a process id is left out. */
export function serviceBusNameOwnerChange(m: Manager, s: Service, owned: boolean): void {
  s.busNameGood = owned
  if (section(s).type !== 'dbus') return
  if (s.state === 'running' || s.state === 'running-revalidating') {
    if (!owned && m.features.busNameGrace) serviceEnterExitedOrStop(m, s)
    else serviceEnterRunning(m, s, 'success')
  } else if (s.state === 'start' && owned) {
    serviceEnterStartPost(m, s)
  }
}
