/** Units that stand still, by `systemctl freeze`. Mirrors src/core/unit.c and src/core/cgroup.c (v252 and v257). */

import { isActiveOrReloading } from '../systemd/unit.ts'
import type { Manager } from './manager.ts'
import { isGroupFrozen, processesFollowGroups } from './process.ts'
import { deps } from './unit-dependency.ts'
import type { Unit } from './unit-vtable.ts'

type FreezerAction = 'freeze' | 'thaw'

const FREEZABLE: readonly string[] = ['service', 'scope', 'slice']

/** A slice can be frozen if all that is in it can: mirrors slice_can_freeze(). */
const canFreeze = (u: Unit): boolean =>
  FREEZABLE.includes(u.type) && (u.type !== 'slice' || [...deps(u, 'SliceOf')].every(canFreeze))

/**
 * Mirrors unit_freezer_action() and bus_unit_method_freezer_generic(): null, or why not. Differs: the kernel is done at
 * once, and a watchdog does not wait for the thaw.
 */
export function unitFreezerAction(m: Manager, u: Unit, action: FreezerAction): string | null {
  const { frozenResult } = m.features
  if (frozenResult ? !canFreeze(u) : !FREEZABLE.includes(u.type)) {
    return frozenResult ? 'Unit does not support freeze/thaw' : `Unit '${u.id}' does not support freezing.`
  }
  if (u.job) return frozenResult ? 'Unit has a pending job' : 'Unit has a pending job.'
  if (u.loadState !== 'loaded' || u.vtable.activeState(u) !== 'active') {
    return frozenResult ? 'Unit is not active' : 'Unit is inactive.'
  }
  if (frozenResult && action === 'thaw' && !m.processes.frozenGroups.has(u) && isGroupFrozen(m, u)) {
    return 'Unit is frozen by a parent slice'
  }
  if (!frozenResult && !hasGroup(u)) return 'Unit has a pending job.' // It says EBUSY, too.
  if (action === 'freeze' && !canFreeze(u)) return null
  unitCgroupFreezerAction(m, u, action)
  processesFollowGroups(m)
  return null
}

/** Mirrors slice_freezer_action() and unit_cgroup_freezer_action(). Since v256 what is below just follows its slice. */
function unitCgroupFreezerAction(m: Manager, u: Unit, action: FreezerAction): void {
  const { frozenGroups } = m.processes
  if (action === 'freeze') frozenGroups.add(u)
  else frozenGroups.delete(u)
  if (m.features.frozenResult) return
  if (action === 'thaw' && m.features.thawsSlices) {
    for (let slice = u.slice; slice; slice = slice.slice) frozenGroups.delete(slice)
  }
  for (const member of deps(u, 'SliceOf')) if (hasGroup(member)) unitCgroupFreezerAction(m, member, action)
}

/** Mirrors cgroup_realized: a slice has a group as long as it is up, others as long as there are processes in it. */
const hasGroup = (u: Unit): boolean =>
  u.type === 'slice'
    ? isActiveOrReloading(u.vtable.activeState(u))
    : FREEZABLE.includes(u.type) && u.processes.length > 0

/**
 * What becomes of a frozen unit's job: since v256 it is refused, then this is true. Before, the unit was thawed, as far
 * as it had a control group.
 */
export function unitIsHeldFrozen(m: Manager, u: Unit): boolean {
  if (m.processes.frozenGroups.size === 0) return false
  if (m.features.frozenResult) return isGroupFrozen(m, u)
  if (!hasGroup(u)) m.processes.frozenGroups.delete(u)
  else unitCgroupFreezerAction(m, u, 'thaw')
  processesFollowGroups(m)
  return false
}
