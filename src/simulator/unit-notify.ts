/** What one state change sets off. Mirrors unit_notify() and unit_process_job(), src/core/unit.c (v255). */

import type { JobMode } from '../systemd/job.ts'
import type { ActiveState } from '../systemd/unit.ts'
import {
  isActiveOrActivating,
  isActiveOrReloading,
  isInactiveOrDeactivating,
  isInactiveOrFailed,
} from '../systemd/unit.ts'
import { emergencyAction } from './emergency-action.ts'
import type { Job } from './job.ts'
import { jobFinishAndInvalidate } from './job.ts'
import { logUnit } from './log.ts'
import type { Manager } from './manager.ts'
import { managerAddJob } from './manager-jobs.ts'
import { jobAddToRunQueue } from './run-queue.ts'
import { deps } from './unit-dependency.ts'
import { unitAddToGcQueue } from './unit-gc.ts'
import { unitForgetMarkers } from './unit-markers.ts'
import { checkUnneededDependencies, unitCheckBindsTo, unitSubmitByState } from './unit-queues.ts'
import { retroactivelyStartDependencies, retroactivelyStopDependencies } from './unit-retroactive.ts'
import type { Unit } from './unit-vtable.ts'

/** Mirrors unit_notify(): called for every low-level state set, also when the active state stays the same. */
export function unitNotify(m: Manager, u: Unit, os: ActiveState, ns: ActiveState): void {
  unitForgetMarkers(m, u, os, ns)
  if (m.reloading) {
    unitTriggerNotify(m, u)
    // Since v249 the continuous checks are made again, once everything is back.
    if (m.features.upholds) unitSubmitByState(m, u, os, ns)
    return
  }
  unitUpdateTimestamps(m, u, os, ns)
  const unexpected = u.job ? unitProcessJob(m, u.job, ns) : true
  if (unexpected) {
    if (isInactiveOrFailed(os) && isActiveOrActivating(ns)) retroactivelyStartDependencies(m, u)
    else if (isActiveOrActivating(os) && isInactiveOrDeactivating(ns)) retroactivelyStopDependencies(m, u)
  }
  if (!m.features.upholds && isInactiveOrFailed(ns)) checkUnneededDependencies(m, u)
  terminationDependencies(m, u, os, ns)
  unitTriggerNotify(m, u)
  if (os !== 'failed' && ns === 'failed') {
    emergencyAction(m, u.config.unit.failureAction, `unit ${u.id} failed`)
  } else if (!isInactiveOrFailed(os) && ns === 'inactive') {
    emergencyAction(m, u.config.unit.successAction, `unit ${u.id} succeeded`, false)
  }
  unitSubmitByState(m, u, os, ns)
  if (!m.features.boundCheckInQueue) unitCheckBindsTo(m, u)
  if (isInactiveOrFailed(ns)) {
    unitAddToGcQueue(m, u)
    m.stopNotify = 'yes'
  }
  for (const listener of m.unitListeners) listener(u)
}

/** The timestamps of unit_notify(), in microseconds since the timeline's zero. */
function unitUpdateTimestamps(m: Manager, u: Unit, os: ActiveState, ns: ActiveState): void {
  const now = m.clock.now
  u.stateChangeUsec = now
  if (isInactiveOrFailed(os) && !isInactiveOrFailed(ns)) u.inactiveExitUsec = now
  else if (!isInactiveOrFailed(os) && isInactiveOrFailed(ns)) u.inactiveEnterUsec = now
  if (!isActiveOrReloading(os) && isActiveOrReloading(ns)) u.activeEnterUsec = now
  else if (isActiveOrReloading(os) && !isActiveOrReloading(ns)) u.activeExitUsec = now
}

/** Mirrors unit_process_job(). True if the change is unexpected. */
function unitProcessJob(m: Manager, j: Job, ns: ActiveState): boolean {
  if (j.state === 'waiting') jobAddToRunQueue(m, j)
  switch (j.type) {
    case 'start':
    case 'verify-active':
      return processStart(m, j, ns)
    case 'reload':
      return processReload(m, j, ns)
    case 'stop':
    case 'restart':
      if (isInactiveOrFailed(ns)) {
        jobFinishAndInvalidate(m, j, 'done', true, false)
      } else if (j.state === 'running' && ns !== 'deactivating') {
        jobFinishAndInvalidate(m, j, 'failed', true, false)
        return true
      }
      return false
    default:
      throw new Error(`job type ${j.type} in a unit's slot`)
  }
}

function processStart(m: Manager, j: Job, ns: ActiveState): boolean {
  if (isActiveOrReloading(ns)) {
    jobFinishAndInvalidate(m, j, 'done', true, false)
    return false
  }
  if (j.state !== 'running' || ns === 'activating') return false
  if (isInactiveOrFailed(ns)) {
    const skipped = m.features.execConditionSkipsJob && j.unit.vtable.result?.(j.unit) === 'exec-condition'
    jobFinishAndInvalidate(m, j, ns === 'failed' ? 'failed' : skipped ? 'skipped' : 'done', true, false)
  }
  return true
}

function processReload(m: Manager, j: Job, ns: ActiveState): boolean {
  if (j.state !== 'running') return false
  const succeeded = j.unit.vtable.reloadSucceeded?.(j.unit) ?? true
  if (ns === 'active') {
    jobFinishAndInvalidate(m, j, succeeded ? 'done' : 'failed', true, false)
    return false
  }
  if (ns === 'activating' || ns === 'reloading' || ns === 'refreshing') return false
  if (m.features.reloadCanceledWhenUnitLeaves) {
    jobFinishAndInvalidate(m, j, succeeded ? 'canceled' : 'failed', true, false)
  } else if (isInactiveOrFailed(ns)) {
    jobFinishAndInvalidate(m, j, ns === 'failed' ? 'failed' : 'done', true, false)
  }
  return true
}

/** OnFailure= and OnSuccess=, as unit_notify() decides by state. */
function terminationDependencies(m: Manager, u: Unit, os: ActiveState, ns: ActiveState): void {
  const restarts = !m.features.onFailureEachCycle && (u.vtable.willAutoRestart?.(u) ?? false)
  if (restarts) return
  if (ns === 'failed' && os !== 'failed') {
    unitStartOnTerminationDeps(m, u, 'OnFailure')
  } else if (ns === 'inactive' && os !== 'failed' && os !== 'inactive' && os !== 'maintenance') {
    if (m.features.onSuccess) unitStartOnTerminationDeps(m, u, 'OnSuccess')
  }
}

/** Mirrors unit_start_on_termination_deps() (v257; unit_start_on_failure() before). */
export function unitStartOnTerminationDeps(m: Manager, u: Unit, kind: 'OnFailure' | 'OnSuccess'): void {
  const others = deps(u, kind)
  if (others.length === 0) return
  logUnit(m, u, 'unit-triggering-on', { kind })
  const { onFailureJobMode, onSuccessJobMode } = u.config.unit
  const mode: JobMode = kind === 'OnFailure' ? onFailureJobMode : onSuccessJobMode
  for (const other of others) {
    const added = managerAddJob(m, 'start', other, mode)
    if ('error' in added) {
      logUnit(m, u, 'unit-on-failed-to-enqueue', { kind, other: other.id, error: added.error.message })
    }
  }
}

/** Mirrors unit_trigger_notify(): tells the sockets, timers, paths and automounts that start this unit. */
export function unitTriggerNotify(m: Manager, u: Unit): void {
  for (const other of deps(u, 'TriggeredBy')) other.vtable.triggerNotify?.(m, other, u)
}
