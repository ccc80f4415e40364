/** What a unit that comes up or goes down unasked does to others. Mirrors src/core/unit.c (v255). */

import { isActiveOrActivating, isInactiveOrDeactivating } from '../systemd/unit.ts'
import type { Manager } from './manager.ts'
import { managerAddJob } from './manager-jobs.ts'
import { unitActiveState } from './unit.ts'
import { unitHasDependency, unitsWithAtom } from './unit-dependency.ts'
import type { Unit } from './unit-vtable.ts'

/** Mirrors retroactively_start_dependencies(). Errors are ignored, as there. */
export function retroactivelyStartDependencies(m: Manager, u: Unit): void {
  for (const other of unitsWithAtom(m, u, 'retroactive-start-replace')) {
    if (!unitHasDependency(u, 'After', other) && !isActiveOrActivating(unitActiveState(other))) {
      managerAddJob(m, 'start', other, 'replace')
    }
  }
  for (const other of unitsWithAtom(m, u, 'retroactive-start-fail')) {
    if (!unitHasDependency(u, 'After', other) && !isActiveOrActivating(unitActiveState(other))) {
      managerAddJob(m, 'start', other, 'fail')
    }
  }
  for (const other of unitsWithAtom(m, u, 'retroactive-stop-on-start')) {
    if (!isInactiveOrDeactivating(unitActiveState(other))) managerAddJob(m, 'stop', other, 'replace')
  }
}

/** Mirrors retroactively_stop_dependencies(). */
export function retroactivelyStopDependencies(m: Manager, u: Unit): void {
  for (const other of unitsWithAtom(m, u, 'retroactive-stop-on-stop')) {
    if (!isInactiveOrDeactivating(unitActiveState(other))) managerAddJob(m, 'stop', other, 'replace')
  }
}
