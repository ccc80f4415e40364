/**
 * The continuous checks: StopWhenUnneeded=, BindsTo= and Upholds=. Mirrors unit_submit_to_…() and unit_is_unneeded(),
 * unit_is_upheld_by_active(), unit_is_bound_by_inactive() of src/core/unit.c, and manager_dispatch_…() of
 * src/core/manager.c (v255). Queues are last in, first out.
 */

import type { JobMode, JobType } from '../systemd/job.ts'
import type { MessageKey } from '../systemd/messages.ts'
import type { ActiveState } from '../systemd/unit.ts'
import { isActiveOrReloading, isInactiveOrFailed } from '../systemd/unit.ts'
import { logUnit } from './log.ts'
import type { Manager } from './manager.ts'
import { managerAddJob } from './manager-jobs.ts'
import { ratelimitBelow, ratelimitEnd } from './ratelimit.ts'
import { unitCheckConcurrencyLimit } from './slice.ts'
import { unitActiveState, unitWillRestart } from './unit.ts'
import { unitsWithAtom } from './unit-dependency.ts'
import type { Unit } from './unit-vtable.ts'

/** Mirrors unit_submit_to_stop_when_unneeded_queue(). */
function unitSubmitToStopWhenUnneededQueue(m: Manager, u: Unit): void {
  if (u.inStopWhenUnneededQueue || !u.config.unit.stopWhenUnneeded) return
  const state = unitActiveState(u)
  if (!isActiveOrReloading(state)) return
  u.inStopWhenUnneededQueue = true
  m.stopWhenUnneededQueue.push(u)
}

/** Mirrors unit_submit_to_start_when_upheld_queue(). */
function unitSubmitToStartWhenUpheldQueue(m: Manager, u: Unit): void {
  if (u.inStartWhenUpheldQueue || !isInactiveOrFailed(unitActiveState(u))) return
  if (unitsWithAtom(m, u, 'start-steadily').length === 0) return
  u.inStartWhenUpheldQueue = true
  m.startWhenUpheldQueue.push(u)
}

/** Mirrors unit_submit_to_stop_when_bound_queue(). */
function unitSubmitToStopWhenBoundQueue(m: Manager, u: Unit): void {
  if (!m.features.boundCheckInQueue || u.inStopWhenBoundQueue) return
  if (!isActiveOrReloading(unitActiveState(u))) return
  if (unitsWithAtom(m, u, 'cannot-be-active-without').length === 0) return
  u.inStopWhenBoundQueue = true
  m.stopWhenBoundQueue.push(u)
}

/** Mirrors the end of job_finish_and_invalidate(): the checks are made again when a job of the unit has ended. */
export function unitSubmitToQueues(m: Manager, u: Unit): void {
  unitSubmitToStartWhenUpheldQueue(m, u)
  unitSubmitToStopWhenBoundQueue(m, u)
  unitSubmitToStopWhenUnneededQueue(m, u)
}

/** The units that `u` needed. Mirrors check_unneeded_dependencies(). */
export function checkUnneededDependencies(m: Manager, u: Unit): void {
  for (const other of unitsWithAtom(m, u, 'add-stop-when-unneeded-queue')) unitSubmitToStopWhenUnneededQueue(m, other)
}

/** Mirrors the end of unit_notify(). */
export function unitSubmitByState(m: Manager, u: Unit, os: ActiveState, ns: ActiveState): void {
  if (!m.features.upholds) {
    unitSubmitToStopWhenUnneededQueue(m, u)
    return
  }
  if (isInactiveOrFailed(ns)) {
    checkUnneededDependencies(m, u)
    for (const other of unitsWithAtom(m, u, 'add-cannot-be-active-without-queue'))
      unitSubmitToStopWhenBoundQueue(m, other)
    unitSubmitToStartWhenUpheldQueue(m, u)
    unitCheckConcurrencyLimit(m, u)
  } else if (isActiveOrReloading(ns)) {
    for (const other of unitsWithAtom(m, u, 'add-start-when-upheld-queue')) unitSubmitToStartWhenUpheldQueue(m, other)
    unitSubmitToStopWhenUnneededQueue(m, u)
    unitSubmitToStopWhenBoundQueue(m, u)
  }
  // A unit that leaves activating frees a place of ActivatingConcurrencyMax=.
  if (m.features.sliceActivatingConcurrency && os === 'activating' && ns !== 'activating') {
    unitCheckConcurrencyLimit(m, u)
  }
}

/** Mirrors unit_is_unneeded(). */
function unitIsUnneeded(m: Manager, u: Unit): boolean {
  const state = unitActiveState(u)
  const up = m.features.upholds ? state === 'active' : isActiveOrReloading(state)
  if (!u.config.unit.stopWhenUnneeded || !up || u.job) return false
  return unitsWithAtom(m, u, 'pins-stop-when-unneeded').every(
    (other) => !other.job && isInactiveOrFailed(unitActiveState(other)) && !unitWillRestart(other),
  )
}

