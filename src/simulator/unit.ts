/** A unit's states, and the generic halves of start, stop and reload. Mirrors src/core/unit.c (v255). */

import type { ActiveState } from '../systemd/unit.ts'
import { isActiveOrActivating, isActiveOrReloading, isInactiveOrFailed } from '../systemd/unit.ts'
import type { UnitConfig } from '../systemd/unit-config.ts'
import { unitConditionTest } from './condition.ts'
import { emergencyAction } from './emergency-action.ts'
import { emit, logUnit } from './log.ts'
import type { Manager } from './manager.ts'
import { ratelimitBelow } from './ratelimit.ts'
import { sliceConcurrencyHardMaxReached, sliceConcurrencySoftMaxReached } from './slice.ts'
import { deps, unitHasDependency } from './unit-dependency.ts'
import { unitIsHeldFrozen } from './unit-freezer.ts'
import { unitNotify } from './unit-notify.ts'
import type { ActivationDetails, Outcome, Unit, UnitVTable } from './unit-vtable.ts'

/** Mirrors unit_active_state(). */
export function unitActiveState(u: Unit): ActiveState {
  if (u.loadState === 'merged' || u.loadState === 'stub' || u.coldplugged === 'waits') return 'inactive'
  return u.vtable.activeState(u)
}

/** Mirrors unit_sub_state_to_string(). */
const unitSubStateToString = (u: Unit): string => u.vtable.subState(u)

/**
 * To be called at the end of every …SetState(), with the sub-state and active state of before: writes the trace's line
 * and does what unit_notify() does.
 */
export function unitStateChanged(m: Manager, u: Unit, oldSub: string, oldActive: ActiveState): void {
  const sub = unitSubStateToString(u)
  if (sub !== oldSub) emit(m, u.id, { kind: 'state', sub })
  unitNotify(m, u, oldActive, unitActiveState(u))
}

/** The unit that a socket, timer, path or automount starts: UNIT_TRIGGER(). */
export const unitTrigger = (u: Unit): Unit | null => deps(u, 'Triggers')[0] ?? null

/** Mirrors unit_has_name(): is this unit `shutdown.target`, say. */
export const unitHasName = (u: Unit, name: string): boolean => u.names.includes(name)

/** Mirrors unit_add_name(), less the manager's table. */
export function unitAddName(u: Unit, name: string): void {
  if (!u.names.includes(name)) u.names = [...u.names, name]
}

/** Mirrors unit_new(). */
export const unitNew = (m: Manager, id: string, vtable: UnitVTable, config: UnitConfig): Unit =>
  new vtable.object(id, vtable, config, !m.unsupportedTypes.has(vtable.type))

/** Mirrors unit_can_start(). */
export function unitCanStart(u: Unit): boolean {
  if (u.loadState !== 'loaded' || !u.supported) return false
  if (u.vtable.onceOnly && u.inactiveExitUsec !== 0) return false
  return u.vtable.start !== undefined
}

/** Mirrors unit_can_stop(): a unit that is not loaded can still be stopped. */
export const unitCanStop = (u: Unit): boolean => u.supported && !u.perpetual && u.vtable.stop !== undefined

/** Mirrors unit_can_reload(). */
export function unitCanReload(m: Manager, u: Unit): boolean {
  if (u.vtable.canReload) return u.vtable.canReload(u, m)
  if (deps(u, 'PropagatesReloadTo').length > 0) return true
  return u.vtable.reload !== undefined
}

/** Mirrors unit_will_restart(). */
export const unitWillRestart = (u: Unit): boolean =>
  u.vtable.willRestart ? u.vtable.willRestart(u) : u.job?.type === 'start'

/** Mirrors unit_active_or_pending(). */
export const unitActiveOrPending = (u: Unit): boolean =>
  isActiveOrActivating(unitActiveState(u)) || u.job?.type === 'start' || u.job?.type === 'restart'

