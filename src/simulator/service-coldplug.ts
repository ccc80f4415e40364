/**
 * After daemon-reload: states live on, with the new settings. Mirrors service_coldplug() and
 * service_deserialize_exec_command(), src/core/service.c (v255).
 */

import { logUnit } from './log.ts'
import type { Manager } from './manager.ts'
import type { RunningCommand, Service } from './service.ts'
import { serviceRestartUsecNext } from './service-restart.ts'
import { hasWatchdog, section, serviceArmTimerAt, serviceSetState } from './service-state.ts'
import { serviceArmBusNameTimer, serviceStartWatchdog } from './service-timer.ts'

/** Mirrors service_coldplug(). To the log it looks as if the service went from dead to its state again. */
export function serviceColdplug(m: Manager, s: Service): void {
  const { state } = s
  resumeCommands(m, s)
  // Only since v259 is it remembered what the service has said.
  if (!m.features.notifyStoppingIsFinal) s.notifyState = 'unknown'
  if (state === 'dead') return
  serviceArmTimerAt(m, s, serviceColdplugTimeout(s))
  if (state === 'running-revalidating') serviceArmBusNameTimer(m, s)
  if (hasWatchdog(s)) serviceStartWatchdog(m, s)
  s.state = 'dead'
  serviceSetState(m, s, state)
}

/** Mirrors service_coldplug_timeout(). */
function serviceColdplugTimeout(s: Service): number {
  const { timeoutStartUsec, timeoutStopUsec, timeoutAbortUsec, runtimeMaxUsec } = section(s)
  switch (s.state) {
    case 'condition':
    case 'start-pre':
    case 'start':
    case 'start-post':
    case 'reload':
    case 'reload-signal':
    case 'reload-notify':
    case 'reload-post':
      return s.stateChangeUsec + timeoutStartUsec
    case 'running':
      return s.activeEnterUsec + runtimeMaxUsec
    case 'stop':
    case 'stop-sigterm':
    case 'stop-sigkill':
    case 'stop-post':
    case 'final-sigterm':
    case 'final-sigkill':
      return s.stateChangeUsec + timeoutStopUsec
    case 'stop-watchdog':
    case 'final-watchdog':
      return s.stateChangeUsec + (timeoutAbortUsec ?? timeoutStopUsec)
    case 'auto-restart':
      return s.inactiveEnterUsec + serviceRestartUsecNext(s)
    default:
      return Number.POSITIVE_INFINITY
  }
}

/** Mirrors service_deserialize_exec_command(): the running command is looked up in the new list. */
function resumeCommands(m: Manager, s: Service): void {
  s.mainCommand = resumed(m, s, s.mainCommand)
  s.controlCommand = resumed(m, s, s.controlCommand)
  if (s.controlCommand === null) s.controlSetting = null
  s.commandsOf = section(s)
}

function resumed(m: Manager, s: Service, running: RunningCommand | null): RunningCommand | null {
  if (running === null) return null
  const { setting, index } = running
  const before = s.commandsOf?.exec[setting] ?? []
  const command = before[index]
  if (!command) return null
  const after = section(s).exec[setting]
  const same = (other: typeof command | undefined): boolean =>
    other !== undefined &&
    other.path === command.path &&
    other.argv.length === command.argv.length &&
    other.argv.every((word, i) => word === command.argv[i])
  const found = same(after[index]) ? index : after.findIndex(same)
  if (found >= 0) return { setting, index: found }
  if (index + 1 < before.length) logUnit(m, s, 'service-command-vanished')
  return null
}