/** Mirrors unit_is_upheld_by_active(). */
function unitIsUpheldByActive(m: Manager, u: Unit): Unit | undefined {
  if (!isInactiveOrFailed(unitActiveState(u)) || u.job) return undefined
  return unitsWithAtom(m, u, 'start-steadily').find(
    (other) => !other.job && isActiveOrReloading(unitActiveState(other)),
  )
}

/** Mirrors unit_is_bound_by_inactive(). The check of before passed over units that were not coldplugged. */
function unitIsBoundByInactive(m: Manager, u: Unit): Unit | undefined {
  if (unitActiveState(u) !== 'active' || u.job) return undefined
  return unitsWithAtom(m, u, 'cannot-be-active-without').find(
    (other) =>
      !other.job &&
      (m.features.boundCheckInQueue || other.coldplugged === 'done') &&
      isInactiveOrFailed(unitActiveState(other)),
  )
}

/** Mirrors manager_dispatch_stop_when_unneeded_queue(). True if there was something to do. */
export function managerDispatchStopWhenUnneededQueue(m: Manager): boolean {
  let worked = false
  for (let u = m.stopWhenUnneededQueue.pop(); u; u = m.stopWhenUnneededQueue.pop()) {
    worked = true
    u.inStopWhenUnneededQueue = false
    if (!unitIsUnneeded(m, u)) continue
    logUnit(m, u, 'unit-not-needed')
    const words = { tooOften: 'unit-not-needed-too-often' as const, other: '' }
    act(m, u, 'stop', 'fail', words)
  }
  return worked
}

/** Mirrors manager_dispatch_start_when_upheld_queue(). */
export function managerDispatchStartWhenUpheldQueue(m: Manager): boolean {
  let worked = false
  for (let u = m.startWhenUpheldQueue.pop(); u; u = m.startWhenUpheldQueue.pop()) {
    worked = true
    u.inStartWhenUpheldQueue = false
    const culprit = unitIsUpheldByActive(m, u)
    if (!culprit) continue
    logUnit(m, u, 'unit-upheld', { other: culprit.id })
    const words = { tooOften: 'unit-upheld-too-often' as const, other: culprit.id }
    act(m, u, 'start', 'fail', words)
  }
  return worked
}

/** Mirrors manager_dispatch_stop_when_bound_queue(). */
export function managerDispatchStopWhenBoundQueue(m: Manager): boolean {
  let worked = false
  for (let u = m.stopWhenBoundQueue.pop(); u; u = m.stopWhenBoundQueue.pop()) {
    worked = true
    u.inStopWhenBoundQueue = false
    const culprit = unitIsBoundByInactive(m, u)
    if (!culprit) continue
    logUnit(m, u, 'unit-bound-to-inactive', { other: culprit.id })
    const words = { tooOften: 'unit-bound-too-often' as const, other: culprit.id }
    act(m, u, 'stop', 'replace', words)
  }
  return worked
}

/** The rate-limited request that ends each check. */
function act(m: Manager, u: Unit, type: JobType, mode: JobMode, words: { tooOften: MessageKey; other: string }): void {
  if (!managerRatelimitCheckAndQueue(m, u)) {
    logUnit(m, u, words.tooOften, { other: words.other })
    return
  }
  const added = managerAddJob(m, type, u, mode)
  if ('error' in added) logUnit(m, u, 'unit-enqueue-failed', { type, error: added.error.message })
}

/** Mirrors manager_ratelimit_check_and_queue(): whichever check was one too many, all are made again (v251). */
function managerRatelimitCheckAndQueue(m: Manager, u: Unit): boolean {
  if (ratelimitBelow(u.autoStartStopLimit, m.clock.now)) return true
  if (!m.features.checksRetriedWhenJobEnds || u.autoStartStopTimer) return false
  // The interval is over only after its last microsecond.
  u.autoStartStopTimer = m.clock.armTimer(ratelimitEnd(u.autoStartStopLimit, m.clock.now) + 1, () => {
    u.autoStartStopTimer = null
    unitSubmitToStopWhenUnneededQueue(m, u)
    unitSubmitToStartWhenUpheldQueue(m, u)
    unitSubmitToStopWhenBoundQueue(m, u)
  })
  return false
}

/** v247: the bound check runs inside unit_notify(), for the bound unit itself. Mirrors unit_check_binds_to(). */
export function unitCheckBindsTo(m: Manager, u: Unit): void {
  const culprit = unitIsBoundByInactive(m, u)
  if (!culprit) return
  if (!ratelimitBelow(u.autoStartStopLimit, m.clock.now)) {
    logUnit(m, u, 'unit-bound-too-often', { other: culprit.id })
    return
  }
  logUnit(m, u, 'unit-bound-to-inactive', { other: culprit.id })
  const added = managerAddJob(m, 'stop', u, 'fail')
  if ('error' in added) logUnit(m, u, 'unit-enqueue-failed', { type: 'stop', error: added.error.message })
}
