/**
 * Units that nobody refers to are unloaded, and forget their restart counters and rate limits.
 * Mirrors unit_may_gc(), src/core/unit.c, and manager_dispatch_gc_unit_queue(), src/core/manager.c (v255).
 */

import { isInactiveOrFailed } from '../systemd/unit.ts'
import type { Manager } from './manager.ts'
import { unitActiveState } from './unit.ts'
import { deps, unitClearDependencies } from './unit-dependency.ts'
import type { Unit } from './unit-vtable.ts'

/** Mirrors unit_add_to_gc_queue(). */
export function unitAddToGcQueue(m: Manager, u: Unit): void {
  if (u.inGcQueue || !unitMayGc(m, u)) return
  u.inGcQueue = true
  m.gcUnitQueue.push(u)
}

/** Mirrors unit_may_gc(): true if nothing but references could keep it. */
function unitMayGc(m: Manager, u: Unit): boolean {
  if (u.job || u.nopJob || u.perpetual || u.inLoadQueue) return false
  const state = unitActiveState(u)
  const collected =
    u.config.unit.collectMode === 'inactive-or-failed' ? isInactiveOrFailed(state) : state === 'inactive'
  if (!collected || u.processes.size > 0) return false
  if (m.features.onSuccess && [...deps(u, 'OnFailure'), ...deps(u, 'OnSuccess')].some((other) => other.job))
    return false
  return u.vtable.mayGc?.(u) ?? true
}

type Mark = 'good' | 'bad' | 'unsure' | 'in-path'

/** Mirrors manager_dispatch_gc_unit_queue(): sweeps, then frees. True if there was something to do. */
export function dispatchGcUnitQueue(m: Manager): boolean {
  if (m.gcUnitQueue.length === 0) return false
  const marks = new Map<Unit, Mark>()
  const bad: Unit[] = []
  while (m.gcUnitQueue.length > 0) {
    const u = m.gcUnitQueue.pop() as Unit
    sweep(m, u, marks)
    u.inGcQueue = false
    const mark = marks.get(u)
    if (mark === 'bad' || mark === 'unsure') bad.push(u)
  }
  for (const u of bad) unitFree(m, u)
  return true
}

/**
 * Mirrors unit_gc_sweep(). Differs: an explicit stack instead of recursion, and a cycle of mere references is settled
 * at once instead of in a later pass; both come to the same end.
 */
function sweep(m: Manager, start: Unit, marks: Map<Unit, Mark>): void {
  if (marks.has(start)) return
  // Everything reachable by references, until something that stays.
  const seen = new Set<Unit>([start])
  const stack = [start]
  let kept = false
  while (stack.length > 0 && !kept) {
    const u = stack.pop() as Unit
    if (!unitMayGc(m, u) || marks.get(u) === 'good') {
      kept = true
      break
    }
    for (const other of u.dependencies.get('ReferencedBy') ?? []) {
      if (seen.has(other)) continue
      seen.add(other)
      stack.push(other)
    }
  }
  if (kept) marks.set(start, 'good')
  else for (const u of seen) marks.set(u, 'bad')
}

/** Mirrors unit_free() for a unit without job. */
function unitFree(m: Manager, u: Unit): void {
  if (!unitMayGc(m, u)) return
  u.vtable.done?.(m, u)
  for (const other of unitClearDependencies(u)) unitAddToGcQueue(m, other)
  for (const name of u.names) if (m.units.get(name) === u) m.units.delete(name)
  u.loadState = 'stub'
}