/** Mirrors unit_start(). */
export function unitStart(m: Manager, u: Unit, details: ActivationDetails | null = null): Outcome {
  const state = unitActiveState(u)
  if (isActiveOrReloading(state)) return 'EALREADY'
  if (state === 'maintenance') return 'EAGAIN'
  if (m.features.startWhileDeactivatingAgainAtOnce && state === 'deactivating') return 'EAGAIN'
  if (u.loadState !== 'loaded') return 'EINVAL'
  if (u.vtable.onceOnly && u.inactiveEnterUsec !== 0) return 'ESTALE'
  if (state !== 'activating') {
    if (!unitTestCondition(m, u)) return 'ECOMM'
    if (!unitTestAssert(m, u)) {
      logUnit(m, u, 'unit-asserts-failed')
      return 'EPROTO'
    }
  }
  if (!u.supported) return 'EOPNOTSUPP'
  if (!unitVerifyDeps(m, u)) return 'ENOLINK'
  if (unitIsHeldFrozen(m, u)) return 'EDEADLK'
  if (m.features.startLimitInUnitStart && u.vtable.testStartable) {
    const startable = u.vtable.testStartable(m, u)
    if (startable !== 'ok') return startable
  }
  if (!u.vtable.start) return 'EBADR'
  if (isInactiveOrFailed(state)) {
    if (sliceConcurrencyHardMaxReached(m, u)) return 'ETOOMANYREFS'
    if (sliceConcurrencySoftMaxReached(m, u)) return 'EAGAIN'
  }
  u.activationDetails ??= details // The older ones win.
  return u.vtable.start(m, u)
}

/** Mirrors unit_test_condition(). */
function unitTestCondition(m: Manager, u: Unit): boolean {
  u.conditionResult = unitConditionTest(m, u)
  return u.conditionResult
}

/** Mirrors unit_test_assert(). */
function unitTestAssert(m: Manager, u: Unit): boolean {
  u.assertResult = unitConditionTest(m, u, 'asserts')
  return u.assertResult
}

/** Mirrors unit_verify_deps(): a BindsTo= unit that is also After= has to be up. */
function unitVerifyDeps(m: Manager, u: Unit): boolean {
  for (const other of deps(u, 'BindsTo')) {
    if (!unitHasDependency(u, 'After', other) || isActiveOrReloading(unitActiveState(other))) continue
    logUnit(m, u, 'unit-bound-to-inactive-at-start', { other: other.id })
    return false
  }
  return true
}

/** Mirrors unit_stop(). */
export function unitStop(m: Manager, u: Unit): Outcome {
  if (isInactiveOrFailed(unitActiveState(u))) return 'EALREADY'
  if (unitIsHeldFrozen(m, u)) return 'EDEADLK'
  if (!u.vtable.stop) return 'EBADR'
  return u.vtable.stop(m, u)
}

/** Mirrors unit_reload(). */
export function unitReload(m: Manager, u: Unit): Outcome {
  if (u.loadState !== 'loaded') return 'EINVAL'
  if (!unitCanReload(m, u)) return 'EBADR'
  const state = unitActiveState(u)
  if (state === 'reloading' || state === 'refreshing') return 'EAGAIN'
  if (state !== 'active') {
    logUnit(m, u, 'unit-reload-inactive')
    return 'ENOEXEC'
  }
  if (unitIsHeldFrozen(m, u)) return 'EDEADLK'
  if (!u.vtable.reload) {
    // Only propagates: a notification without a change ends the job.
    unitNotify(m, u, state, state)
    return 'underway'
  }
  return u.vtable.reload(m, u)
}

/** Mirrors unit_test_start_limit(). True while below the limit; else StartLimitAction= is taken. */
export function unitTestStartLimit(m: Manager, u: Unit): boolean {
  if (ratelimitBelow(u.startLimit, m.clock.now)) {
    u.startLimitHit = false
    return true
  }
  logUnit(m, u, 'unit-start-limit')
  u.startLimitHit = true
  emergencyAction(m, u.config.unit.startLimitAction, `unit ${u.id} failed`)
  return false
}

/** Mirrors unit_log_success(): at debug level in user managers since v248. */
export function unitLogSuccess(m: Manager, u: Unit): void {
  const quiet = m.kind === 'user' && m.features.successIsDebugForUsers
  logUnit(m, u, 'unit-succeeded', {}, quiet ? 'debug' : 'info')
}

/** Mirrors unit_log_failure(). */
export const unitLogFailure = (m: Manager, u: Unit, result: string): void =>
  logUnit(m, u, 'unit-failed-with-result', { result })

/** Mirrors unit_log_skip(). */
export const unitLogSkip = (m: Manager, u: Unit, result: string): void => logUnit(m, u, 'unit-skipped', { result })
