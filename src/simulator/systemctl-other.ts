/**
 * systemctl's verbs that ask for no job. Mirrors src/systemctl/systemctl-kill.c, -reset-failed.c, -is-active.c
 * (v255).
 */

import type { SystemctlDeed } from '../systemd/scenario.ts'
import { isActiveOrReloading } from '../systemd/unit.ts'
import { unitKill } from './kill.ts'
import type { Manager } from './manager.ts'
import { managerLoadUnit } from './manager-load.ts'
import { inAnyOrder } from './order.ts'
import { ratelimitReset } from './ratelimit.ts'
import type { ClientEnd } from './systemctl.ts'
import { oneAfterAnother } from './systemctl-calls.ts'
import { expandUnitNames, isQuiet, mangleWarning, optionValues } from './systemctl-options.ts'
import { clientWaitForUnits } from './systemctl-wait.ts'
import { busUnitValidateLoadState } from './transaction-add.ts'
import { unitActiveOrPending, unitActiveState, unitWillRestart } from './unit.ts'
import { unitClean } from './unit-clean.ts'
import { unitFreezerAction } from './unit-freezer.ts'
import type { Unit } from './unit-vtable.ts'

type Done = (end: ClientEnd) => void

const OK: ClientEnd = { status: 0, output: '' }

/** Mirrors verb_kill(). */
export function verbKill(m: Manager, deed: SystemctlDeed, done: Done): void {
  const whom = optionValues(deed, '--kill-whom', '--kill-who').at(-1) || 'all'
  const lines: string[] = []
  const kill = (id: string): void => {
    const u = m.units.get(id)
    const error = u ? unitKill(m, u, whom, deed.signal ?? 'SIGTERM') : `Unit ${id} not loaded.`
    if (error !== null) lines.push(`Failed to kill unit ${id}: ${error}`)
  }
  oneAfterAnother(m, expandUnitNames(m, deed.units), kill, () => done(endOf(deed.units, lines)))
}

/** What is said of the names comes first; it is no error. */
const endOf = (names: readonly string[], errors: readonly string[]): ClientEnd => ({
  status: errors.length > 0 ? 1 : 0,
  output: [...names.flatMap(mangleWarning), ...errors].join('\n'),
})

const SIGABRT_STATUS = 134
/** It waits with --no-block as well, for nothing it has: bus_wait_for_units_run() does not like that. */
const NOTHING_TO_WAIT_FOR =
  "Assertion 'd' failed at src/shared/bus-wait-for-units.c:368, function bus_wait_for_units_run(). Aborting."

/**
 * Mirrors verb_clean_or_freeze(): the unit is referred to first, so that it is loaded, and waited for at last. With
 * --no-block, neither is done.
 */
export function verbCleanOrFreeze(m: Manager, deed: SystemctlDeed, done: Done): void {
  const lines: string[] = []
  const begun: string[] = []
  const act = (name: string): void => {
    if (deed.noBlock && deed.verb !== 'clean' && !m.units.has(name)) {
      lines.push(`Failed to ${deed.verb} unit ${name}: Unit ${name} not loaded.`)
      return
    }
    const u = managerLoadUnit(m, name)
    const refused = busUnitValidateLoadState(m, u)
    const error = refused === null ? unitCleanOrFreeze(m, u, deed) : null
    if (refused !== null) {
      const failed = deed.noBlock ? deed.verb : 'add reference to'
      lines.push(`Failed to ${failed} unit ${name}: ${refused.message}`)
    } else if (error !== null) lines.push(`Failed to ${deed.verb} unit ${name}: ${error}`)
    else if (deed.verb === 'clean') begun.push(u.id)
  }
  oneAfterAnother(m, expandUnitNames(m, deed.units), act, () => {
    const end = endOf(deed.units, lines)
    if (deed.noBlock) done({ status: SIGABRT_STATUS, output: [...lines, NOTHING_TO_WAIT_FOR].join('\n') })
    else if (begun.length === 0) done(end)
    else clientWaitForUnits(m, begun, () => done(end))
  })
}

function unitCleanOrFreeze(m: Manager, u: Unit, deed: SystemctlDeed): string | null {
  if (deed.verb !== 'clean') return unitFreezerAction(m, u, deed.verb === 'freeze' ? 'freeze' : 'thaw')
  const what = optionValues(deed, '--what').flatMap((value) => value.split(','))
  return unitClean(m, u, what)
}

/** Mirrors unit_reset_failed(). */
function unitResetFailed(m: Manager, u: Unit): void {
  u.vtable.resetFailed?.(m, u)
  ratelimitReset(u.startLimit)
  u.startLimitHit = false
}

/** Mirrors verb_reset_failed(). */
export function verbResetFailed(m: Manager, names: readonly string[], done: Done): void {
  if (names.length === 0) {
    for (const u of inAnyOrder(new Set(m.units.values()))) unitResetFailed(m, u)
    m.metCycle = false
  }
  const lines: string[] = []
  const reset = (name: string): void => {
    const u = m.units.get(name)
    if (u) unitResetFailed(m, u)
    else lines.push(`Failed to reset failed state of unit ${name}: Unit ${name} not loaded.`)
  }
  oneAfterAnother(m, expandUnitNames(m, names), reset, () => done(endOf(names, lines)))
}

/** Mirrors verb_is_system_running() and manager_state(), src/core/manager.c. Differs: it has always booted. */
export function verbIsSystemRunning(m: Manager, deed: SystemctlDeed): ClientEnd {
  return tellState(deed, managerState(m), 'running')
}

const tellState = (deed: SystemctlDeed, state: ManagerState, wanted: ManagerState): ClientEnd => ({
  status: state === wanted ? 0 : 1,
  output: isQuiet(deed) ? '' : state,
})

type ManagerState = 'running' | 'degraded' | 'maintenance' | 'stopping'

function managerState(m: Manager): ManagerState {
  const pending = (name: string): boolean => {
    const u = m.units.get(name)
    return u !== undefined && unitActiveOrPending(u)
  }
  if (pending('shutdown.target')) return 'stopping'
  if (m.kind === 'system' && (pending('rescue.target') || pending('emergency.target'))) return 'maintenance'
  const failed = [...m.units.values()].some((u) => unitActiveState(u) === 'failed' && !unitWillRestart(u))
  return failed || (m.features.cyclesDegrade && m.metCycle) ? 'degraded' : 'running'
}

/**
 * Mirrors check_unit_generic(): is-active and is-failed, as a command of a unit may ask them; every other verb is taken
 * to succeed.
 */
export function clientQuery(m: Manager, deed: SystemctlDeed): ClientEnd {
  const asks = deed.verb === 'check' ? 'is-active' : deed.verb
  if (asks !== 'is-active' && asks !== 'is-failed') return OK
  if (deed.units.length === 0) return tellState(deed, managerState(m), 'degraded')
  const units = expandUnitNames(m, deed.units).map((name) => managerLoadUnit(m, name))
  const states = units.map(unitActiveState)
  const wanted = asks === 'is-failed' ? states.includes('failed') : states.some(isActiveOrReloading)
  const unknown = m.features.clientTellsUnknownUnits && units.every(({ loadState }) => loadState === 'not-found')
  const otherwise = unknown ? 4 : asks === 'is-failed' ? 1 : 3
  const lines = [...deed.units.flatMap(mangleWarning), ...(isQuiet(deed) ? [] : states)]
  return { status: wanted ? 0 : otherwise, output: lines.join('\n') }
}
