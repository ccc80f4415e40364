/**
 * Automatic restart: whether, when and how. Mirrors service_shall_restart() and service_enter_restart(),
 * src/core/service.c (v257).
 */

import { logUnit } from './log.ts'
import type { Manager } from './manager.ts'
import { managerAddJob } from './manager-jobs.ts'
import { exitStatusSetTest } from './process-exit.ts'
import type { Service } from './service.ts'
import { section, serviceArmTimer, serviceSetState } from './service-state.ts'
import { serviceEnterDead } from './service-stop.ts'

/** Mirrors service_shall_restart(). */
export function serviceShallRestart(m: Manager, s: Service): boolean {
  const { restart, restartPreventStatus, restartForceStatus, type } = section(s)
  const { result } = s
  if (s.forbidRestart) return false
  if (exitStatusSetTest(restartPreventStatus, s.mainExit)) return false
  if (exitStatusSetTest(restartForceStatus, s.mainExit)) {
    return !(m.features.forcedRestartNeedsFailure && type === 'oneshot' && result === 'success')
  }
  switch (restart) {
    case 'no':
      return false
    case 'always':
      return result !== 'exec-condition' || m.features.conditionSkipRestarts
    case 'on-success':
      return result === 'success'
    case 'on-failure':
      return result !== 'success' && result !== 'exec-condition'
    case 'on-abnormal':
      return result !== 'success' && result !== 'exec-condition' && result !== 'exit-code'
    case 'on-watchdog':
      return result === 'watchdog'
    case 'on-abort':
      return result === 'signal' || result === 'core-dump'
  }
}

/** Mirrors service_restart_usec_next(): from RestartSec= to RestartMaxDelaySec= in RestartSteps= geometric steps. */
export function serviceRestartUsecNext(s: Service): number {
  const { restartUsec, restartSteps, restartMaxDelayUsec } = section(s)
  const next = s.nRestarts + (s.state === 'auto-restart-queued' ? 0 : 1)
  if (next <= 1 || restartSteps === 0 || restartUsec === 0) return restartUsec
  if (!Number.isFinite(restartMaxDelayUsec) || restartUsec >= restartMaxDelayUsec) return restartUsec
  if (next > restartSteps) return restartMaxDelayUsec
  return Math.trunc(restartUsec * (restartMaxDelayUsec / restartUsec) ** ((next - 1) / restartSteps))
}

/** Mirrors service_enter_restart(). `shortcut`: somebody asks for a start, and need not wait for the timer. */
export function serviceEnterRestart(m: Manager, s: Service, shortcut: boolean): void {
  if (!shortcut && s.job?.type === 'stop') {
    logUnit(m, s, 'service-restart-stop-pending')
    if (m.features.pendingStopDelaysRestart) serviceArmTimer(m, s, section(s).restartUsec)
    return
  }
  const added = addRestartJob(m, s)
  if ('error' in added) {
    logUnit(m, s, 'service-restart-failed', { error: added.error.message })
    serviceEnterDead(m, s, 'resources', false)
    return
  }
  s.nRestarts++
  s.flushNRestarts = false
  s.notifyAccessOverride = null
  logUnit(m, s, shortcut ? 'service-restart-scheduled-at-once' : 'service-restart-scheduled', {
    counter: s.nRestarts,
  })
  // Until v253 it stays in auto-restart: the first half of the restart job is what ends that.
  if (m.features.restartStates) serviceSetState(m, s, 'auto-restart-queued')
}

/** What depends on the service is to be restarted as well, unless RestartMode=direct. */
function addRestartJob(m: Manager, s: Service): ReturnType<typeof managerAddJob> {
  if (m.features.restartJobOnAutoRestart) return managerAddJob(m, 'restart', s, 'replace')
  const direct = m.features.reenqueueAnchor && section(s).restartMode === 'direct'
  return managerAddJob(m, 'start', s, direct ? 'replace' : 'restart-dependencies', {
    reenqueueAnchor: m.features.reenqueueAnchor,
  })
}
